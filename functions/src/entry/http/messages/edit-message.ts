import { outgoingItem, outgoingPatch } from '../../../contract/messages.ts';
import { editOutgoing } from '../../../outbox/edit-outgoing.ts';
import { AppError } from '../../../platform/errors.ts';
import type { ApiDeps } from '../../deps.ts';
import { editorOf } from '../caller.ts';
import { json } from '../json.ts';
import type { Api } from '../route.ts';
import { messagePath } from './message-path.ts';
import { refuseTime, refuseByLimit, notThere } from './send-refusals.ts';

const SEND = { permission: 'messages:send' } as const;

export function editMessageRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'patch',
    path: '/messages/outgoing/{messageId}',
    summary:
      'Change the words or the time of a message that has not been sent yet; by its author or an admin',
    access: SEND,
    params: messagePath,
    body: json(outgoingPatch),
    status: 200,
    response: json(outgoingItem),
    async handler({ input: { params, body }, caller, audit, log }) {
      const result = await editOutgoing(deps, params.messageId, body, editorOf(caller), audit);
      switch (result.kind) {
        case 'edited':
          return result.item;
        case 'guarded':
          return refuseByLimit(result.refusal, log);
        case 'not_yours':
          throw new AppError('NOT_YOUR_MESSAGE');
        case 'too_many':
          throw new AppError('TOO_MANY_EDITS');
        case 'bad_time':
          return refuseTime(result.problem);
        case 'left':
          throw new AppError('MESSAGE_ALREADY_LEFT');
        case 'not_found':
          throw notThere();
        default:
          return result satisfies never;
      }
    },
  });
}
