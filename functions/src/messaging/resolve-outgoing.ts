import type { Transaction } from '@google-cloud/firestore';
import { appendAudit, type AuditContext } from '../audit/append.ts';
import { appendingOnce } from '../audit/append-once.ts';
import type { Resolution } from '../contract/delivery.ts';
import type { OutgoingItem } from '../contract/messages.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import type { TaskQueue } from '../platform/task-queue.ts';
import { apply } from './move-delivery.ts';
import { findUndecidedOf, readOutgoing, writeDelivery, type Outgoing } from './outgoing-store.ts';

export type ResolveResult = { kind: 'resolved'; item: OutgoingItem } | { kind: 'not_found' | 'not_unclear' };

const NOTES: Readonly<Record<Resolution, string>> = {
  sent: 'says that it arrived.',
  failed: 'says that it never arrived.',
  resend: 'had it sent again.',
};

/**
 * What an operator says of an entry that Parley could not find out about (OUT-6). Only such entries are open to it, and
 * an automatic reply is never sent again. A report of the carrier that comes later still moves it on where it can.
 *
 * What the carrier has may be this text or another lost one with the same words. Once an operator has said of the one
 * what became of it, nothing can be told of the others, so that those are an operator's from then on, too.
 */
export async function resolveOutgoing(
  deps: { db: Database; clock: Clock; ids: Ids; tasks: TaskQueue },
  messageId: string,
  as: Resolution,
  audit: AuditContext,
): Promise<ResolveResult> {
  const done = await appendingOnce<'resolved' | 'not_found' | 'not_unclear'>(
    deps,
    'resolved',
    async (transaction, store) => {
      const entry = await readOutgoing(deps.db, messageId, transaction);
      if (entry === null) return 'not_found';
      if (as === 'resend' && entry.item.operatorId === null) return 'not_unclear';
      const note = `${audit.actor.label} ${NOTES[as]}`;
      const now = deps.clock.now();
      const moved = apply(entry.delivery, { type: 'resolved', as, note }, now);
      if (moved === null) return 'not_unclear';
      const alike = await lostAlike(deps.db, entry, transaction);
      for (const other of alike) {
        const left = apply(other.delivery, { type: 'unclear', reason: 'several_matches' }, now);
        if (left !== null) writeDelivery(transaction, deps.db, other.id, left.next);
      }
      writeDelivery(transaction, deps.db, messageId, moved.next);
      appendAudit(transaction, store, audit, {
        action: 'message.resolved',
        target: { kind: 'message', id: messageId },
        before: { status: entry.delivery.status, reason: entry.delivery.attention?.reason ?? null },
        after: { as },
      });
      return 'resolved';
    },
  );
  if (done !== 'resolved') return { kind: done };
  // Should the queue not take it, the sweep finds it within two minutes.
  if (as === 'resend') await deps.tasks.enqueueSend(messageId).catch(() => undefined);
  const entry = await readOutgoing(deps.db, messageId);
  return entry === null ? { kind: 'not_found' } : { kind: 'resolved', item: entry.item };
}

/** Other lost texts with the same words to the same person; none where the operator says nothing of a lost one. */
async function lostAlike(db: Database, entry: Outgoing, transaction: Transaction): Promise<Outgoing[]> {
  if (entry.delivery.status !== 'unconfirmed') return [];
  const undecided = await findUndecidedOf(db, entry.item.userId, transaction);
  return undecided.filter(
    ({ id, item, delivery }) =>
      id !== entry.id && item.body === entry.item.body && delivery.status === 'unconfirmed',
  );
}
