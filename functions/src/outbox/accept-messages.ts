import { appendAudit, type AuditContext } from '../audit/append.ts';
import type { ErrorCode } from '../contract/errors.ts';
import { countSegments } from '../contract/segments.ts';
import { recharge } from '../limits/charges.ts';
import { addToCounter, readSpend, spendCounter } from '../limits/send-counters-store.ts';
import { SEGMENT_MICROS } from '../limits/send-guards.ts';
import { readLimits } from '../limits/send-limits-store.ts';
import type { TaskQueue } from '../jobs/task-queue.ts';
import type { Clock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import { isAlreadyExists } from '../platform/errors.ts';
import type { Database } from '../platform/firestore.ts';
import { derivedId, type Ids } from '../platform/ids.ts';
import type { PhoneVault } from '../platform/phone-vault.ts';
import { gathering } from '../platform/reader.ts';
import { retrying } from '../platform/retry.ts';
import { decideBatch, type AddresseeRefusal } from './accept.ts';
import { enqueueSend } from './enqueue-send.ts';
import { findAddressee, type Destination, type FoundAddressee } from './find-addressee.ts';
import { createMessageNumber } from './message-numbers-store.ts';
import { limitsOf, type BulkOrigin } from './origin.ts';
import { createEntry, readOutgoingOf, type NewEntry } from './outgoing-store.ts';
import { recordShown } from './record-shown.ts';

export interface BatchDeps {
  db: Database;
  clock: Clock;
  ids: Ids;
  tasks: TaskQueue;
  vault: Pick<PhoneVault, 'encrypt' | 'hashes'>;
  config: Pick<Config, 'smsMode'>;
}

/** One message of a batch. `key` names it within its origin, so that it is accepted once however often it is asked for. */
export interface BatchMessage {
  key: string;
  to: Destination;
  body: string;
}

/** With two writes a message, and two for all, one commit stays below Firestore's 500. */
const MAX_BATCH = 200;

/** What became of a message, in the order of the request. `repeated`: it had been accepted before. */
export type BatchOutcome =
  | { kind: 'accepted'; messageId: string; repeated: boolean }
  | {
      kind: 'refused';
      code: AddresseeRefusal | Extract<ErrorCode, 'SPEND_LIMIT_REACHED' | 'IDEMPOTENCY_KEY_REUSED'>;
    };
export type BatchResult =
  { kind: 'done'; outcomes: BatchOutcome[] } | { kind: 'refused'; code: 'SMS_DISABLED' };

interface Wanted extends BatchMessage {
  id: string;
  requestHash: string;
}
type Ready = Wanted & { addressee: FoundAddressee | null; segments: number };

/** A batch that met entries of an earlier one is tried again without them. */
const TRIES = 5;

/**
 * Accepts up to MAX_BATCH messages of one origin, to be sent at once, in one commit: entries, the day's spending by one
 * blind increment, which waits for no other batch, and one audit entry; then a task for each. Those whose addressee may
 * not be texted, or that would pass the day's spending, are refused one by one. Ids follow from origin and key, so a
 * repeat does nothing but mend tasks that were lost. Two reads a message and two for all; a write a message, two where its
 * conversation shows it or its number is kept, and two for all.
 *
 * Batches at the same moment do not see each other's spending: the limit can be passed by one batch for each of them.
 * Throws UNAVAILABLE when the messages are kept but the queue did not take all of them; the same request again mends that.
 */
export async function acceptMessages(
  deps: BatchDeps,
  { origin, messages }: { origin: BulkOrigin; messages: readonly BatchMessage[] },
  context: AuditContext,
): Promise<BatchResult> {
  if (messages.length > MAX_BATCH) throw new RangeError('This is more than one batch.');
  if (deps.config.smsMode === 'disabled') return { kind: 'refused', code: 'SMS_DISABLED' };
  const wanted = messages.map((message): Wanted => {
    const to = 'userId' in message.to ? message.to.userId : deps.vault.hashes(message.to.number)[0];
    const id = derivedId('m_', origin.kind, origin.id, message.key);
    return { ...message, id, requestHash: derivedId('', to, message.body) };
  });
  if (new Set(wanted.map(({ id }) => id)).size < wanted.length)
    throw new RangeError('A key stands for two messages of one batch.');
  // What was accepted before stays accepted, whoever has opted out since.
  const before = new Map<string, BatchOutcome>();
  const now = await retrying(TRIES, isAlreadyExists, async () => {
    const rest = wanted.filter(({ id }) => !before.has(id));
    try {
      const outcomes = await acceptRest(deps, origin, rest, context);
      const refused = rest.filter(({ id }) => outcomes.get(id)?.kind === 'refused');
      await noteRepeated(deps, refused, before);
      return outcomes;
    } catch (error) {
      if (isAlreadyExists(error)) await noteRepeated(deps, rest, before);
      throw error;
    }
  });
  const outcomes = wanted.flatMap(({ id }) => before.get(id) ?? now.get(id) ?? []);
  await enqueueAll(deps, origin, outcomes);
  return { kind: 'done', outcomes };
}

async function acceptRest(
  deps: BatchDeps,
  origin: BulkOrigin,
  rest: readonly Wanted[],
  context: AuditContext,
): Promise<Map<string, BatchOutcome>> {
  const now = deps.clock.now();
  const reader = gathering(deps.db);
  const [kept, ready] = await Promise.all([
    readLimits(deps.db, reader),
    Promise.all(
      rest.map(async (message): Promise<Ready> => {
        const addressee = await findAddressee(deps, message.to, reader);
        return { ...message, addressee, segments: countSegments(message.body).segments };
      }),
    ),
  ]);
  const limits = limitsOf(origin.kind, kept.limits);
  const spentMicros = limits.dailySpend === null ? 0 : await readSpend(deps.db, now);
  const { decided, segments } = decideBatch(origin.kind, ready, { limits, spentMicros }, now);
  const outcomes = new Map<string, BatchOutcome>();
  const passed: Ready[] = [];
  for (const { message, decision } of decided) {
    if (decision.kind === 'passed') passed.push(message);
    else if (decision.kind === 'refused') outcomes.set(message.id, decision);
    else outcomes.set(message.id, { kind: 'refused', code: 'SPEND_LIMIT_REACHED' });
  }
  if (passed.length > 0) await keep(deps, { origin, now, passed, segments }, context);
  for (const { id } of passed) outcomes.set(id, { kind: 'accepted', messageId: id, repeated: false });
  return outcomes;
}

async function keep(
  deps: BatchDeps,
  {
    origin,
    now,
    passed,
    segments,
  }: { origin: BulkOrigin; now: Date; passed: readonly Ready[]; segments: number },
  context: AuditContext,
): Promise<void> {
  const { db } = deps;
  const batch = db.batch();
  for (const { id, body, requestHash, addressee, ...message } of passed) {
    if (addressee === null) continue;
    const entry: NewEntry = {
      id,
      queuedAt: now,
      origin,
      to: addressee.to,
      body,
      requestHash,
      requestId: context.requestId,
      charges: recharge({}, message.segments, now).charges,
    };
    createEntry(batch, db, entry);
    if (addressee.to.kind === 'person') {
      recordShown(batch, db, { origin, item: { userId: addressee.to.userId, body } }, now);
    } else if ('number' in message.to) {
      const { phoneKey } = addressee;
      const sealedNumber = deps.vault.encrypt(id, message.to.number);
      createMessageNumber(batch, db, id, { sealedNumber, phoneKey }, now);
    }
  }
  addToCounter(batch, db, spendCounter(origin, now), segments * SEGMENT_MICROS);
  appendAudit(batch, deps, context, {
    action: 'messages.accepted',
    target: { kind: 'system', id: null },
    after: { origin: origin.kind, originId: origin.id, messages: passed.length, segments },
  });
  await batch.commit();
}

/** Notes which of them have been accepted before: a read each. */
async function noteRepeated(
  { db }: BatchDeps,
  messages: readonly Wanted[],
  before: Map<string, BatchOutcome>,
): Promise<void> {
  const found = await readOutgoingOf(
    db,
    messages.map(({ id }) => id),
  );
  for (const { id, requestHash } of messages) {
    const entry = found.get(id);
    if (entry === undefined) continue;
    const same = entry.requestHash === requestHash;
    before.set(
      id,
      same
        ? { kind: 'accepted', messageId: id, repeated: true }
        : { kind: 'refused', code: 'IDEMPOTENCY_KEY_REUSED' },
    );
  }
}

/** A task too many does no harm, so those that were accepted before get one more. */
async function enqueueAll(
  deps: BatchDeps,
  origin: BulkOrigin,
  outcomes: readonly BatchOutcome[],
): Promise<void> {
  const accepted = outcomes.flatMap((each) => (each.kind === 'accepted' ? [each.messageId] : []));
  const done = await Promise.allSettled(accepted.map((id) => enqueueSend(deps, { id, origin }, null)));
  const failed = done.find((each) => each.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
