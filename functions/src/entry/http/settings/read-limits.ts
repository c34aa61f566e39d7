import { sendLimitsAnswer } from '../../../contract/send-limits.ts';
import { readSendLimits } from '../../../limits/change-send-limits.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import type { Api } from '../route.ts';

export function readLimitsRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'get',
    path: '/settings/limits',
    summary: 'The sending limits, and the spending of today',
    access: { permission: 'settings:read' },
    status: 200,
    response: json(sendLimitsAnswer),
    handler: () => readSendLimits(deps),
  });
}
