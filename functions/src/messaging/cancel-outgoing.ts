import { appendAudit, type AuditContext } from '../audit/append.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import { apply } from './move-delivery.ts';
import { readOutgoing, writeDelivery } from './outgoing-store.ts';

/**
 * Withdraws an entry that has not left yet (OUT-8, OUT-9): it stays in the log as `canceled`. In one transaction with the
 * audit entry, so that it is withdrawn or leaves, never both. Withdrawing twice is withdrawing once.
 */
export async function cancelOutgoing(
  deps: { db: Database; clock: Clock; ids: Ids },
  messageId: string,
  audit: AuditContext,
): Promise<'canceled' | 'left' | 'not_found'> {
  return deps.db.runTransaction(async (transaction) => {
    const entry = await readOutgoing(deps.db, messageId, transaction);
    if (entry === null) return 'not_found';
    if (entry.delivery.status === 'canceled' && entry.delivery.attempts === 0) return 'canceled';
    const note = `${audit.actor.label} withdrew it.`;
    const moved = apply(entry.delivery, { type: 'withdrawn', note }, deps.clock.now());
    if (moved === null) return 'left';
    writeDelivery(transaction, deps.db, messageId, moved.next);
    appendAudit(transaction, deps, audit, {
      action: 'message.canceled',
      target: { kind: 'message', id: messageId },
      before: { status: entry.delivery.status },
    });
    return 'canceled';
  });
}
