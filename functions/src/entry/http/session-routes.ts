import {
  acceptedInvitation,
  acceptInvitation,
  changePassword,
  preferencesPatch,
  sessionAnswer,
  signIn,
  signInAnswer,
  type SessionAnswer,
} from '../../contract/team.ts';
import { AppError } from '../../platform/errors.ts';
import type { LiveClaims } from '../../platform/live-access.ts';
import { acceptInvitation as accept } from '../../team/accept-invitation.ts';
import { DEFAULT_UNDO_SECONDS } from '../../contract/limits.ts';
import { changePreferences } from '../../team/change-preferences.ts';
import { changePassword as change } from '../../team/change-password.ts';
import { deviceOf } from '../../team/device.ts';
import { endSession } from '../../team/end-session.ts';
import { signDeviceToken } from '../../team/device-token.ts';
import { recentResets, type Operator } from '../../team/operator.ts';
import { BUSY_SECONDS } from '../../team/password-gate.ts';
import { operatorsStore } from '../../team/operators-store.ts';
import { signIn as startSession } from '../../team/sign-in.ts';
import { signSessionToken } from '../../team/session-token.ts';
import type { Session } from '../../team/session.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api } from './route.ts';
import { NO_SESSION_COOKIE, sessionCookie } from './session-cookie.ts';

const OWN = { permission: 'sessions:own', by: 'operator' } as const;

/** Sign-in, one's own session, one's own password, joining. */
export function registerSession(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'post',
    path: '/session',
    summary: 'Sign in',
    access: 'public',
    body: signIn,
    status: 201,
    response: signInAnswer,
    async handler({ input, address, requestId, now, header, setHeader }) {
      const attempt = { ...input.body, address, requestId, device: deviceOf(header('user-agent')) };
      const result = await startSession(deps, attempt, now);
      if (result.kind === 'wrong') throw new AppError('CREDENTIALS_WRONG');
      if (result.kind === 'locked') throw locked(result.retryAfterSeconds);
      if (result.kind === 'busy') throw busy();
      const { session, operator } = result;
      const keys = deps.config.secrets.sessionKeys();
      const token = await signSessionToken(keys, { ...session, sessionId: session.id });
      const device = await signDeviceToken(keys, result.device, now);
      const answer = await describe(deps, session, operator, now);
      setHeader('Set-Cookie', sessionCookie(token, session.endsAt, now));
      return { ...answer, device };
    },
  });

  api.route({
    method: 'get',
    path: '/session',
    summary: 'Who is signed in, until when, and how to listen',
    access: OWN,
    status: 200,
    response: sessionAnswer,
    async handler({ caller: { session }, now }) {
      const operator = await operatorsStore(deps.db, deps.config).find(session.operatorId);
      if (operator === null) throw new AppError('SESSION_ENDED');
      return describe(deps, session, operator, now);
    },
  });

  api.route({
    method: 'patch',
    path: '/session',
    summary: "Change one's own preferences",
    access: OWN,
    body: preferencesPatch,
    status: 200,
    response: sessionAnswer,
    async handler({ input, caller: { session }, audit, now }) {
      const operator = await changePreferences(deps, session.operatorId, input.body, audit, now);
      if (operator === null) throw new AppError('SESSION_ENDED');
      return describe(deps, session, operator, now);
    },
  });

  api.route({
    method: 'delete',
    path: '/session',
    summary: 'Sign out',
    access: OWN,
    status: 204,
    response: null,
    async handler({ caller: { session }, audit, now, setHeader }) {
      await endSession(deps, session, session.id, audit, now);
      setHeader('Set-Cookie', NO_SESSION_COOKIE);
    },
  });

  api.route({
    method: 'post',
    path: '/session/password',
    summary: "Change one's own password; every session of the operator ends",
    access: OWN,
    body: changePassword,
    status: 204,
    response: null,
    async handler({ input, caller: { session }, audit, now, setHeader }) {
      const passwords = { current: input.body.currentPassword, next: input.body.newPassword };
      const result = await change(deps, session, passwords, audit, now);
      if (result.kind === 'unacceptable') throw new AppError('PASSWORD_UNACCEPTABLE');
      if (result.kind === 'wrong')
        throw new AppError('CREDENTIALS_WRONG', { message: 'The current password is wrong.' });
      if (result.kind === 'locked') throw locked(result.retryAfterSeconds);
      if (result.kind === 'busy') throw busy();
      setHeader('Set-Cookie', NO_SESSION_COOKIE);
    },
  });

  api.route({
    method: 'post',
    path: '/operators/invitation',
    summary: 'Join with an invitation, or set a lost password anew',
    access: 'public',
    body: acceptInvitation,
    status: 200,
    response: acceptedInvitation,
    async handler({ input, address, requestId, now }) {
      const result = await accept(deps, input.body, { address, requestId }, now);
      if (result.kind === 'unacceptable') throw new AppError('PASSWORD_UNACCEPTABLE');
      if (result.kind === 'busy') throw busy();
      if (result.kind === 'invalid') throw new AppError('INVITATION_INVALID');
      return { email: result.operator.email };
    },
  });
}

function locked(retryAfterSeconds: number): AppError {
  return new AppError('SIGN_IN_LOCKED', { details: { retryAfterSeconds } });
}

function busy(): AppError {
  return new AppError('SIGN_IN_BUSY', { details: { retryAfterSeconds: BUSY_SECONDS } });
}

async function describe(deps: ApiDeps, session: Session, operator: Operator, now: Date) {
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
