import { suppressionLift } from '../../../contract/suppressions.ts';
import { liftHold } from '../../../people/change-hold.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import { nothing } from '../kinds.ts';
import type { Api } from '../route.ts';
import { refuseHold } from './refuse-hold.ts';

export function liftSuppressionRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'post',
    path: '/suppressions/lift',
    summary: 'Lift an opt-out or a suppression',
    access: { permission: 'suppressions:manage' },
    body: json(suppressionLift),
    status: 204,
    response: nothing,
    async handler({ input, audit, log }) {
      const result = await liftHold(deps, audit, input.body);
      if (!result.ok) return refuseHold(result, 'NOT_FOUND');
      log.info('consent.changed', { kind: input.body.kind, change: 'lifted', source: 'operator' });
    },
  });
}
