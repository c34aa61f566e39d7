import { appendAudit, SYSTEM_ACTOR } from '../audit/append.ts';
import type { OutgoingStatus } from '../contract/delivery.ts';
import { readPhoneKey, setOptedOut } from '../people/phone-keys-store.ts';
import { readUser } from '../people/users-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import { OPTED_OUT_CODE } from '../twilio/error-codes.ts';
import type { SendOutcome } from '../twilio/gateway.ts';
import { apply, type DeliveryEvent } from './move-delivery.ts';
import { readOutgoing, writeDelivery, type Outgoing } from './outgoing-store.ts';

export interface RecordDeps {
  db: Database;
  clock: Clock;
  ids: Ids;
}

/**
 * Records what became of one attempt and answers the state that the entry is in afterwards. A report of the carrier may
 * have come first; then nothing is left to write. One read, and one write at most; more only when the provider said that
 * the person has opted out, which is recorded with it.
 */
export async function recordOutcome(
  deps: RecordDeps,
  messageId: string,
  attempt: number,
  outcome: SendOutcome,
): Promise<OutgoingStatus> {
  return deps.db.runTransaction(async (transaction) => {
    const entry = await readOutgoing(deps.db, messageId, transaction);
    if (entry === null) throw new Error('An outgoing entry has vanished.');
    const now = deps.clock.now();
    const move = apply(entry.delivery, eventOf(outcome, attempt), now);
    if (outcome.kind === 'refused' && outcome.errorCode === OPTED_OUT_CODE)
      await optOut(deps, transaction, entry, now);
    if (move === null) return entry.delivery.status;
    writeDelivery(transaction, deps.db, messageId, move.next);
    return move.next.status;
  });
}

function eventOf(outcome: SendOutcome, attempt: number): DeliveryEvent {
  switch (outcome.kind) {
    case 'accepted':
      return { type: 'taken', attempt, providerId: outcome.providerId };
    case 'refused':
      return { type: 'refused', attempt, errorCode: outcome.errorCode, reason: outcome.reason };
    case 'retry':
      return { type: 'postponed', attempt, errorCode: outcome.errorCode, reason: outcome.reason };
    case 'unknown':
      return { type: 'lost', attempt, reason: outcome.reason };
    default:
      return outcome satisfies never;
  }
}

type Transaction = Parameters<Parameters<Database['runTransaction']>[0]>[0];

/** The carrier knows of an opt-out that Parley has not heard of, such as one from before it kept this number (SUPP-1). */
async function optOut(deps: RecordDeps, transaction: Transaction, entry: Outgoing, now: Date): Promise<void> {
  const user = await readUser(deps.db, entry.item.userId, transaction);
  if (user === null) return;
  const phoneKey = await readPhoneKey(deps.db, user.phoneKey, transaction);
  if (phoneKey === null || phoneKey.optedOut !== null) return;
  setOptedOut(transaction, deps.db, user.phoneKey, phoneKey, { at: now, source: 'carrier' });
  appendAudit(
    transaction,
    deps,
    { actor: SYSTEM_ACTOR, address: null, requestId: entry.requestId },
    {
      action: 'consent.opted_out',
      target: { kind: 'person', id: user.id },
      after: { source: 'carrier', errorCode: OPTED_OUT_CODE },
    },
  );
}
