import { errorCodesAnswer, errorCodesPatch } from '../../contract/suppressions.ts';
import { changeErrorCodes, errorCodeTable } from '../../people/change-error-codes.ts';
import { readErrorCodes } from '../../people/error-codes-store.ts';
import { AppError } from '../../platform/errors.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api } from './route.ts';

/** What the error codes of the carrier mean for a number (SUPP-2). */
export function registerErrorCodes(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'get',
    path: '/settings/error-codes',
    summary: "What the carrier's error codes mean for a number",
    access: { permission: 'settings:read' },
    status: 200,
    response: errorCodesAnswer,
    handler: async () => errorCodeTable(deps.carrier.codes, await readErrorCodes(deps.db)),
  });

  api.route({
    method: 'patch',
    path: '/settings/error-codes',
    summary: 'Change what error codes mean; null sets one back to its default',
    access: { permission: 'settings:write' },
    body: errorCodesPatch,
    status: 200,
    response: errorCodesAnswer,
    async handler({ input, audit }) {
      const changed = await changeErrorCodes(deps, audit, input.body);
      if (changed === null) throw new AppError('SETTINGS_CHANGED');
      return changed;
    },
  });
}
