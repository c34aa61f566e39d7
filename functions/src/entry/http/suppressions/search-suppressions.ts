import { pageOf } from '../../../contract/lists.ts';
import { suppressionItem, suppressionSearch } from '../../../contract/suppressions.ts';
import { searchHolds } from '../../../people/list-holds.ts';
import { recordLookUp } from '../../../team/record-look-up.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import { refuseNumber } from '../refuse-number.ts';
import type { Api } from '../route.ts';

export function searchSuppressionsRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'post',
    path: '/suppressions/search',
    summary: 'Whether a number is opted out or suppressed, and why',
    access: { permission: 'people:lookup' },
    body: json(suppressionSearch),
    looksUp: () => true,
    status: 200,
    response: json(pageOf(suppressionItem)),
    async handler({ input, audit }) {
      const found = await searchHolds(deps, input.body.phoneNumber);
      if (!found.ok) return refuseNumber(found.number);
      const [first] = found.items;
      await recordLookUp(deps, audit, {
        place: 'opt_outs',
        userId: first?.userId ?? null,
        found: first !== undefined,
      });
      return { items: found.items, nextCursor: null };
    },
  });
}
