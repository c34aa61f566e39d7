import { idempotencyKey, messageAccepted, sendMessage } from '../../../contract/messages.ts';
import { acceptOutgoing } from '../../../outbox/accept-outgoing.ts';
import { AppError } from '../../../platform/errors.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import { refuseFields } from '../read-input.ts';
import type { Api } from '../route.ts';
import { refuseTime, refuseByLimit } from './send-refusals.ts';

const SEND = { permission: 'messages:send' } as const;

export function sendMessageRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'post',
    path: '/messages',
    summary: 'Send a message to a registered person, now or later',
    access: SEND,
    body: json(sendMessage),
    status: 202,
    response: json(messageAccepted),
    async handler({ input: { body }, caller, audit, header, log }) {
      const key = readIdempotencyKey(header('idempotency-key'));
      const by = { operatorId: caller.id, operator: caller.label };
      const request = { ...body, idempotencyKey: key, ...by };
      const result = await acceptOutgoing(deps, request, audit);
      switch (result.kind) {
        case 'refused':
          throw new AppError(result.code);
        case 'guarded':
          return refuseByLimit(result.refusal, log);
        case 'bad_time':
          return refuseTime(result.problem);
        case 'accepted':
          log.info('send.accepted', { messageId: result.answer.messageId, repeated: result.repeated });
          return result.answer;
        default:
          return result satisfies never;
      }
    },
  });
}

/** 1 to 128 visible ASCII characters; IDEMPOTENCY_KEY_MISSING without the header. */
function readIdempotencyKey(header: string | null): string {
  if (header === null || header === '') throw new AppError('IDEMPOTENCY_KEY_MISSING');
  const key = idempotencyKey.safeParse(header);
  if (key.success) return key.data;
  return refuseFields(key.error.issues.map(({ message }) => ({ path: 'Idempotency-Key', message })));
}
