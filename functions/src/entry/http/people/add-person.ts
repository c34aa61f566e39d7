import { person as personSchema, personCreate } from '../../../contract/people.ts';
import { registerPerson } from '../../../people/register-person.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import type { Api } from '../route.ts';
import { refusePerson } from './refuse-person.ts';

export function addPersonRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'post',
    path: '/people',
    summary: 'Add a person',
    access: { permission: 'people:write' },
    body: json(personCreate),
    // "Somebody has this number already" answers a look-up too.
    looksUp: () => true,
    status: 201,
    response: json(personSchema),
    async handler({ input, audit }) {
      const result = await registerPerson(deps, audit, input.body);
      return result.ok ? result.person : refusePerson(deps, audit, result);
    },
  });
}
