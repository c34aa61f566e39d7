import { DEFAULT_UNDO_SECONDS } from '../../../contract/limits.ts';
import type { SessionAnswer } from '../../../contract/team.ts';
import type { LiveClaims } from '../../../platform/live-access.ts';
import { recentResets, type Operator } from '../../../team/operator.ts';
import type { Session } from '../../../team/session.ts';
import type { ApiDeps } from '../../deps.ts';

export async function describeSession(deps: ApiDeps, session: Session, operator: Operator, now: Date) {
  const { config } = deps;
  const claims = { role: session.role, sid: session.id, end: Math.floor(session.endsAt.getTime() / 1000) };
  return {
    sessionId: session.id,
    operator: { id: operator.id, email: operator.email, name: operator.name, role: session.role },
    endsAt: session.endsAt.toISOString(),
    live: await liveAnswer(deps, operator.id, claims),
    settings: {
      smsMode: config.smsMode,
      defaultCountry: config.defaultCountry,
      undoSeconds: operator.undoSeconds ?? DEFAULT_UNDO_SECONDS,
    },
    resets: recentResets(operator, now).map(({ by, at, usedAt }) => ({
      by,
      at: at.toISOString(),
      usedAt: usedAt?.toISOString() ?? null,
    })),
  };
}

/** Reading live is a comfort: a session must not fail for the lack of it, such as of the permission to sign tokens. */
async function liveAnswer(
  { live, log }: ApiDeps,
  operatorId: string,
  claims: LiveClaims,
): Promise<SessionAnswer['live']> {
  try {
    return {
      token: await live.token(operatorId, claims),
      projectId: live.projectId,
      emulator: live.emulator,
    };
  } catch (error) {
    log.error('session.live_failed', error);
    return null;
  }
}
