import { appendAudit, type AuditContext } from '../audit/append.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import { mayChange, type Editor } from './authorship.ts';
import { apply } from './move-delivery.ts';
import { readOutgoing, writeDelivery } from './outgoing-store.ts';
import { recordRefund } from './record-refund.ts';

/**
 * Cancels a message that has not been sent yet (OUT-8, OUT-9), for its author or an admin: it stays in the log as
 * `canceled`, and what it used up of the limits is given back. In one transaction with the audit entry, so that it is
 * canceled or sent, never both. Canceling twice is canceling once.
 */
export async function cancelOutgoing(
  deps: { db: Database; clock: Clock; ids: Ids },
  messageId: string,
  editor: Editor,
  audit: AuditContext,
): Promise<'canceled' | 'left' | 'not_found' | 'not_yours'> {
  return deps.db.runTransaction(async (transaction) => {
    const entry = await readOutgoing(deps.db, messageId, transaction);
    if (entry === null) return 'not_found';
    if (!mayChange(editor, entry.item)) return 'not_yours';
    if (entry.delivery.status === 'canceled' && entry.delivery.attempts === 0) return 'canceled';
    const note = `${editor.operator} canceled it.`;
    const now = deps.clock.now();
    const moved = apply(entry.delivery, { type: 'withdrawn', note }, now);
    if (moved === null) return 'left';
    await recordRefund(transaction, deps.db, entry, now);
    writeDelivery(transaction, deps.db, entry, moved.next);
    appendAudit(transaction, deps, audit, {
      action: 'message.canceled',
      target: { kind: 'message', id: messageId },
      before: { status: entry.delivery.status },
      after: { status: 'canceled', userId: entry.item.userId },
    });
    return 'canceled';
  });
}
