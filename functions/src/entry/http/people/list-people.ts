import { pageOf } from '../../../contract/lists.ts';
import { peopleQuery, person as personSchema } from '../../../contract/people.ts';
import { listPeople } from '../../../people/list-people.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import type { Api } from '../route.ts';

export function listPeopleRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'get',
    path: '/people',
    summary: 'People by name, A to Z',
    access: { permission: 'people:read' },
    query: peopleQuery,
    status: 200,
    response: json(pageOf(personSchema)),
    handler: ({ input }) => listPeople(deps, input.query),
  });
}
