import type { Clock } from '../platform/clock.ts';
import { isConflict } from '../platform/errors.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import { retrying } from '../platform/retry.ts';
import type { Writer } from '../platform/writer.ts';
import { providerError } from '../twilio/error-codes.ts';
import { carrierStatus } from '../twilio/statuses.ts';
import type { Price } from './delivery-status.ts';
import { apply } from './move-delivery.ts';
import { readOutgoing, writeDelivery, type Outgoing } from './outgoing-store.ts';

/** One status callback, already known to be signed by the carrier. */
export interface StatusReport {
  /** Our own id, out of the callback's address. */
  messageId: string;
  /** The carrier's id of the message. */
  sid: string;
  /** As the carrier writes it. */
  status: string;
  errorCode: number | null;
  price: Price | null;
}

export interface StatusDeps {
  db: Database;
  clock: Clock;
  ids: Ids;
  log: Log;
}

/** `ignored`: late, doubled, not known, or of another message than the one that is followed. All are acknowledged. */
export type StatusResult = 'moved' | 'ignored' | 'not_found';

/** Callbacks of one message may come at once; each of them has to get through. */
const TRIES = 10;

/**
 * Moves an outgoing entry by what the carrier reports (OUT-7), forward only; the entry may be an automatic reply, and the
 * send may not have been recorded yet. One read, and one write when something moves; more when it has failed. Throws what the store throws, so
 * that the carrier reports again.
 */
export async function recordStatus(deps: StatusDeps, report: StatusReport): Promise<StatusResult> {
  const log = deps.log.with({ messageId: report.messageId, sid: report.sid });
  const status = carrierStatus(report.status);
  if (status === null) {
    log.warning('status.unknown_status', { status: report.status });
    return 'ignored';
  }
  return retrying(TRIES, isConflict, async () => {
    const entry = await readOutgoing(deps.db, report.messageId);
    if (entry === null) {
      log.warning('status.unknown_message', { status });
      return 'not_found';
    }
    const { sid: providerId, errorCode, price } = report;
    const reason = providerError(errorCode).reason;
    const move = apply(
      entry.delivery,
      { type: 'reported', status, providerId, errorCode, reason, price },
      deps.clock.now(),
    );
    if (move === null) {
      const foreign = entry.delivery.providerId !== null && entry.delivery.providerId !== providerId;
      log.info('status.ignored', { status, now: entry.delivery.status, foreign });
      return 'ignored';
    }
    const batch = deps.db.batch();
    const now = deps.clock.now();
    const failed = move.historyItem !== null && (status === 'undelivered' || status === 'failed');
    const held = failed && errorCode !== null ? await recordFailed(deps, batch, entry, errorCode, now) : null;
    writeDelivery(batch, deps.db, entry.id, move.next, entry.version);
    await batch.commit();
    if (held !== null)
      log.info('consent.changed', { kind: held, change: 'added', source: 'carrier', errorCode });
    log.info('status.moved', { from: entry.delivery.status, to: move.next.status, errorCode });
    return 'moved';
  });
}

/** Loaded when the first text has failed: the webhook starts without what reads people. */
async function recordFailed(deps: StatusDeps, writer: Writer, entry: Outgoing, errorCode: number, now: Date) {
  const { recordFailure } = await import('./record-failure.ts');
  return recordFailure(deps, { reader: deps.db, writer }, entry, errorCode, now);
}
