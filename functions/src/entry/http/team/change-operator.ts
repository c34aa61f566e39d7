import { changedOperator, operatorPatch, operatorPath } from '../../../contract/team.ts';
import { AppError } from '../../../platform/errors.ts';
import { changeOperator, type ChangeResult } from '../../../team/change-operator.ts';
import { operatorItem } from '../../../team/operator.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import { refuseFields } from '../read-input.ts';
import type { Api } from '../route.ts';

/** By roles and not by scopes: whose role may give which, and to whom. */
const WRITE = { permission: 'team:write', by: 'operator' } as const;

export function changeOperatorRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'patch',
    path: '/operators/{operatorId}',
    summary: 'Rename, change the role, deactivate, activate, or invite again',
    access: WRITE,
    params: operatorPath,
    body: json(operatorPatch),
    status: 200,
    response: json(changedOperator),
    async handler({ input, caller, audit, now }) {
      const changed = accepted(
        await changeOperator(deps, caller.session, input.params.operatorId, input.body, audit, now),
      );
      const operator = operatorItem(changed.operator, caller.scopes);
      if (changed.invitation === null) return operator;
      return {
        operator,
        invitation: changed.invitation.token,
        expiresAt: changed.invitation.kept.expiresAt.toISOString(),
      };
    },
  });
}

function accepted(result: ChangeResult): Extract<ChangeResult, { kind: 'changed' }> {
  switch (result.kind) {
    case 'changed':
      return result;
    case 'not_found':
      throw new AppError('NOT_FOUND', { message: 'There is no such operator.' });
    case 'last_owner':
      throw new AppError('LAST_OWNER');
    case 'denied':
      throw new AppError('PERMISSION_DENIED', { message: result.message });
    case 'not_now':
      return refuseFields([{ path: result.field, message: result.message }]);
  }
}
