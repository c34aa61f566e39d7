import { appendAudit, type AuditContext } from '../audit/append.ts';
import type { Resolution } from '../contract/delivery.ts';
import type { OutgoingItem } from '../contract/messages.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import type { TaskQueue } from '../platform/task-queue.ts';
import { apply } from './move-delivery.ts';
import { readOutgoing, writeDelivery } from './outgoing-store.ts';

export type ResolveResult = { kind: 'resolved'; item: OutgoingItem } | { kind: 'not_found' | 'not_unclear' };

const NOTES: Readonly<Record<Resolution, string>> = {
  sent: 'says that it arrived.',
  failed: 'says that it never arrived.',
  resend: 'had it sent again.',
};

/**
 * What an operator says of an entry that Parley could not find out about (OUT-6). Only such entries are open to it, and
 * an automatic reply is never sent again. A report of the carrier that comes later still moves it on where it can.
 */
export async function resolveOutgoing(
  deps: { db: Database; clock: Clock; ids: Ids; tasks: TaskQueue },
  messageId: string,
  as: Resolution,
  audit: AuditContext,
): Promise<ResolveResult> {
  const done = await deps.db.runTransaction(async (transaction) => {
    const entry = await readOutgoing(deps.db, messageId, transaction);
    if (entry === null) return 'not_found';
    if (as === 'resend' && entry.item.operatorId === null) return 'not_unclear';
    const note = `${audit.actor.label} ${NOTES[as]}`;
    const moved = apply(entry.delivery, { type: 'resolved', as, note }, deps.clock.now());
    if (moved === null) return 'not_unclear';
    writeDelivery(transaction, deps.db, messageId, moved.next);
    appendAudit(transaction, deps, audit, {
      action: 'message.resolved',
      target: { kind: 'message', id: messageId },
      before: { status: entry.delivery.status, reason: entry.delivery.attention?.reason ?? null },
      after: { as },
    });
    return 'resolved';
  });
  if (done !== 'resolved') return { kind: done };
  // Should the queue not take it, the sweep finds it within two minutes.
  if (as === 'resend') await deps.tasks.enqueueSend(messageId).catch(() => undefined);
  const entry = await readOutgoing(deps.db, messageId);
  return entry === null ? { kind: 'not_found' } : { kind: 'resolved', item: entry.item };
}
