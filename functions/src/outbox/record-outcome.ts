import type { Carrier } from '../carrier/carrier.ts';
import type { SendOutcome } from '../carrier/gateway.ts';
import type { OutgoingStatus } from '../contract/delivery.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import type { DeliveryEvent } from './delivery-events.ts';
import { apply } from './move-delivery.ts';
import { readOutgoing, writeDelivery } from './outgoing-store.ts';
import { recordFailure } from './record-failure.ts';

export interface RecordDeps {
  db: Database;
  clock: Clock;
  ids: Ids;
  log: Log;
  carrier: Pick<Carrier, 'codes'>;
}

/**
 * Records the outcome of one attempt and answers the state that the entry is in afterwards. A report of the carrier may
 * have come first; then nothing is left to write. One read, and one write at most; more only when the provider refused
 * it, which can mean that the number cannot be texted: see record-failure.ts.
 */
export async function recordOutcome(
  deps: RecordDeps,
  messageId: string,
  attempt: number,
  outcome: SendOutcome,
): Promise<OutgoingStatus> {
  const { status, held } = await deps.db.runTransaction(async (transaction) => {
    const entry = await readOutgoing(deps.db, messageId, transaction);
    if (entry === null) throw new Error('An outgoing entry has vanished.');
    const now = deps.clock.now();
    const move = apply(entry.delivery, eventOf(outcome, attempt), now);
    const both = { reader: transaction, writer: transaction };
    const code = outcome.kind === 'refused' ? outcome.errorCode : null;
    const kind = code === null ? null : await recordFailure(deps, both, entry, code, now);
    if (move !== null) writeDelivery(transaction, deps.db, entry, move.next);
    return { status: move === null ? entry.delivery.status : move.next.status, held: kind };
  });
  if (held !== null) deps.log.info('consent.changed', { kind: held, change: 'added', source: 'carrier' });
  return status;
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
