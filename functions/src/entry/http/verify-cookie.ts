import type { ErrorCode } from '../../contract/errors.ts';
import { ROLE_SCOPES } from '../../contract/permissions.ts';
import { checkSession, type SessionCheck } from '../../team/check-session.ts';
import { carriesSessionCookie, readSessionCookie } from './session-cookie.ts';
import type { Verifier } from './verifier.ts';

const REFUSALS = {
  missing: 'NOT_SIGNED_IN',
  expired: 'SESSION_EXPIRED',
  ended: 'SESSION_ENDED',
} as const satisfies Record<Exclude<SessionCheck['kind'], 'live'>, ErrorCode>;

/** An operator, by the cookie of a live session; with the scopes of the role that the operator has now. */
export const verifyCookie: Verifier = {
  of: 'operator',
  carriedBy: (headers) => carriesSessionCookie(headers.get('cookie')),
  async verify(deps, headers, now) {
    const check = await checkSession(deps, readSessionCookie(headers.get('cookie')), now);
    if (check.kind !== 'live') return { kind: 'refused', code: REFUSALS[check.kind] };
    const { session } = check;
    const scopes = ROLE_SCOPES[session.role];
    const caller = {
      kind: 'operator',
      id: session.operatorId,
      label: session.operator,
      scopes,
      session,
    } as const;
    return { kind: 'caller', caller };
  },
};
