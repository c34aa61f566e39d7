import type { Resolution } from '../../../functions/src/contract/delivery.ts';
import type { Page } from '../../../functions/src/contract/lists.ts';
import type {
  IncomingItem,
  IncomingQuery,
  MessageAccepted,
  MessageSearch,
  OutgoingItem,
  OutgoingPatch,
  OutgoingQuery,
  OutgoingSort,
  SendMessage,
} from '../../../functions/src/contract/messages.ts';
import type { WaitingAnswer } from '../../../functions/src/contract/waiting.ts';
import { call } from './http.ts';

/** By due time, the soonest first, as well as all that the log is sorted by. */
export type LogSort = OutgoingSort | 'due' | '-due';
type Sorted<Q> = Partial<Omit<Q, 'sort'>> & { sort?: LogSort };
type Fetch<Q, T> = (query: Q, signal?: AbortSignal) => Promise<T>;

export const listIncoming: Fetch<Partial<IncomingQuery>, Page<IncomingItem>> = (query, signal) =>
  call('GET /messages/incoming', { query, signal });

export const listOutgoing: Fetch<Sorted<OutgoingQuery>, Page<OutgoingItem>> = (query, signal) =>
  call('GET /messages/outgoing', { query, signal });

export const getIncoming: Fetch<string, IncomingItem> = (id, signal) =>
  call('GET /messages/incoming/{messageId}', { params: { messageId: id }, signal });

export const getOutgoing: Fetch<string, OutgoingItem> = (id, signal) =>
  call('GET /messages/outgoing/{messageId}', { params: { messageId: id }, signal });

type Search = Omit<Sorted<MessageSearch>, 'in'>;

/** By phone number or words; both travel in the body, never in an address. The answer is of the log that was named. */
export const searchIncoming: Fetch<Search, Page<IncomingItem>> = async (search, signal) => {
  const page = await call('POST /messages/search', { body: { ...search, in: 'incoming' }, signal });
  return { ...page, items: page.items.flatMap((item) => ('receivedAt' in item ? [item] : [])) };
};

export const searchOutgoing: Fetch<Search, Page<OutgoingItem>> = async (search, signal) => {
  const page = await call('POST /messages/search', { body: { ...search, in: 'outgoing' }, signal });
  return { ...page, items: page.items.flatMap((item) => ('queuedAt' in item ? [item] : [])) };
};

/** How much waits for a decision. */
export const getWaiting = (signal?: AbortSignal): Promise<WaitingAnswer> => call('GET /waiting', { signal });

/** Accepts a message for sending. The same key with the same message is accepted once, however often it is sent. */
export function sendMessage(message: SendMessage, idempotencyKey: string): Promise<MessageAccepted> {
  return call('POST /messages', { body: message, headers: { 'idempotency-key': idempotencyKey } });
}

/** An operator's decision on a message whose outcome is not known. */
export const resolveOutgoing = (id: string, as: Resolution): Promise<OutgoingItem> =>
  call('POST /messages/outgoing/{messageId}/resolve', { params: { messageId: id }, body: { as } });

/** Changes the words or the time of a message that was not sent yet; `MESSAGE_ALREADY_LEFT` when it was. */
export const editOutgoing = (id: string, patch: OutgoingPatch): Promise<OutgoingItem> =>
  call('PATCH /messages/outgoing/{messageId}', { params: { messageId: id }, body: patch });

/** Cancels a message that was not sent yet; it stays in the log as canceled. */
export const cancelOutgoing = (id: string): Promise<OutgoingItem> =>
  call('DELETE /messages/outgoing/{messageId}', { params: { messageId: id } });
