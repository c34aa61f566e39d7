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
  SendMessage,
} from '../../../functions/src/contract/messages.ts';
import { call } from './http.ts';

type Fetch<Q, T> = (query: Q, signal?: AbortSignal) => Promise<T>;

export const listIncoming: Fetch<Partial<IncomingQuery>, Page<IncomingItem>> = (query, signal) =>
  call('GET', '/messages/incoming', { query, signal });

export const listOutgoing: Fetch<Partial<OutgoingQuery>, Page<OutgoingItem>> = (query, signal) =>
  call('GET', '/messages/outgoing', { query, signal });

export const getIncoming: Fetch<string, IncomingItem> = (id, signal) =>
  call('GET', `/messages/incoming/${encodeURIComponent(id)}`, { signal });

export const getOutgoing: Fetch<string, OutgoingItem> = (id, signal) =>
  call('GET', `/messages/outgoing/${encodeURIComponent(id)}`, { signal });

type Search = Omit<Partial<MessageSearch>, 'in'>;

/** By phone number or words; both travel in the body, never in an address. */
export const searchIncoming: Fetch<Search, Page<IncomingItem>> = (search, signal) =>
  call('POST', '/messages/search', { body: { ...search, in: 'incoming' }, signal });

export const searchOutgoing: Fetch<Search, Page<OutgoingItem>> = (search, signal) =>
  call('POST', '/messages/search', { body: { ...search, in: 'outgoing' }, signal });

/** Accepts a text for sending. The same key with the same message is accepted once, however often it is sent. */
export function sendMessage(message: SendMessage, idempotencyKey: string): Promise<MessageAccepted> {
  return call('POST', '/messages', { body: message, headers: { 'idempotency-key': idempotencyKey } });
}

/** An operator's word for what became of a text whose outcome is not known. */
export const resolveOutgoing = (id: string, as: Resolution): Promise<OutgoingItem> =>
  call('POST', `/messages/outgoing/${encodeURIComponent(id)}/resolve`, { body: { as } });

/** Changes the words or the time of a text that has not left; `MESSAGE_ALREADY_LEFT` when it has. */
export const editOutgoing = (id: string, patch: OutgoingPatch): Promise<OutgoingItem> =>
  call('PATCH', `/messages/outgoing/${encodeURIComponent(id)}`, { body: patch });

/** Withdraws a text that has not left; it stays in the log as canceled. */
export const cancelOutgoing = (id: string): Promise<OutgoingItem> =>
  call('DELETE', `/messages/outgoing/${encodeURIComponent(id)}`);
