import { appendAudit, type AuditContext } from '../audit/append.ts';
import type { AuditTarget } from '../contract/audit.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import type { GuardRefusal } from './send-guards.ts';

/** What a limit refused is in the audit log, with the limit: a send, an edit, or sending again (OUT-11, PRIV-5). */
export async function recordSendRefusal(
  store: { db: Database; ids: Ids },
  target: AuditTarget,
  { code, limit }: GuardRefusal,
  audit: AuditContext,
  userId: string | null = null,
): Promise<void> {
  const batch = store.db.batch();
  const whom = userId === null ? {} : { userId };
  appendAudit(batch, store, audit, { action: 'message.refused', target, after: { code, limit, ...whom } });
  await batch.commit();
}
