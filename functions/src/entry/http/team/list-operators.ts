import { pageOf } from '../../../contract/lists.ts';
import { operator as operatorSchema, operatorsQuery } from '../../../contract/team.ts';
import { operatorItem } from '../../../team/operator.ts';
import { operatorsStore } from '../../../team/operators-store.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import { cutPage, timePlaceOf } from '../paging.ts';
import type { Api } from '../route.ts';

export function listOperatorsRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'get',
    path: '/operators',
    summary: 'The team',
    access: { permission: 'team:read' },
    query: operatorsQuery,
    status: 200,
    response: json(pageOf(operatorSchema)),
    async handler({ input: { query }, caller }) {
      const page = {
        keys: deps.config.secrets.sessionKeys(),
        scope: 'operators',
        cursor: query.cursor,
        limit: query.limit,
      };
      const after = timePlaceOf(page);
      const found = await operatorsStore(deps.db, deps.config).page(
        after && { createdAt: after.time, id: after.id },
        query.limit + 1,
      );
      const { items, nextCursor } = cutPage(page, found, (each) => [each.createdAt.getTime(), each.id]);
      return { items: items.map((each) => operatorItem(each, caller.scopes)), nextCursor };
    },
  });
}
