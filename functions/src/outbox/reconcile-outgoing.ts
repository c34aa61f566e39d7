import type { Transaction } from '@google-cloud/firestore';
import type { Carrier } from '../carrier/carrier.ts';
import type { CarrierCodes } from '../carrier/codes.ts';
import type { CarrierText, SmsLookup } from '../carrier/lookup.ts';
import { readUser } from '../people/users-store.ts';
import type { Clock } from '../platform/clock.ts';
import { isConflict } from '../platform/errors.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import type { E164, PhoneVault } from '../platform/phone-vault.ts';
import type { TaskQueue } from '../jobs/task-queue.ts';
import { Troubles } from '../platform/troubles.ts';
import {
  attemptTimes,
  decideLookup,
  decideSilence,
  leftForPresentNumber,
  SKEW_MILLISECONDS,
  type Candidate,
  type Looked,
} from './lookup-decision.ts';
import type { CarrierWord, DeliveryEvent } from './delivery-events.ts';
import { readMessageNumber } from './message-numbers-store.ts';
import { apply } from './move-delivery.ts';
import {
  findOverdue,
  findUndecidedOf,
  findWithProviderIds,
  MOST_UNDECIDED,
  writeDelivery,
  type Outgoing,
} from './outgoing-store.ts';
import { recordFailure } from './record-failure.ts';
import { sendTask } from './send-task.ts';

export interface ReconcileDeps {
  db: Database;
  clock: Clock;
  ids: Ids;
  log: Log;
  vault: Pick<PhoneVault, 'decrypt'>;
  tasks: TaskQueue;
  carrier: Pick<Carrier, 'codes'>;
  lookup: SmsLookup;
}

/** How many entries were found, sent again, given up or left to an operator, and how many are looked up again later. */
export type ReconcileCounts = Record<'found' | 'resent' | 'failed' | 'unclear' | 'waiting', number>;

/** At most this many in one run, and for this long; the next minute's takes more. */
const BATCH = 50;
const LONGEST_RUN = 45_000;

const COUNTED: Readonly<Partial<Record<DeliveryEvent['type'], keyof ReconcileCounts>>> = {
  found: 'found',
  sent_again: 'resent',
  never_taken: 'failed',
  unclear: 'unclear',
  looked: 'waiting',
};

/**
 * Asks the carrier about entries whose outcome got lost, and about those that it took and has not reported on
 * (OUT-6). Costs at most four reads and a write for each of them, whatever the log's size, and no read where the carrier
 * has nothing for the phone. Bears running beside itself and beside reports: what moved meanwhile is left alone. An entry
 * that it fails at holds up none of the others; the first of their errors is thrown at the end.
 */
export async function reconcileOutgoing(deps: ReconcileDeps, now: Date): Promise<ReconcileCounts> {
  const counts: ReconcileCounts = { found: 0, resent: 0, failed: 0, unclear: 0, waiting: 0 };
  const began = deps.clock.now().getTime();
  const troubles = new Troubles(deps.log);
  const due = await findOverdue(deps.db, ['unconfirmed', 'accepted', 'sent'], now, BATCH);
  troubles.unreadable(due.unreadable);
  // One after the other, so that of two entries with the same words the second knows what the first has found.
  for (const entry of due.entries) {
    if (deps.clock.now().getTime() - began > LONGEST_RUN) break;
    const event = await troubles.caught(entry.id, () => reconcile(deps, entry, now));
    const counted = event === null ? undefined : COUNTED[event.type];
    if (event === null || counted === undefined) continue;
    counts[counted] += 1;
    const reason = event.type === 'unclear' ? event.reason : null;
    deps.log.info('reconcile.decided', { messageId: entry.id, outcome: counted, reason });
  }
  if (due.entries.length > 0) deps.log.warning('reconcile.ran', { ...counts });
  troubles.throwFirst();
  return counts;
}

/** What was decided; null when somebody else moved the entry first. */
async function reconcile(deps: ReconcileDeps, entry: Outgoing, now: Date): Promise<DeliveryEvent | null> {
  const event =
    entry.delivery.status === 'unconfirmed' && entry.delivery.providerId === null
      ? await lookUp(deps, entry, now)
      : await ask(deps, entry, now);
  if (event?.type === 'sent_again') await deps.tasks.enqueue(sendTask(entry));
  return event;
}

/** By the carrier's ID, which a report or the answer to the send has given. */
async function ask(deps: ReconcileDeps, entry: Outgoing, now: Date): Promise<DeliveryEvent | null> {
  const { providerId } = entry.delivery;
  const answer = providerId === null ? { kind: 'absent' as const } : await deps.lookup.fetch(providerId);
  const said =
    answer.kind === 'found' ? { kind: answer.kind, word: wordOf(deps.carrier.codes, answer.text) } : answer;
  const event = decideSilence(entry.delivery, said, now);
  return (await commit(deps, entry, event, now)) ? event : null;
}

/** By the number, the time and the words. */
async function lookUp(deps: ReconcileDeps, entry: Outgoing, now: Date): Promise<DeliveryEvent | null> {
  const text = { body: entry.item.body, automatic: entry.origin.kind === 'auto_reply' };
  const times = attemptTimes(entry.delivery);
  const to = times === null ? null : await phoneOf(deps, entry, times.last);
  const answer =
    times === null || to === null
      ? { kind: 'unavailable' as const }
      : await deps.lookup.find({ to, since: new Date(times.first.getTime() - SKEW_MILLISECONDS) });
  const sentBy = text.automatic ? 'reply' : 'api';
  const texts = answer.kind === 'listed' ? answer.texts.filter((each) => each.sentBy === sentBy) : [];
  if (answer.kind === 'unavailable' || texts.length === 0) {
    const looked: Looked = answer.kind === 'unavailable' ? answer : { ...answer, candidates: [], rivals: 0 };
    const event = decideLookup(entry.delivery, text, looked, now);
    return (await commit(deps, entry, event, now)) ? event : null;
  }
  const complete = answer.kind === 'listed' && answer.complete;
  try {
    // In one transaction with the adoption, so that no two entries ever follow one message of the carrier's.
    return await deps.db.runTransaction(async (transaction) => {
      const taken = await findWithProviderIds(
        deps.db,
        texts.map((each) => each.providerId),
        transaction,
      );
      const candidates = texts
        .filter((each) => !taken.has(each.providerId))
        .map((each) => candidateOf(deps.carrier.codes, each));
      const rivals = candidates.some((each) => each.body === text.body)
        ? await countRivals(deps.db, entry, transaction)
        : 0;
      const event = decideLookup(entry.delivery, text, { kind: 'listed', complete, candidates, rivals }, now);
      const moved = apply(entry.delivery, event, now);
      if (moved === null) return null;
      await recordFailed(deps, { reader: transaction, writer: transaction }, entry, event, now);
      writeDelivery(transaction, deps.db, entry, moved.next, entry.version);
      return event;
    });
  } catch (error) {
    if (isConflict(error)) return null;
    throw error;
  }
}

/** Other messages of unknown outcome with these words; where there are too many to look through, one may have them. */
async function countRivals(db: Database, { id, item }: Outgoing, transaction: Transaction): Promise<number> {
  const undecided = await findUndecidedOf(db, item.userId, transaction);
  if (undecided.length >= MOST_UNDECIDED) return undecided.length;
  return undecided.filter((each) => each.id !== id && each.item.body === item.body).length;
}

/** The number that it was sent to; null where nobody has it any more, or it is not known. */
async function phoneOf(deps: ReconcileDeps, entry: Outgoing, attemptAt: Date): Promise<E164 | null> {
  const sealed = await sealedNumberOf(deps.db, entry, attemptAt);
  if (sealed === null) return null;
  try {
    return deps.vault.decrypt(sealed.owner, sealed.number);
  } catch (error) {
    deps.log.error('reconcile.no_number', error, { messageId: entry.id });
    return null;
  }
}

async function sealedNumberOf(
  db: Database,
  { id, item }: Outgoing,
  attemptAt: Date,
): Promise<{ owner: string; number: string } | null> {
  if (item.userId === null) {
    const kept = await readMessageNumber(db, id);
    return kept === null ? null : { owner: id, number: kept.sealedNumber };
  }
  const user = await readUser(db, item.userId);
  if (user === null || !leftForPresentNumber(user.numberSince, attemptAt)) return null;
  return { owner: user.id, number: user.phoneNumber };
}

function wordOf(codes: CarrierCodes, text: CarrierText): CarrierWord {
  const { providerId, errorCode, price } = text;
  // A status that is not known here still means that the carrier has it.
  const status = codes.status(text.status) ?? 'accepted';
  return { status, providerId, errorCode, reason: codes.error(errorCode).reason, price };
}

function candidateOf(codes: CarrierCodes, text: CarrierText): Candidate {
  return { ...wordOf(codes, text), body: text.body };
}

/** A failure that is found out means the same for the number as one that is reported (SUPP-2). */
async function recordFailed(
  deps: ReconcileDeps,
  store: Parameters<typeof recordFailure>[1],
  entry: Outgoing,
  event: DeliveryEvent,
  now: Date,
): Promise<void> {
  if (event.type !== 'found' || event.errorCode === null) return;
  if (event.status !== 'undelivered' && event.status !== 'failed') return;
  await recordFailure(deps, store, entry, event.errorCode, now);
}

/** False when the entry has moved since it was found. */
async function commit(
  deps: ReconcileDeps,
  entry: Outgoing,
  event: DeliveryEvent,
  now: Date,
): Promise<boolean> {
  const moved = apply(entry.delivery, event, now);
  if (moved === null) return false;
  const batch = deps.db.batch();
  await recordFailed(deps, { reader: deps.db, writer: batch }, entry, event, now);
  writeDelivery(batch, deps.db, entry, moved.next, entry.version);
  try {
    await batch.commit();
    return true;
  } catch (error) {
    if (isConflict(error)) return false;
    throw error;
  }
}
