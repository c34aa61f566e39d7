import {
  ATTENTION_REASONS,
  HISTORY_SOURCES,
  INCOMING_STATUSES,
  KEYWORDS,
  OUTGOING_STATUSES,
  RESPONSE_REASONS,
} from './delivery.ts';
import type { HistoryItem, IncomingItem, OutgoingEdit, OutgoingItem } from './messages.ts';

/**
 * Log documents as they are stored -> items as they cross the wire. One mapping for the API's stores and for the
 * console's listeners, so that a row looks the same however it came. Pure; needs neither Firestore nor a schema library.
 */

/** What a Firestore timestamp of any SDK offers. */
interface Instant {
  toDate(): Date;
}

/** A stored document that does not have the shape it must have; names the field, never its value. */
export class DocumentShapeError extends Error {
  constructor(field: string) {
    super(`A stored document has no proper "${field}".`);
    this.name = 'DocumentShapeError';
  }
}

type Fields = Readonly<Record<string, unknown>>;

const isInstant = (value: unknown): value is Instant =>
  typeof value === 'object' && value !== null && 'toDate' in value && typeof value.toDate === 'function';

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function text(data: Fields, field: string): string {
  const value = data[field];
  if (typeof value !== 'string') throw new DocumentShapeError(field);
  return value;
}

function textOrNull(data: Fields, field: string): string | null {
  return data[field] === null || data[field] === undefined ? null : text(data, field);
}

function number(data: Fields, field: string): number {
  const value = data[field];
  if (typeof value !== 'number') throw new DocumentShapeError(field);
  return value;
}

function numberOrNull(data: Fields, field: string): number | null {
  return data[field] === null || data[field] === undefined ? null : number(data, field);
}

function flag(data: Fields, field: string): boolean {
  const value = data[field];
  if (typeof value !== 'boolean') throw new DocumentShapeError(field);
  return value;
}

function instant(data: Fields, field: string): string {
  const value = data[field];
  if (!isInstant(value)) throw new DocumentShapeError(field);
  return value.toDate().toISOString();
}

function instantOrNull(data: Fields, field: string): string | null {
  return data[field] === null || data[field] === undefined ? null : instant(data, field);
}

function oneOf<const T extends string>(data: Fields, field: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === data[field]);
  if (found === undefined) throw new DocumentShapeError(field);
  return found;
}

function texts(data: Fields, field: string): string[] {
  const value: unknown = data[field];
  if (!Array.isArray(value)) throw new DocumentShapeError(field);
  return value.map((each: unknown) => {
    if (typeof each !== 'string') throw new DocumentShapeError(field);
    return each;
  });
}

function list(data: Fields, field: string): Fields[] {
  const value: unknown = data[field];
  if (!Array.isArray(value)) throw new DocumentShapeError(field);
  return value.map((each: unknown) => {
    if (!isFields(each)) throw new DocumentShapeError(field);
    return each;
  });
}

/** `incomingMessages/{MessageSid}` -> item. Throws DocumentShapeError. */
export function incomingFromDocument(id: string, data: Fields): IncomingItem {
  return {
    id,
    receivedAt: instant(data, 'receivedAt'),
    userId: textOrNull(data, 'userId'),
    sender: text(data, 'sender'),
    body: text(data, 'body'),
    status: oneOf(data, 'status', INCOMING_STATUSES),
    responded: flag(data, 'responded'),
    responseReason: oneOf(data, 'responseReason', RESPONSE_REASONS),
    responseId: textOrNull(data, 'responseId'),
    keyword: textOrNull(data, 'keyword') === null ? null : oneOf(data, 'keyword', KEYWORDS),
    segments: number(data, 'segments'),
    media: list(data, 'media').map((each) => ({ contentType: text(each, 'contentType') })),
    // Older entries have none.
    irregularities: data['irregularities'] === undefined ? [] : texts(data, 'irregularities'),
  };
}

function historyFromDocument(data: Fields): HistoryItem {
  return {
    status: oneOf(data, 'status', OUTGOING_STATUSES),
    at: instant(data, 'at'),
    source: oneOf(data, 'source', HISTORY_SOURCES),
    note: textOrNull(data, 'note'),
    errorCode: numberOrNull(data, 'errorCode'),
  };
}

function editFromDocument(data: Fields): OutgoingEdit {
  return {
    at: instant(data, 'at'),
    operatorId: text(data, 'operatorId'),
    operator: text(data, 'operator'),
    body: textOrNull(data, 'body'),
    dueAt: instantOrNull(data, 'dueAt'),
  };
}

/** `outgoingMessages/{id}` -> item; what older entries do not have reads as none. Throws DocumentShapeError. */
export function outgoingFromDocument(id: string, data: Fields): OutgoingItem {
  const { price, attention } = data;
  return {
    id,
    queuedAt: instant(data, 'queuedAt'),
    sentAt: instantOrNull(data, 'sentAt'),
    userId: textOrNull(data, 'userId'),
    recipient: text(data, 'recipient'),
    body: text(data, 'body'),
    operatorId: textOrNull(data, 'operatorId'),
    operator: text(data, 'operator'),
    status: oneOf(data, 'status', OUTGOING_STATUSES),
    segments: number(data, 'segments'),
    encoding: oneOf(data, 'encoding', ['GSM-7', 'UCS-2']),
    providerId: textOrNull(data, 'providerId'),
    errorCode: numberOrNull(data, 'errorCode'),
    errorReason: textOrNull(data, 'errorReason'),
    price: isFields(price) ? { amount: text(price, 'amount'), currency: text(price, 'currency') } : null,
    dueAt: instantOrNull(data, 'dueAt'),
    timeZone: textOrNull(data, 'timeZone'),
    resends: numberOrNull(data, 'resends') ?? 0,
    attention: isFields(attention)
      ? { reason: oneOf(attention, 'reason', ATTENTION_REASONS), since: instant(attention, 'since') }
      : null,
    history: list(data, 'history').map(historyFromDocument),
    edits: data['edits'] === undefined ? [] : list(data, 'edits').map(editFromDocument),
  };
}
