import { endSession } from '../../../team/end-session.ts';
import type { ApiDeps } from '../../deps.ts';
import { nothing } from '../kinds.ts';
import type { Api } from '../route.ts';
import { NO_SESSION_COOKIE } from '../session-cookie.ts';
import { OWN_SESSION } from './own-session.ts';

export function signOutRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'delete',
    path: '/session',
    summary: 'Sign out',
    access: OWN_SESSION,
    status: 204,
    response: nothing,
    async handler({ caller: { session }, audit, now, setHeader }) {
      await endSession(deps, session, session.id, audit, now);
      setHeader('Set-Cookie', NO_SESSION_COOKIE);
    },
  });
}
