import { isConflict } from '../platform/errors.ts';
import type { Database } from '../platform/firestore.ts';
import type { Log } from '../platform/log.ts';
import type { TaskQueue } from '../jobs/task-queue.ts';
import { Troubles } from '../platform/troubles.ts';
import { recordShown } from './record-shown.ts';
import { sendTask } from './send-task.ts';
import { isWaiting, RETRY_CHECK_SECONDS } from './delivery-status.ts';
import type { DeliveryEvent } from './delivery-events.ts';
import { apply } from './move-delivery.ts';
import { findOverdue, writeDelivery, type Outgoing, type Overdue } from './outgoing-store.ts';

export interface SweepDeps {
  db: Database;
  log: Log;
  tasks: TaskQueue;
}

/** How many were released at their time, got a new task, or were given up by their worker. */
export interface SweepCounts {
  released: number;
  enqueued: number;
  expired: number;
}

/** Read at once, worked on at once, and how often: 5,000 messages that are due in one minute are released in it. */
const BATCH = 100;
const AT_ONCE = 20;
const ROUNDS = 50;
const SWEPT = ['scheduled', 'held', 'queued', 'sending'] as const;

/**
 * Finds entries that are owed a move (OUT-3, OUT-8): scheduled and held ones whose time has come are released, queued ones whose
 * task was lost get a new one, and ones that a worker took up and never finished become `unconfirmed`. Costs a read and a
 * write for each, whatever the log's size; two writes for one that leaves. Bears running beside itself: each entry is
 * moved by whoever commits first. One that cannot be moved holds up none of the others; the first of their errors is
 * thrown at the end.
 */
export async function sweepQueued(deps: SweepDeps, now: Date): Promise<SweepCounts> {
  const counts: SweepCounts = { released: 0, enqueued: 0, expired: 0 };
  const troubles = new Troubles(deps.log);
  let after: Overdue['next'] = null;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const due = await findOverdue(deps.db, SWEPT, now, BATCH, after);
    troubles.unreadable(due.unreadable);
    for (let start = 0; start < due.entries.length; start += AT_ONCE) {
      const some = due.entries.slice(start, start + AT_ONCE);
      const done = await Promise.all(
        some.map((entry) => troubles.caught(entry.id, () => sweep(deps, entry, now))),
      );
      for (const each of done) if (each !== null) counts[each] += 1;
    }
    after = due.next;
    if (after === null) break;
  }
  if (counts.enqueued + counts.expired > 0) deps.log.warning('sweep.found', { ...counts });
  else if (counts.released > 0) deps.log.info('sweep.released', { ...counts });
  troubles.throwFirst();
  return counts;
}

/** Null when somebody else moved it first. */
async function sweep(deps: SweepDeps, entry: Outgoing, now: Date): Promise<keyof SweepCounts | null> {
  const { status } = entry.delivery;
  if (isWaiting(status)) {
    if (!(await update(deps, entry, { type: 'released' }, now))) return null;
    await deps.tasks.enqueue(sendTask(entry));
    return 'released';
  }
  if (status !== 'queued')
    return (await update(deps, entry, { type: 'lease_expired' }, now)) ? 'expired' : null;
  // Before it is noted: should the queue be down, the next sweep finds it again.
  await deps.tasks.enqueue(sendTask(entry));
  const next = new Date(now.getTime() + RETRY_CHECK_SECONDS * 1000);
  return (await update(deps, entry, { type: 'looked', next }, now)) ? 'enqueued' : null;
}

/** False when the entry has moved since it was found, and so is nothing of the sweep's any more. */
async function update(deps: SweepDeps, entry: Outgoing, event: DeliveryEvent, now: Date): Promise<boolean> {
  const moved = apply(entry.delivery, event, now);
  if (moved === null) return false;
  const batch = deps.db.batch();
  writeDelivery(batch, deps.db, entry, moved.next, entry.version);
  if (event.type === 'released') {
    recordShown(batch, deps.db, entry, now);
  }
  try {
    await batch.commit();
    return true;
  } catch (error) {
    if (isConflict(error)) return false;
    throw error;
  }
}
