import { pageOf } from '../../contract/lists.ts';
import {
  changedOperator,
  invitedOperator,
  inviteOperator,
  operator as operatorSchema,
  operatorPatch,
  operatorPath,
  operatorsQuery,
} from '../../contract/team.ts';
import { AppError } from '../../platform/errors.ts';
import { changeOperator, type ChangeResult } from '../../team/change-operator.ts';
import { inviteOperator as invite } from '../../team/invite-operator.ts';
import { operatorItem } from '../../team/operator.ts';
import { operatorsStore } from '../../team/operators-store.ts';
import type { ApiDeps } from '../deps.ts';
import { cutPage, timePlaceOf } from './paging.ts';
import { refuseFields } from './read-input.ts';
import type { Api } from './route.ts';

/** By roles and not by scopes: whose role may give which, and to whom. */
const WRITE = { permission: 'team:write', by: 'operator' } as const;

/** The operators: list, invite, change. */
export function registerTeam(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'get',
    path: '/operators',
    summary: 'The team',
    access: { permission: 'team:read' },
    query: operatorsQuery,
    status: 200,
    response: pageOf(operatorSchema),
    async handler({ input: { query }, caller }) {
      const page = {
        keys: deps.config.secrets.sessionKeys(),
        scope: 'operators',
        cursor: query.cursor,
        limit: query.limit,
      };
      const after = timePlaceOf(page);
      const found = await operatorsStore(deps.db, deps.config).page(
        after && { createdAt: after.time, id: after.id },
        query.limit + 1,
      );
      const { items, nextCursor } = cutPage(page, found, (each) => [each.createdAt.getTime(), each.id]);
      return { items: items.map((each) => operatorItem(each, caller.scopes)), nextCursor };
    },
  });

  api.route({
    method: 'post',
    path: '/operators',
    summary: 'Invite an operator',
    access: WRITE,
    body: inviteOperator,
    status: 201,
    response: invitedOperator,
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

  api.route({
    method: 'patch',
    path: '/operators/{operatorId}',
    summary: 'Rename, change the role, deactivate, activate, or invite again',
    access: WRITE,
    params: operatorPath,
    body: operatorPatch,
    status: 200,
    response: changedOperator,
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
