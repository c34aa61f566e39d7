import { pageOf } from '../../../contract/lists.ts';
import { suppressionItem, suppressionsQuery } from '../../../contract/suppressions.ts';
import { listHolds } from '../../../people/list-holds.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import { cutPage, pagesOf, timePlaceOf } from '../paging.ts';
import type { Api } from '../route.ts';

const READ = { permission: 'suppressions:read' } as const;

export function listSuppressionsRoute(api: Api, deps: ApiDeps): void {
  const pages = pagesOf(deps);
  api.route({
    method: 'get',
    path: '/suppressions',
    summary: 'Opt-outs, or suppressed numbers, newest first',
    access: READ,
    query: suppressionsQuery,
    status: 200,
    response: json(pageOf(suppressionItem)),
    async handler({ input: { query } }) {
      const page = pages('suppressions', query);
      const found = await listHolds(deps.db, query.kind, timePlaceOf(page), query.limit + 1);
      return cutPage(page, found, (each) => [Date.parse(each.at), each.id]);
    },
  });
}
