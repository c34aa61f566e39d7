import { errorCodesAnswer, errorCodesPatch } from '../../../contract/suppressions.ts';
import { changeErrorCodes } from '../../../people/change-error-codes.ts';
import { AppError } from '../../../platform/errors.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import type { Api } from '../route.ts';

export function changeErrorCodesRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'patch',
    path: '/settings/error-codes',
    summary: 'Change what error codes mean; null sets one back to its default',
    access: { permission: 'settings:write' },
    body: json(errorCodesPatch),
    status: 200,
    response: json(errorCodesAnswer),
    async handler({ input, audit }) {
      const changed = await changeErrorCodes(deps, audit, input.body);
      if (changed === null) throw new AppError('SETTINGS_CHANGED');
      return changed;
    },
  });
}
