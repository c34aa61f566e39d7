import { preferencesPatch, sessionAnswer } from '../../../contract/team.ts';
import { AppError } from '../../../platform/errors.ts';
import { changePreferences } from '../../../team/change-preferences.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import type { Api } from '../route.ts';
import { describeSession } from './describe-session.ts';
import { OWN_SESSION } from './own-session.ts';

export function changePreferencesRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'patch',
    path: '/session',
    summary: "Change one's own preferences",
    access: OWN_SESSION,
    body: json(preferencesPatch),
    status: 200,
    response: json(sessionAnswer),
    async handler({ input, caller: { session }, audit, now }) {
      const operator = await changePreferences(deps, session.operatorId, input.body, audit, now);
      if (operator === null) throw new AppError('SESSION_ENDED');
      return describeSession(deps, session, operator, now);
    },
  });
}
