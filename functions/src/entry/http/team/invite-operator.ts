import { invitedOperator, inviteOperator } from '../../../contract/team.ts';
import { AppError } from '../../../platform/errors.ts';
import { inviteOperator as invite } from '../../../team/invite-operator.ts';
import { operatorItem } from '../../../team/operator.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import type { Api } from '../route.ts';

/** By roles and not by scopes: whose role may give which, and to whom. */
const WRITE = { permission: 'team:write', by: 'operator' } as const;

export function inviteOperatorRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'post',
    path: '/operators',
    summary: 'Invite an operator',
    access: WRITE,
    body: json(inviteOperator),
    status: 201,
    response: json(invitedOperator),
    async handler({ input, caller, audit, now }) {
      const result = await invite(deps, caller.session.role, input.body, audit, now);
      if (result.kind === 'taken') throw new AppError('EMAIL_TAKEN');
      if (result.kind === 'denied')
        throw new AppError('PERMISSION_DENIED', { message: 'Only an owner invites an admin or owner.' });
      return {
        operator: operatorItem(result.operator, caller.scopes),
        invitation: result.token,
        expiresAt: result.expiresAt.toISOString(),
      };
    },
  });
}
