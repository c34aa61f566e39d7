import type { ErrorCode } from '../../contract/errors.ts';
import { may, PERMISSIONS } from '../../contract/permissions.ts';
import { AppError } from '../../platform/errors.ts';
import type { ApiDeps } from '../deps.ts';
import { checkSession, type SessionCheck } from '../../team/check-session.ts';
import type { Session } from '../../team/session.ts';
import { readSessionCookie } from './session-cookie.ts';
import type { Access } from './route.ts';

const REFUSALS = {
  missing: 'NOT_SIGNED_IN',
  expired: 'SESSION_EXPIRED',
  ended: 'SESSION_ENDED',
} as const satisfies Record<Exclude<SessionCheck['kind'], 'live'>, ErrorCode>;

/** Lets a call through or throws: NOT_SIGNED_IN, SESSION_EXPIRED, SESSION_ENDED, PERMISSION_DENIED. Null on public routes. */
export async function admit(
  deps: ApiDeps,
  access: Access,
  request: Request,
  now: Date,
): Promise<Session | null> {
  if (access === 'public') return null;
  const check = await checkSession(deps, readSessionCookie(request.headers.get('cookie')), now);
  if (check.kind !== 'live') throw new AppError(REFUSALS[check.kind]);
  if (!may(check.session.role, access.permission)) {
    throw new AppError('PERMISSION_DENIED', { details: { needs: PERMISSIONS[access.permission] } });
  }
  return check.session;
}
