import { pageOf } from '../../../contract/lists.ts';
import { revocationItem, revocationsQuery } from '../../../contract/suppressions.ts';
import { listRevocations } from '../../../inbound/list-revocations.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import { cutPage, pagesOf, timePlaceOf } from '../paging.ts';
import type { Api } from '../route.ts';

export function listFlaggedRoute(api: Api, deps: ApiDeps): void {
  const pages = pagesOf(deps);
  api.route({
    method: 'get',
    path: '/suppressions/flagged',
    summary: 'Opt-out requests that need review, oldest first',
    access: { permission: 'suppressions:read' },
    query: revocationsQuery,
    status: 200,
    response: json(pageOf(revocationItem)),
    async handler({ input: { query } }) {
      const page = pages('flagged', query);
      const found = await listRevocations(deps.db, timePlaceOf(page), query.limit + 1);
      return cutPage(page, found, ({ place }) => [place.receivedAt.getTime(), place.id]);
    },
  });
}
