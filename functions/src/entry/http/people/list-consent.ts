import { personPath } from '../../../contract/people.ts';
import { consentHistory, consentQuery } from '../../../contract/suppressions.ts';
import { listConsentEvents } from '../../../people/list-consent-events.ts';
import { AppError } from '../../../platform/errors.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import { cutPage, pagesOf, timePlaceOf } from '../paging.ts';
import type { Api } from '../route.ts';

export function listConsentRoute(api: Api, deps: ApiDeps): void {
  const pages = pagesOf(deps);
  api.route({
    method: 'get',
    path: '/people/{userId}/consent',
    summary: 'The consent history of a person, newest first',
    access: { permission: 'people:read' },
    params: personPath,
    query: consentQuery,
    status: 200,
    response: json(consentHistory),
    async handler({ input: { params, query } }) {
      const page = pages('consent', { ...query, ...params });
      const found = await listConsentEvents(deps.db, params.userId, timePlaceOf(page), query.limit + 1);
      if (found === null) throw new AppError('PERSON_NOT_FOUND');
      const { events, ...standing } = found;
      return { ...standing, ...cutPage(page, events, (each) => [Date.parse(each.at), each.id]) };
    },
  });
}
