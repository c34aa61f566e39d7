import { isConflict } from '../platform/errors.ts';
import type { Database } from '../platform/firestore.ts';
import type { Log } from '../platform/log.ts';
import type { TaskQueue } from '../platform/task-queue.ts';
import { RETRY_CHECK_SECONDS, type Delivery } from './delivery-status.ts';
import { apply } from './move-delivery.ts';
import { findOverdue, writeDelivery, type Outgoing } from './outgoing-store.ts';

export interface SweepDeps {
  db: Database;
  log: Log;
  tasks: TaskQueue;
}

/** At most this many in one sweep; the next minute's takes more. */
const BATCH = 100;

/**
 * Finds entries that somebody owed a move and forgot: queued ones whose task was lost get a new one, and ones that a
 * worker took up and never finished become `unconfirmed`. Costs a read and a write for each, whatever the log's size.
 * Returns how many of each.
 */
export async function sweepQueued(
  deps: SweepDeps,
  now: Date,
): Promise<{ enqueued: number; expired: number }> {
  const counts = { enqueued: 0, expired: 0 };
  for (const entry of await findOverdue(deps.db, now, BATCH)) {
    const expired = apply(entry.delivery, { type: 'lease_expired' }, now);
    if (expired === null && entry.delivery.status === 'queued') await deps.tasks.enqueueSend(entry.id);
    const checkAt =
      entry.delivery.status === 'queued' ? new Date(now.getTime() + RETRY_CHECK_SECONDS * 1000) : null;
    if (!(await update(deps, entry, expired?.next ?? { ...entry.delivery, checkAt }))) continue;
    if (expired !== null) counts.expired += 1;
    else if (entry.delivery.status === 'queued') counts.enqueued += 1;
  }
  if (counts.enqueued + counts.expired > 0) deps.log.warning('sweep.found', counts);
  return counts;
}

/** False when the entry has moved since it was found, and so is nothing of the sweep's any more. */
async function update(deps: SweepDeps, entry: Outgoing, next: Delivery): Promise<boolean> {
  const batch = deps.db.batch();
  writeDelivery(batch, deps.db, entry.id, next, entry.version);
  try {
    await batch.commit();
    return true;
  } catch (error) {
    if (isConflict(error)) return false;
    throw error;
  }
}
