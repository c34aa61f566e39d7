import type { Carrier } from '../carrier/carrier.ts';
import type { StatusReport } from '../carrier/webhook.ts';
import type { Clock } from '../platform/clock.ts';
import { isConflict } from '../platform/errors.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import { retrying } from '../platform/retry.ts';
import type { Writer } from '../platform/writer.ts';
import type { Delivery } from './delivery-status.ts';
import { apply } from './move-delivery.ts';
import { readOutgoing, writeDelivery, type Outgoing } from './outgoing-store.ts';
import { eventOf } from './status-report.ts';

export interface StatusDeps {
  db: Database;
  clock: Clock;
  ids: Ids;
  log: Log;
  carrier: Pick<Carrier, 'codes'>;
}

/**
 * `noted`: it cannot be read, and the history says so. `ignored`: late, doubled, noted before, or of another message than
 * the one that is followed. All are acknowledged, since the carrier does not repeat what is refused.
 */
export type StatusResult = 'moved' | 'noted' | 'ignored' | 'not_found';

/** Callbacks of one message may come at once; each of them has to get through. */
const TRIES = 10;

/**
 * Moves an outgoing entry by what the carrier reports (OUT-7), forward only; the entry may be an automatic reply, and the
 * send may not have been recorded yet. One read, and one write when something moves; more when it has failed. Throws what
 * the store throws, so that the carrier reports again.
 */
export async function recordStatus(deps: StatusDeps, report: StatusReport): Promise<StatusResult> {
  const log = deps.log.with({ messageId: report.messageId, sid: report.sid });
  const event = eventOf(report, deps.carrier.codes);
  if (event.type === 'remarked') log.warning('status.unknown_status', { status: report.status });
  if (report.messageId === '') {
    log.warning('status.unknown_message', { status: report.status });
    return 'not_found';
  }
  return retrying(TRIES, isConflict, async () => {
    const entry = await readOutgoing(deps.db, report.messageId);
    if (entry === null) {
      log.warning('status.unknown_message', { status: report.status });
      return 'not_found';
    }
    const now = deps.clock.now();
    const before = entry.delivery;
    const move = apply(before, event, now);
    if (move === null) {
      const foreign = before.providerId !== null && before.providerId !== report.sid;
      log.info('status.ignored', { status: report.status, now: before.status, foreign });
      return 'ignored';
    }
    const batch = deps.db.batch();
    const code = newFailure(before, move.next);
    const held = code === null ? null : await recordFailed(deps, batch, entry, code, now);
    writeDelivery(batch, deps.db, entry, move.next, entry.version);
    await batch.commit();
    if (held !== null)
      log.info('consent.changed', { kind: held, change: 'added', source: 'carrier', errorCode: code });
    if (event.type === 'remarked') return 'noted';
    log.info('status.moved', { from: before.status, to: move.next.status, errorCode: report.errorCode });
    return 'moved';
  });
}

/** The code of a failure that this report brought, be it with the failure or after it; null where it brought none. */
function newFailure(before: Delivery, { status, errorCode }: Delivery): number | null {
  return (status === 'undelivered' || status === 'failed') && errorCode !== before.errorCode
    ? errorCode
    : null;
}

/** Loaded when the first message has failed: the webhook starts without what reads people. */
async function recordFailed(deps: StatusDeps, writer: Writer, entry: Outgoing, errorCode: number, now: Date) {
  const { recordFailure } = await import('./record-failure.ts');
  return recordFailure(deps, { reader: deps.db, writer }, entry, errorCode, now);
}
