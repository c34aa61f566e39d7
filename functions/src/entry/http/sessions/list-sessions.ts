import { pageOf } from '../../../contract/lists.ts';
import { may } from '../../../contract/permissions.ts';
import { sessionItem, sessionsQuery } from '../../../contract/team.ts';
import { cursorScope } from '../../../platform/cursor.ts';
import { AppError } from '../../../platform/errors.ts';
import { mayEndSession } from '../../../team/operator-change.ts';
import type { Session } from '../../../team/session.ts';
import { sessionsStore } from '../../../team/sessions-store.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import { cutPage, timePlaceOf } from '../paging.ts';
import type { Api } from '../route.ts';
import { OWN_SESSION } from './own-session.ts';

export function listSessionsRoute(api: Api, deps: ApiDeps): void {
  const item = (caller: Session) => (session: Session) => ({
    ...session,
    startedAt: session.startedAt.toISOString(),
    endsAt: session.endsAt.toISOString(),
    current: session.id === caller.id,
    mayEnd: mayEndSession(caller, session),
  });
  api.route({
    method: 'get',
    path: '/sessions',
    summary: "One's own live sessions; with all=true everybody's",
    access: OWN_SESSION,
    query: sessionsQuery,
    status: 200,
    response: json(pageOf(sessionItem)),
    async handler({ input: { query }, caller: { session }, now }) {
      const all = query.all === 'true';
      if (all && !may(session.role, 'sessions:any')) throw new AppError('PERMISSION_DENIED');
      const owner = all ? null : session.operatorId;
      const scope = cursorScope('sessions', { owner });
      const page = {
        keys: deps.config.secrets.sessionKeys(),
        scope,
        cursor: query.cursor,
        limit: query.limit,
      };
      const after = timePlaceOf(page);
      const found = await sessionsStore(deps.db).livePage(
        owner,
        now,
        after && { endsAt: after.time, id: after.id },
        query.limit + 1,
      );
      const { items, nextCursor } = cutPage(page, found, (each) => [each.endsAt.getTime(), each.id]);
      return { items: items.map(item(session)), nextCursor };
    },
  });
}
