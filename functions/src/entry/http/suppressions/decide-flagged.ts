import { z } from 'zod';
import { opaqueId } from '../../../contract/lists.ts';
import { revocationDecide } from '../../../contract/suppressions.ts';
import { decideRevocation } from '../../../inbound/decide-revocation.ts';
import { AppError } from '../../../platform/errors.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import { nothing } from '../kinds.ts';
import { refuseFields } from '../read-input.ts';
import type { Api } from '../route.ts';
import { NUMBER_IN_REASON } from './refuse-hold.ts';

export function decideFlaggedRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'post',
    path: '/suppressions/flagged/{messageId}',
    summary: 'Decide whether a flagged message is an opt-out',
    access: { permission: 'suppressions:write' },
    params: z.object({ messageId: opaqueId }),
    body: json(revocationDecide),
    status: 204,
    response: nothing,
    async handler({ input: { params, body }, audit, log }) {
      const result = await decideRevocation(deps, audit, params.messageId, body);
      if (result === 'not_found')
        throw new AppError('NOT_FOUND', { message: 'This message does not need review.' });
      if (result === 'decided') throw new AppError('ALREADY_DECIDED');
      if (result === 'number_in_reason') refuseFields([{ path: 'reason', message: NUMBER_IN_REASON }]);
      log.info('revocation.decided', { as: body.as });
    },
  });
}
