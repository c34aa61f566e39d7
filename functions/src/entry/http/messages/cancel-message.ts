import { outgoingItem } from '../../../contract/messages.ts';
import { cancelOutgoing } from '../../../outbox/cancel-outgoing.ts';
import { readOutgoing } from '../../../outbox/outgoing-store.ts';
import { AppError } from '../../../platform/errors.ts';
import type { ApiDeps } from '../../deps.ts';
import { editorOf } from '../caller.ts';
import { json } from '../json.ts';
import type { Api } from '../route.ts';
import { messagePath } from './message-path.ts';
import { notThere } from './send-refusals.ts';

const SEND = { permission: 'messages:send' } as const;

export function cancelMessageRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'delete',
    path: '/messages/outgoing/{messageId}',
    summary: 'Cancel a message that has not been sent yet; by its author or an admin. It stays in the log',
    access: SEND,
    params: messagePath,
    status: 200,
    response: json(outgoingItem),
    async handler({ input: { params }, caller, audit }) {
      const result = await cancelOutgoing(deps, params.messageId, editorOf(caller), audit);
      if (result === 'not_yours') throw new AppError('NOT_YOUR_MESSAGE');
      if (result === 'left') throw new AppError('MESSAGE_ALREADY_LEFT');
      const entry = result === 'canceled' ? await readOutgoing(deps.db, params.messageId) : null;
      if (entry === null) throw notThere();
      return entry.item;
    },
  });
}
