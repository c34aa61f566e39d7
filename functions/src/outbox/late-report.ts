import type { OutgoingStatus } from '../contract/delivery.ts';
import type { CarrierWord, Move } from './delivery-events.ts';
import { MOST_REMARKS, movesOf, type Delivery, type HistoryEntry } from './delivery-status.ts';

/** What a later report adds to a status that stands (OUT-4): a price, and why it failed where nobody gave a code before. */
export function learn(delivery: Delivery, word: CarrierWord, now: Date): Move | null {
  const priced = delivery.price === null && word.price !== null ? { price: word.price } : {};
  if (word.errorCode === null || !isUnexplained(delivery) || !isFailure(word.status))
    return 'price' in priced ? { next: { ...delivery, ...priced }, historyItem: null } : null;
  const { errorCode, reason } = word;
  const historyItem: HistoryEntry = {
    status: delivery.status,
    at: now,
    source: 'carrier',
    note: reason,
    errorCode,
  };
  const next = { ...delivery, ...priced, errorCode, errorReason: reason };
  return { next: { ...next, history: [...delivery.history, historyItem] }, historyItem };
}

function isFailure(status: OutgoingStatus): boolean {
  return status === 'undelivered' || status === 'failed';
}

/** It failed at the carrier, which gave no code. What an operator decided stands as it is. */
function isUnexplained({ status, errorCode, history }: Delivery): boolean {
  const source = movesOf(history).at(-1)?.source;
  return isFailure(status) && errorCode === null && (source === 'carrier' || source === 'reconciler');
}

/** A line that leaves the status as it was; the same one only once. */
export function remark(
  delivery: Delivery,
  { note, errorCode }: { note: string; errorCode: number | null },
  now: Date,
): Move | null {
  const { history, status } = delivery;
  const remarks = history.length - movesOf(history).length;
  if (remarks >= MOST_REMARKS || history.some((line) => line.source === 'carrier' && line.note === note))
    return null;
  const historyItem: HistoryEntry = { status, at: now, source: 'carrier', note, errorCode };
  return { next: { ...delivery, history: [...history, historyItem] }, historyItem };
}
