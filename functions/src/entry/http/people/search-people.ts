import { pageOf } from '../../../contract/lists.ts';
import { peopleSearch, person as personSchema } from '../../../contract/people.ts';
import { searchPeople } from '../../../people/search-people.ts';
import { recordLookUp } from '../../../team/record-look-up.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import { refuseNumber } from '../refuse-number.ts';
import type { Api } from '../route.ts';

export function searchPeopleRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'post',
    path: '/people/search',
    summary: 'People by number, last four digits, or the beginning of a name; by number needs people:lookup',
    access: { permission: 'people:read' },
    body: json(peopleSearch),
    looksUp: (search) => search.phoneNumber !== undefined || search.last4 !== undefined,
    status: 200,
    response: json(pageOf(personSchema)),
    async handler({ input: { body }, audit }) {
      const result = await searchPeople(deps, body);
      if (!result.ok) return refuseNumber(result.number);
      const [first] = result.page.items;
      if (body.phoneNumber !== undefined)
        await recordLookUp(deps, audit, {
          place: 'people',
          userId: first?.id ?? null,
          found: first !== undefined,
        });
      return result.page;
    },
  });
}
