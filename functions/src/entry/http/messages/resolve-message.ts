import { outgoingItem, resolveMessage } from '../../../contract/messages.ts';
import { resolveOutgoing } from '../../../outbox/resolve-outgoing.ts';
import { AppError } from '../../../platform/errors.ts';
import type { ApiDeps } from '../../deps.ts';
import { editorOf } from '../caller.ts';
import { json } from '../json.ts';
import type { Api } from '../route.ts';
import { messagePath } from './message-path.ts';
import { refuseByLimit, notThere } from './send-refusals.ts';

const SEND = { permission: 'messages:send' } as const;

export function resolveMessageRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'post',
    path: '/messages/outgoing/{messageId}/resolve',
    summary: 'Record the outcome of a message that stays unconfirmed, or send it again',
    access: SEND,
    params: messagePath,
    body: json(resolveMessage),
    status: 200,
    response: json(outgoingItem),
    async handler({ input: { params, body }, caller, audit, log }) {
      const result = await resolveOutgoing(deps, params.messageId, body.as, editorOf(caller), audit);
      if (result.kind === 'resolved') return result.item;
      if (result.kind === 'guarded') return refuseByLimit(result.refusal, log);
      throw result.kind === 'not_found' ? notThere() : new AppError('MESSAGE_NOT_UNCLEAR');
    },
  });
}
