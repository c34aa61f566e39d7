import { acceptedInvitation, acceptInvitation } from '../../../contract/team.ts';
import { AppError } from '../../../platform/errors.ts';
import { acceptInvitation as accept } from '../../../team/accept-invitation.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import type { Api } from '../route.ts';
import { busy } from '../sessions/sign-in-refusals.ts';

export function acceptInvitationRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'post',
    path: '/operators/invitation',
    summary: 'Join with an invitation, or set a lost password anew',
    access: 'public',
    body: json(acceptInvitation),
    status: 200,
    response: json(acceptedInvitation),
    async handler({ input, address, requestId, now }) {
      const result = await accept(deps, input.body, { address, requestId }, now);
      if (result.kind === 'unacceptable') throw new AppError('PASSWORD_UNACCEPTABLE');
      if (result.kind === 'busy') throw busy();
      if (result.kind === 'invalid') throw new AppError('INVITATION_INVALID');
      return { email: result.operator.email };
    },
  });
}
