import { changePassword } from '../../../contract/team.ts';
import { AppError } from '../../../platform/errors.ts';
import { changePassword as change } from '../../../team/change-password.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import { nothing } from '../kinds.ts';
import type { Api } from '../route.ts';
import { NO_SESSION_COOKIE } from '../session-cookie.ts';
import { OWN_SESSION } from './own-session.ts';
import { locked, busy } from './sign-in-refusals.ts';

export function changePasswordRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'post',
    path: '/session/password',
    summary: "Change one's own password; every session of the operator ends",
    access: OWN_SESSION,
    body: json(changePassword),
    status: 204,
    response: nothing,
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
}
