import {
  ATTENTION_REASONS,
  HISTORY_SOURCES,
  INCOMING_STATUSES,
  KEYWORDS,
  OUTGOING_STATUSES,
  RESPONSE_REASONS,
} from './delivery.ts';
import type { HistoryItem, IncomingItem, OutgoingEdit, OutgoingItem } from './messages.ts';
import { storedFields, type StoredFields } from './stored.ts';

/**
 * Log documents as they are stored -> items as they cross the wire. One mapping for the API's stores and for the
 * console's listeners, so that a row looks the same however it came. Pure; needs neither Firestore nor a schema library.
 */

export { DocumentShapeError } from './stored.ts';

type Fields = Readonly<Record<string, unknown>>;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** `incomingMessages/{MessageSid}` -> item. Throws DocumentShapeError. */
export function incomingFromDocument(id: string, data: Fields): IncomingItem {
  const entry = storedFields(data);
  return {
    id,
    receivedAt: entry.instant('receivedAt').toISOString(),
    userId: entry.textOrNull('userId'),
    sender: entry.text('sender'),
    body: entry.text('body'),
    status: entry.oneOf('status', INCOMING_STATUSES),
    responded: entry.flag('responded'),
    responseReason: entry.oneOf('responseReason', RESPONSE_REASONS),
    responseId: entry.textOrNull('responseId'),
    keyword: entry.oneOfOrNull('keyword', KEYWORDS),
    segments: entry.number('segments'),
    media: entry.parts('media').map((each) => ({ contentType: each.text('contentType') })),
    // Older entries have none.
    irregularities: entry.has('irregularities') ? entry.texts('irregularities') : [],
  };
}

function historyItemFrom(line: StoredFields): HistoryItem {
  return {
    status: line.oneOf('status', OUTGOING_STATUSES),
    at: line.instant('at').toISOString(),
    source: line.oneOf('source', HISTORY_SOURCES),
    note: line.textOrNull('note'),
    errorCode: line.numberOrNull('errorCode'),
  };
}

function editFrom(edit: StoredFields): OutgoingEdit {
  return {
    at: edit.instant('at').toISOString(),
    operatorId: edit.text('operatorId'),
    operator: edit.text('operator'),
    body: edit.textOrNull('body'),
    dueAt: iso(edit.instantOrNull('dueAt')),
  };
}

/** `outgoingMessages/{id}` -> item; what older entries do not have reads as none. Throws DocumentShapeError. */
export function outgoingFromDocument(id: string, data: Fields): OutgoingItem {
  const entry = storedFields(data);
  const price = entry.partOrNull('price');
  const attention = entry.partOrNull('attention');
  return {
    id,
    queuedAt: entry.instant('queuedAt').toISOString(),
    sentAt: iso(entry.instantOrNull('sentAt')),
    userId: entry.textOrNull('userId'),
    recipient: entry.text('recipient'),
    body: entry.text('body'),
    operatorId: entry.textOrNull('operatorId'),
    operator: entry.text('operator'),
    status: entry.oneOf('status', OUTGOING_STATUSES),
    segments: entry.number('segments'),
    encoding: entry.oneOf('encoding', ['GSM-7', 'UCS-2']),
    providerId: entry.textOrNull('providerId'),
    errorCode: entry.numberOrNull('errorCode'),
    errorReason: entry.textOrNull('errorReason'),
    price: price && { amount: price.text('amount'), currency: price.text('currency') },
    dueAt: iso(entry.instantOrNull('dueAt')),
    timeZone: entry.textOrNull('timeZone'),
    resends: entry.numberOrNull('resends') ?? 0,
    attention: attention && {
      reason: attention.oneOf('reason', ATTENTION_REASONS),
      since: attention.instant('since').toISOString(),
    },
    history: entry.parts('history').map(historyItemFrom),
    edits: entry.has('edits') ? entry.parts('edits').map(editFrom) : [],
  };
}
