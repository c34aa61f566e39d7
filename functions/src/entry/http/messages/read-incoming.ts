import { incomingItem } from '../../../contract/messages.ts';
import { readIncoming } from '../../../inbound/incoming-store.ts';
import { AppError } from '../../../platform/errors.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import type { Api } from '../route.ts';
import { messagePath } from './message-path.ts';

const READ = { permission: 'messages:read' } as const;

export function readIncomingRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'get',
    path: '/messages/incoming/{messageId}',
    summary: 'One incoming message',
    access: READ,
    params: messagePath,
    status: 200,
    response: json(incomingItem),
    async handler({ input: { params } }) {
      const item = await readIncoming(deps.db, params.messageId);
      if (item === null) throw new AppError('NOT_FOUND', { message: 'There is no such message.' });
      return item;
    },
  });
}
