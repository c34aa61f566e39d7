import { sendLimitsAnswer, sendLimitsPatch } from '../../../contract/send-limits.ts';
import { changeSendLimits } from '../../../limits/change-send-limits.ts';
import { AppError } from '../../../platform/errors.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import type { Api } from '../route.ts';

export function changeLimitsRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'patch',
    path: '/settings/limits',
    summary: 'Change the sending limits; null for no limit',
    access: { permission: 'settings:write' },
    body: json(sendLimitsPatch),
    status: 200,
    response: json(sendLimitsAnswer),
    async handler({ input: { body }, audit }) {
      const changed = await changeSendLimits(deps, body, audit);
      if (changed === null) throw new AppError('SETTINGS_CHANGED');
      return changed;
    },
  });
}
