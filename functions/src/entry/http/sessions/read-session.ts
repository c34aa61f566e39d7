import { sessionAnswer } from '../../../contract/team.ts';
import { AppError } from '../../../platform/errors.ts';
import { operatorsStore } from '../../../team/operators-store.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import type { Api } from '../route.ts';
import { describeSession } from './describe-session.ts';
import { OWN_SESSION } from './own-session.ts';

export function readSessionRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'get',
    path: '/session',
    summary: 'Who is signed in, until when, and how to listen',
    access: OWN_SESSION,
    status: 200,
    response: json(sessionAnswer),
    async handler({ caller: { session }, now }) {
      const operator = await operatorsStore(deps.db, deps.config).find(session.operatorId);
      if (operator === null) throw new AppError('SESSION_ENDED');
      return describeSession(deps, session, operator, now);
    },
  });
}
