import { appendAudit, type AuditContext } from '../audit/append.ts';
import { may } from '../contract/permissions.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import { sessionState, type Session } from './session.ts';
import { sessionsStore } from './sessions-store.ts';

export type EndResult = 'ended' | 'not_found';

/**
 * Ends a session at once (OP-2, OP-7): one's own, or with `sessions:any` anybody's. Somebody else's session looks like
 * none to those who may not end it. Ending one that is over already changes nothing and succeeds.
 */
export async function endSession(
  deps: { db: Database; ids: Ids },
  caller: Session,
  sessionId: string,
  audit: AuditContext,
  now: Date,
): Promise<EndResult> {
  const sessions = sessionsStore(deps.db);
  return deps.db.runTransaction(async (transaction) => {
    const session = await sessions.findIn(transaction, sessionId);
    const mayEnd =
      session !== null && (session.operatorId === caller.operatorId || may(caller.role, 'sessions:any'));
    if (!mayEnd) return 'not_found';
    if (sessionState(session, now) !== 'live') return 'ended';
    const reason = session.id === caller.id ? 'signed_out' : 'ended';
    sessions.end(transaction, session.id, now, reason);
    appendAudit(transaction, deps, audit, {
      action: 'session.ended',
      target: { kind: 'session', id: session.id },
      after: { reason, operatorId: session.operatorId },
    });
    return 'ended';
  });
}
