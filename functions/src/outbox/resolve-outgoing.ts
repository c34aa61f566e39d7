import type { Transaction } from '@google-cloud/firestore';
import { appendAudit, type AuditContext } from '../audit/append.ts';
import { appendingOnce } from '../audit/append-once.ts';
import type { Resolution } from '../contract/delivery.ts';
import type { OutgoingItem } from '../contract/messages.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import type { TaskQueue } from '../jobs/task-queue.ts';
import type { Editor } from './authorship.ts';
import { apply } from './move-delivery.ts';
import { checkSendGuards, countSent, type SendCounts } from '../limits/check-send-guards.ts';
import { writeOperatorTexts } from '../conversations/conversations-store.ts';
import { findUndecidedOf, readOutgoing, writeDelivery, type Outgoing } from './outgoing-store.ts';
import { sendTask } from './send-task.ts';
import { recordSendRefusal } from '../limits/record-send-refusal.ts';
import type { GuardRefusal } from '../limits/send-guards.ts';

type Refused =
  { kind: 'not_found' | 'not_unclear' } | { kind: 'guarded'; refusal: GuardRefusal; userId: string | null };
export type ResolveResult = { kind: 'resolved'; item: OutgoingItem } | Refused;

const NOTES: Readonly<Record<Resolution, string>> = {
  sent: 'recorded that it arrived.',
  failed: 'recorded that it never arrived.',
  resend: 'sent it again.',
};

interface ResolveDeps {
  db: Database;
  clock: Clock;
  ids: Ids;
}

/**
 * An operator's decision on an entry that Parley could not find out about (OUT-6). Only such entries are open to it, and
 * an automatic reply is never sent again. A report of the carrier that comes later still moves it on where it can. Sending
 * again is one more message of this operator's: it is held to the limits and counted as one, since the carrier may have
 * had the first.
 *
 * What the carrier has may be this message or another lost one with the same words. Once an operator has decided on the
 * one, nothing can be found out about the others, so that those are an operator's from then on, too.
 */
export async function resolveOutgoing(
  deps: ResolveDeps & { tasks: TaskQueue },
  messageId: string,
  as: Resolution,
  { operatorId, operator }: Pick<Editor, 'operatorId' | 'operator'>,
  audit: AuditContext,
): Promise<ResolveResult> {
  const done = await appendingOnce<{ kind: 'written' } | Refused>(
    deps,
    { kind: 'written' },
    async (transaction, store) => {
      const entry = await readOutgoing(deps.db, messageId, transaction);
      if (entry === null) return { kind: 'not_found' };
      const { item, delivery } = entry;
      const { userId, segments } = item;
      const again = as === 'resend' && entry.origin.kind !== 'auto_reply' ? userId : null;
      if (as === 'resend' && again === null) return { kind: 'not_unclear' };
      const now = deps.clock.now();
      const moved = apply(delivery, { type: 'resolved', as, note: `${operator} ${NOTES[as]}` }, now);
      if (moved === null) return { kind: 'not_unclear' };
      const counted =
        again === null
          ? null
          : await checkSendGuards(
              deps.db,
              { userId: again, operatorId, segments },
              now,
              transaction,
              transaction,
            );
      if (counted?.kind === 'refused') return { kind: 'guarded', refusal: counted.refusal, userId };
      const alike = await lostAlike(deps.db, entry, transaction);
      for (const other of alike) {
        const left = apply(other.delivery, { type: 'unclear', reason: 'several_matches' }, now);
        if (left !== null) writeDelivery(transaction, deps.db, other, left.next);
      }
      writeDelivery(transaction, deps.db, entry, moved.next);
      if (counted !== null) writeCounts(transaction, deps.db, again, counted.counts);
      appendAudit(transaction, store, audit, {
        action: 'message.resolved',
        target: { kind: 'message', id: messageId },
        before: { status: delivery.status, reason: delivery.attention?.reason ?? null },
        after: { as, userId },
      });
      return { kind: 'written' };
    },
  );
  if (done.kind === 'guarded')
    await recordSendRefusal(deps, { kind: 'message', id: messageId }, done.refusal, audit, done.userId);
  if (done.kind !== 'written') return done;
  const entry = await readOutgoing(deps.db, messageId);
  if (entry === null) return { kind: 'not_found' };
  // Should the queue not take it, the sweep finds it within two minutes.
  if (as === 'resend') await deps.tasks.enqueue(sendTask(entry)).catch(() => undefined);
  return { kind: 'resolved', item: entry.item };
}

function writeCounts(
  transaction: Transaction,
  db: Database,
  userId: string | null,
  counts: SendCounts,
): void {
  countSent(transaction, db, counts);
  if (userId !== null && counts.toPerson !== null)
    writeOperatorTexts(transaction, db, userId, counts.toPerson.times);
}

/** Other lost messages with the same words to the same person; none where the decision is not on a lost one. */
async function lostAlike(db: Database, entry: Outgoing, transaction: Transaction): Promise<Outgoing[]> {
  if (entry.delivery.status !== 'unconfirmed') return [];
  const undecided = await findUndecidedOf(db, entry.item.userId, transaction);
  return undecided.filter(
    ({ id, item, delivery }) =>
      id !== entry.id && item.body === entry.item.body && delivery.status === 'unconfirmed',
  );
}
