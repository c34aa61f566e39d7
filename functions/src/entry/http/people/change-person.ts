import { person as personSchema, personPatch, personPath } from '../../../contract/people.ts';
import { editPerson } from '../../../people/edit-person.ts';
import { AppError } from '../../../platform/errors.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import type { Api } from '../route.ts';
import { refusePerson } from './refuse-person.ts';

export function changePersonRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'patch',
    path: '/people/{userId}',
    summary: 'Change the named fields of a person',
    access: { permission: 'people:write' },
    params: personPath,
    body: json(personPatch),
    looksUp: (patch) => patch.phoneNumber !== undefined,
    status: 200,
    response: json(personSchema),
    async handler({ input, audit }) {
      const result = await editPerson(deps, audit, input.params.userId, input.body);
      if (result.ok) return result.person;
      if (result.reason === 'not_found') throw new AppError('PERSON_NOT_FOUND');
      return refusePerson(deps, audit, result);
    },
  });
}
