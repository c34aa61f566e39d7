import { z } from 'zod';
import { opaqueId } from '../../contract/lists.ts';
import {
  idempotencyKey,
  messageAccepted,
  outgoingItem,
  outgoingPatch,
  resolveMessage,
  sendMessage,
} from '../../contract/messages.ts';
import { acceptOutgoing } from '../../outbox/accept-outgoing.ts';
import { cancelOutgoing } from '../../outbox/cancel-outgoing.ts';
import { editOutgoing } from '../../outbox/edit-outgoing.ts';
import { readOutgoing } from '../../outbox/outgoing-store.ts';
import { resolveOutgoing } from '../../outbox/resolve-outgoing.ts';
import type { GuardRefusal } from '../../limits/send-guards.ts';
import type { SendTime } from '../../outbox/send-time.ts';
import { AppError } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';
import type { ApiDeps } from '../deps.ts';
import { editorOf } from './caller.ts';
import { refuseFields } from './read-input.ts';
import type { Api } from './route.ts';

const messagePath = z.object({ messageId: opaqueId });
const SEND = { permission: 'messages:send' } as const;

/** Sending now or later, changing and canceling what has not been sent, deciding on what stays unconfirmed. */
export function registerSend(api: Api, deps: ApiDeps): void {
  registerAccept(api, deps);
  registerEdit(api, deps);
  registerCancel(api, deps);
  registerResolve(api, deps);
}

/** 1 to 128 visible ASCII characters; IDEMPOTENCY_KEY_MISSING without the header. */
function readIdempotencyKey(header: string | null): string {
  if (header === null || header === '') throw new AppError('IDEMPOTENCY_KEY_MISSING');
  const key = idempotencyKey.safeParse(header);
  if (key.success) return key.data;
  return refuseFields(key.error.issues.map(({ message }) => ({ path: 'Idempotency-Key', message })));
}

function refuseTime({ path, message }: Extract<SendTime, { ok: false }>): never {
  return refuseFields([{ path, message }]);
}

function refuseByLimit({ code, retryAfterSeconds, limit }: GuardRefusal, log: Log): never {
  log.warning('send.guarded', { code });
  throw new AppError(code, { details: { retryAfterSeconds, limit } });
}

function notThere(): AppError {
  return new AppError('NOT_FOUND', { message: 'There is no such message.' });
}

function registerAccept(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'post',
    path: '/messages',
    summary: 'Send a message to a registered person, now or later',
    access: SEND,
    body: sendMessage,
    status: 202,
    response: messageAccepted,
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

function registerEdit(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'patch',
    path: '/messages/outgoing/{messageId}',
    summary:
      'Change the words or the time of a message that has not been sent yet; by its author or an admin',
    access: SEND,
    params: messagePath,
    body: outgoingPatch,
    status: 200,
    response: outgoingItem,
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

function registerCancel(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'delete',
    path: '/messages/outgoing/{messageId}',
    summary: 'Cancel a message that has not been sent yet; by its author or an admin. It stays in the log',
    access: SEND,
    params: messagePath,
    status: 200,
    response: outgoingItem,
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

function registerResolve(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'post',
    path: '/messages/outgoing/{messageId}/resolve',
    summary: 'Record the outcome of a message that stays unconfirmed, or send it again',
    access: SEND,
    params: messagePath,
    body: resolveMessage,
    status: 200,
    response: outgoingItem,
    async handler({ input: { params, body }, caller, audit, log }) {
      const result = await resolveOutgoing(deps, params.messageId, body.as, editorOf(caller), audit);
      if (result.kind === 'resolved') return result.item;
      if (result.kind === 'guarded') return refuseByLimit(result.refusal, log);
      throw result.kind === 'not_found' ? notThere() : new AppError('MESSAGE_NOT_UNCLEAR');
    },
  });
}
