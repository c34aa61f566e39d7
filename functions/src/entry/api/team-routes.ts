import { pageOf } from '../../contract/lists.ts';
import { may } from '../../contract/permissions.ts';
import {
  changedOperator,
  invitedOperator,
  inviteOperator,
  operator as operatorSchema,
  operatorPatch,
  operatorPath,
  operatorsQuery,
  sessionItem,
  sessionPath,
  sessionsQuery,
} from '../../contract/team.ts';
import { cursorScope } from '../../platform/cursor.ts';
import { AppError } from '../../platform/errors.ts';
import { changeOperator, type ChangeResult } from '../../team/change-operator.ts';
import { endSession } from '../../team/end-session.ts';
import { inviteOperator as invite } from '../../team/invite-operator.ts';
import { operatorItem } from '../../team/operator.ts';
import { operatorsStore } from '../../team/operators-store.ts';
import type { Session } from '../../team/session.ts';
import { sessionsStore } from '../../team/sessions-store.ts';
import type { ApiDeps } from '../deps.ts';
import { cutPage, timePlaceOf } from './paging.ts';
import { refuseFields } from './read-input.ts';
import type { Api } from './route.ts';

/** The operators, and everybody's sessions. */
export function registerTeam(api: Api, deps: ApiDeps): void {
  registerOperators(api, deps);
  registerSessions(api, deps);
}

function registerOperators(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'get',
    path: '/operators',
    summary: 'The team',
    access: { permission: 'team:read' },
    query: operatorsQuery,
    status: 200,
    response: pageOf(operatorSchema),
    async handler({ input: { query } }) {
      const page = { keys: deps.config.secrets.sessionKeys(), scope: 'operators', cursor: query.cursor, limit: query.limit };
      const after = timePlaceOf(page);
      const found = await operatorsStore(deps.db, deps.config).page(after && { createdAt: after.time, id: after.id }, query.limit + 1);
      const { items, nextCursor } = cutPage(page, found, (each) => [each.createdAt.getTime(), each.id]);
      return { items: items.map(operatorItem), nextCursor };
    },
  });

  api.route({
    method: 'post',
    path: '/operators',
    summary: 'Invite an operator',
    access: { permission: 'team:write' },
    body: inviteOperator,
    status: 201,
    response: invitedOperator,
    async handler({ input, session, audit, now }) {
      const result = await invite(deps, session.role, input.body, audit, now);
      if (result.kind === 'taken') throw new AppError('EMAIL_TAKEN');
      if (result.kind === 'denied') throw new AppError('PERMISSION_DENIED', { message: 'Only an owner invites an admin or owner.' });
      return { operator: operatorItem(result.operator), invitation: result.token, expiresAt: result.expiresAt.toISOString() };
    },
  });

  api.route({
    method: 'patch',
    path: '/operators/{operatorId}',
    summary: 'Rename, change the role, deactivate, activate, or invite again',
    access: { permission: 'team:write' },
    params: operatorPath,
    body: operatorPatch,
    status: 200,
    response: changedOperator,
    async handler({ input, session, audit, now }) {
      const changed = accepted(await changeOperator(deps, session, input.params.operatorId, input.body, audit, now));
      const operator = operatorItem(changed.operator);
      if (changed.invitation === null) return operator;
      return { operator, invitation: changed.invitation.token, expiresAt: changed.invitation.kept.expiresAt.toISOString() };
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

function registerSessions(api: Api, deps: ApiDeps): void {
  const item = (caller: Session) => (session: Session) => ({
    ...session,
    startedAt: session.startedAt.toISOString(),
    endsAt: session.endsAt.toISOString(),
    current: session.id === caller.id,
  });

  api.route({
    method: 'get',
    path: '/sessions',
    summary: "One's own live sessions; with all=true everybody's",
    access: { permission: 'sessions:own' },
    query: sessionsQuery,
    status: 200,
    response: pageOf(sessionItem),
    async handler({ input: { query }, session, now }) {
      const all = query.all === 'true';
      if (all && !may(session.role, 'sessions:any')) throw new AppError('PERMISSION_DENIED');
      const owner = all ? null : session.operatorId;
      const scope = cursorScope('sessions', { owner });
      const page = { keys: deps.config.secrets.sessionKeys(), scope, cursor: query.cursor, limit: query.limit };
      const after = timePlaceOf(page);
      const found = await sessionsStore(deps.db).livePage(owner, now, after && { endsAt: after.time, id: after.id }, query.limit + 1);
      const { items, nextCursor } = cutPage(page, found, (each) => [each.endsAt.getTime(), each.id]);
      return { items: items.map(item(session)), nextCursor };
    },
  });

  api.route({
    method: 'delete',
    path: '/sessions/{sessionId}',
    summary: "End one of one's own sessions, or with sessions:any anybody's",
    access: { permission: 'sessions:own' },
    params: sessionPath,
    status: 204,
    response: null,
    async handler({ input, session, audit, now }) {
      const result = await endSession(deps, session, input.params.sessionId, audit, now);
      if (result === 'not_found') throw new AppError('NOT_FOUND', { message: 'There is no such session.' });
    },
  });
}
