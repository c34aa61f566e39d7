import { outgoingItem } from '../../../contract/messages.ts';
import { readOutgoing } from '../../../outbox/outgoing-store.ts';
import { AppError } from '../../../platform/errors.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import type { Api } from '../route.ts';
import { messagePath } from './message-path.ts';

const READ = { permission: 'messages:read' } as const;

export function readOutgoingRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'get',
    path: '/messages/outgoing/{messageId}',
    summary: 'One outgoing message with its history',
    access: READ,
    params: messagePath,
    status: 200,
    response: json(outgoingItem),
    async handler({ input: { params } }) {
      const entry = await readOutgoing(deps.db, params.messageId);
      if (entry === null) throw new AppError('NOT_FOUND', { message: 'There is no such message.' });
      return entry.item;
    },
  });
}
