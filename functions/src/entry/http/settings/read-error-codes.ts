import { errorCodesAnswer } from '../../../contract/suppressions.ts';
import { errorCodeTable } from '../../../people/change-error-codes.ts';
import { readErrorCodes } from '../../../people/error-codes-store.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import type { Api } from '../route.ts';

export function readErrorCodesRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'get',
    path: '/settings/error-codes',
    summary: "What the carrier's error codes mean for a number",
    access: { permission: 'settings:read' },
    status: 200,
    response: json(errorCodesAnswer),
    handler: async () => errorCodeTable(deps.carrier.codes, await readErrorCodes(deps.db)),
  });
}
