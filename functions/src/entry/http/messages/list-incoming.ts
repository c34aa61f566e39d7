import { pageOf } from '../../../contract/lists.ts';
import { incomingItem, incomingQuery } from '../../../contract/messages.ts';
import { listIncoming } from '../../../logs/list-incoming.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import type { Api } from '../route.ts';

const READ = { permission: 'messages:read' } as const;

export function listIncomingRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'get',
    path: '/messages/incoming',
    summary: 'The incoming log',
    access: READ,
    query: incomingQuery,
    status: 200,
    response: json(pageOf(incomingItem)),
    handler: ({ input: { query } }) => listIncoming(deps, query),
  });
}
