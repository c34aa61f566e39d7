import { z } from 'zod';
import { opaqueId, pageOf } from '../../contract/lists.ts';
import {
  incomingItem,
  incomingQuery,
  messageSearch,
  outgoingItem,
  outgoingQuery,
} from '../../contract/messages.ts';
import { readIncoming } from '../../inbound/incoming-store.ts';
import { listIncoming } from '../../logs/list-incoming.ts';
import { listOutgoing } from '../../logs/list-outgoing.ts';
import { readOutgoing } from '../../outbox/outgoing-store.ts';
import { searchMessages } from '../../logs/search-messages.ts';
import { AppError } from '../../platform/errors.ts';
import { recordLookUp } from '../../team/record-look-up.ts';
import type { ApiDeps } from '../deps.ts';
import { refuseFields } from './read-input.ts';
import type { Api } from './route.ts';

/** The two logs. */
export function registerMessages(api: Api, deps: ApiDeps): void {
  registerIncoming(api, deps);
  registerOutgoing(api, deps);
  registerSearch(api, deps);
}

const messagePath = z.object({ messageId: opaqueId });
const READ = { permission: 'messages:read' } as const;

function registerIncoming(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'get',
    path: '/messages/incoming',
    summary: 'The incoming log',
    access: READ,
    query: incomingQuery,
    status: 200,
    response: pageOf(incomingItem),
    handler: ({ input: { query } }) => listIncoming(deps, query),
  });

  api.route({
    method: 'get',
    path: '/messages/incoming/{messageId}',
    summary: 'One incoming message',
    access: READ,
    params: messagePath,
    status: 200,
    response: incomingItem,
    async handler({ input: { params } }) {
      const item = await readIncoming(deps.db, params.messageId);
      if (item === null) throw new AppError('NOT_FOUND', { message: 'There is no such message.' });
      return item;
    },
  });
}

function registerOutgoing(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'get',
    path: '/messages/outgoing',
    summary: 'The outgoing log',
    access: READ,
    query: outgoingQuery,
    status: 200,
    response: pageOf(outgoingItem),
    handler: ({ input: { query } }) => listOutgoing(deps, query),
  });

  api.route({
    method: 'get',
    path: '/messages/outgoing/{messageId}',
    summary: 'One outgoing message with its history',
    access: READ,
    params: messagePath,
    status: 200,
    response: outgoingItem,
    async handler({ input: { params } }) {
      const entry = await readOutgoing(deps.db, params.messageId);
      if (entry === null) throw new AppError('NOT_FOUND', { message: 'There is no such message.' });
      return entry.item;
    },
  });
}

function registerSearch(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'post',
    path: '/messages/search',
    summary: 'Search a log by phone number or by words',
    access: READ,
    body: messageSearch,
    looksUp: (search) => search.phoneNumber !== undefined,
    status: 200,
    response: z.union([pageOf(incomingItem), pageOf(outgoingItem)]),
    async handler({ input: { body }, audit }) {
      const result = await searchMessages(deps, body);
      if (result.kind === 'refused') refuseFields([result.problem]);
      const [first] = result.page.items;
      if (body.phoneNumber !== undefined)
        await recordLookUp(deps, audit, {
          place: 'messages',
          userId: first?.userId ?? null,
          found: first !== undefined,
        });
      return result.page;
    },
  });
}
