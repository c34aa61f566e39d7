import { signIn, signInAnswer } from '../../../contract/team.ts';
import { AppError } from '../../../platform/errors.ts';
import { signDeviceToken } from '../../../team/device-token.ts';
import { deviceOf } from '../../../team/device.ts';
import { signSessionToken } from '../../../team/session-token.ts';
import { signIn as startSession } from '../../../team/sign-in.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import type { Api } from '../route.ts';
import { sessionCookie } from '../session-cookie.ts';
import { describeSession } from './describe-session.ts';
import { locked, busy } from './sign-in-refusals.ts';

export function signInRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'post',
    path: '/session',
    summary: 'Sign in',
    access: 'public',
    body: json(signIn),
    status: 201,
    response: json(signInAnswer),
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
      const answer = await describeSession(deps, session, operator, now);
      setHeader('Set-Cookie', sessionCookie(token, session.endsAt, now));
      return { ...answer, device };
    },
  });
}
