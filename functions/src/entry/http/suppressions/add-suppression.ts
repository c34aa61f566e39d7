import { suppressionAdd, suppressionItem } from '../../../contract/suppressions.ts';
import { addHold } from '../../../people/change-hold.ts';
import { recordLookUp } from '../../../team/record-look-up.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import type { Api } from '../route.ts';
import { refuseHold } from './refuse-hold.ts';

const WRITE = { permission: 'suppressions:write' } as const;

export function addSuppressionRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'post',
    path: '/suppressions',
    summary: 'Add an opt-out, or suppress a number',
    access: WRITE,
    body: json(suppressionAdd),
    looksUp: (body) => body.phoneNumber !== undefined,
    status: 201,
    response: json(suppressionItem),
    async handler({ input, audit, log }) {
      const result = await addHold(deps, audit, input.body);
      if (!result.ok) return refuseHold(result, 'PERSON_NOT_FOUND');
      // What stood already is answered and changes nothing, so that only this tells of it.
      if (input.body.phoneNumber !== undefined)
        await recordLookUp(deps, audit, { place: 'opt_outs', userId: result.item.userId, found: true });
      log.info('consent.changed', { kind: input.body.kind, change: 'added', source: 'operator' });
      return result.item;
    },
  });
}
