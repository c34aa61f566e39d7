import { personPath, revealAnswer, revealRequest } from '../../../contract/people.ts';
import { revealNumber } from '../../../people/reveal-number.ts';
import { AppError } from '../../../platform/errors.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import { admitLookUp } from '../look-up.ts';
import { refuseFields } from '../read-input.ts';
import type { Api } from '../route.ts';
import { NUMBER_ELSEWHERE } from './refuse-person.ts';

export function revealNumberRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'post',
    path: '/people/{userId}/reveal',
    summary: "Reveal a person's number; the reason is kept in the audit log",
    access: { permission: 'people:reveal' },
    params: personPath,
    body: json(revealRequest),
    status: 200,
    response: json(revealAnswer),
    async handler({ input, caller, audit, now }) {
      await admitLookUp(deps, { caller, audit, now }, 'reveal');
      const result = await revealNumber(deps, audit, input.params.userId, input.body.reason);
      if (result.ok) return { phoneNumber: result.phoneNumber };
      if (result.reason === 'not_found') throw new AppError('PERSON_NOT_FOUND');
      return refuseFields([{ path: 'reason', message: NUMBER_ELSEWHERE }]);
    },
  });
}
