import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/firestore.ts';
import { sessionState, type Session } from './session.ts';
import { readSessionToken } from './session-token.ts';
import { sessionsStore } from './sessions-store.ts';

export type SessionCheck =
  { kind: 'live'; session: Session } | { kind: 'missing' } | { kind: 'expired' } | { kind: 'ended' };

/**
 * Who a session token speaks for at `now`. The token alone is not enough: its record is read on every request, so that
 * sign-out, deactivation, a password change and a change of role count at once (OP-2).
 */
export async function checkSession(
  deps: { db: Database; config: Pick<Config, 'secrets'> },
  token: string | null,
  now: Date,
): Promise<SessionCheck> {
  if (token === null) return { kind: 'missing' };
  const reading = await readSessionToken(deps.config.secrets.sessionKeys(), token, now);
  if (reading.kind === 'expired') return { kind: 'expired' };
  if (reading.kind === 'invalid') return { kind: 'missing' };
  const session = await sessionsStore(deps.db).find(reading.claims.sessionId);
  if (session === null || session.operatorId !== reading.claims.operatorId) return { kind: 'missing' };
  const state = sessionState(session, now);
  return state === 'live' ? { kind: 'live', session } : { kind: state };
}
