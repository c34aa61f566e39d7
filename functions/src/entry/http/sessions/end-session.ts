import { sessionPath } from '../../../contract/team.ts';
import { AppError } from '../../../platform/errors.ts';
import { endSession } from '../../../team/end-session.ts';
import type { ApiDeps } from '../../deps.ts';
import { nothing } from '../kinds.ts';
import type { Api } from '../route.ts';
import { OWN_SESSION } from './own-session.ts';

export function endSessionRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'delete',
    path: '/sessions/{sessionId}',
    summary: "End one of one's own sessions, or with sessions:any somebody else's",
    access: OWN_SESSION,
    params: sessionPath,
    status: 204,
    response: nothing,
    async handler({ input, caller: { session }, audit, now }) {
      const result = await endSession(deps, session, input.params.sessionId, audit, now);
      if (result === 'denied')
        throw new AppError('PERMISSION_DENIED', { message: "Only an owner ends an owner's session." });
      if (result === 'not_found') throw new AppError('NOT_FOUND', { message: 'There is no such session.' });
    },
  });
}
