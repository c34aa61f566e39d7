import { appendAudit, type AuditContext } from '../audit/append.ts';
import { may } from '../contract/permissions.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import { mayEndSession } from './operator-change.ts';
import { sessionState, type Session } from './session.ts';
import { sessionsStore } from './sessions-store.ts';

export type EndResult = 'ended' | 'not_found' | 'denied';

/**
 * Ends a session at once (OP-2, OP-7): one's own, or with `sessions:any` somebody else's, of an owner only as an owner.
 * To those who may not see it, somebody else's session looks like none. Ending one that is over already changes nothing
 * and succeeds.
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
    if (session === null) return 'not_found';
    if (!mayEndSession(caller, session)) return may(caller.role, 'sessions:any') ? 'denied' : 'not_found';
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
