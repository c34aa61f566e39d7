import { person as personSchema, personPath } from '../../../contract/people.ts';
import { getPerson } from '../../../people/get-person.ts';
import { AppError } from '../../../platform/errors.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import type { Api } from '../route.ts';

export function readPersonRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'get',
    path: '/people/{userId}',
    summary: 'One person',
    access: { permission: 'people:read' },
    params: personPath,
    status: 200,
    response: json(personSchema),
    async handler({ input }) {
      const person = await getPerson(deps.db, input.params.userId);
      if (person === null) throw new AppError('PERSON_NOT_FOUND');
      return person;
    },
  });
}
