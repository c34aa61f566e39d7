import type { AddRoute } from '../route.ts';
import { acceptInvitationRoute } from './accept-invitation.ts';
import { changeOperatorRoute } from './change-operator.ts';
import { inviteOperatorRoute } from './invite-operator.ts';
import { listOperatorsRoute } from './list-operators.ts';

/** The operators: list, invite, join, change. */
export const teamRoutes: readonly AddRoute[] = [
  acceptInvitationRoute,
  listOperatorsRoute,
  inviteOperatorRoute,
  changeOperatorRoute,
];
