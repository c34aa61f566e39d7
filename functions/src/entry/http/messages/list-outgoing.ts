import { pageOf } from '../../../contract/lists.ts';
import { outgoingItem, outgoingQuery } from '../../../contract/messages.ts';
import { listOutgoing } from '../../../logs/list-outgoing.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import type { Api } from '../route.ts';

const READ = { permission: 'messages:read' } as const;

export function listOutgoingRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'get',
    path: '/messages/outgoing',
    summary: 'The outgoing log',
    access: READ,
    query: outgoingQuery,
    status: 200,
    response: json(pageOf(outgoingItem)),
    handler: ({ input: { query } }) => listOutgoing(deps, query),
  });
}
