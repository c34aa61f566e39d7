import type { OutgoingStatus, Resolution } from '../contract/delivery.ts';
import type { CarrierWord, DeliveryEvent, Move } from './delivery-events.ts';
import {
  FIRST_LOOK_SECONDS,
  isLeased,
  isLegal,
  isWaiting,
  LEASE_SECONDS,
  MAX_ATTEMPTS,
  QUEUED_CHECK_SECONDS,
  RETRY_CHECK_SECONDS,
  SILENCE_SECONDS,
  type Delivery,
  type Mover,
} from './delivery-status.ts';
import { learn, remark } from './late-report.ts';

/** The entry after `event`, or null when the event moves nothing. */
export function apply(delivery: Delivery, event: DeliveryEvent, now: Date): Move | null {
  switch (event.type) {
    case 'released':
      return release(delivery, now);
    case 'edited':
      return edit(delivery, event, now);
    case 'withdrawn':
      return move(delivery, 'canceled', 'operator', AT_REST, now, { note: event.note });
    case 'claimed':
      return claim(delivery, event.holder, now);
    case 'blocked':
      return settle(delivery, 'worker', { errorCode: null, reason: event.reason }, now);
    case 'taken':
      return event.attempt === delivery.attempts ? take(delivery, event.providerId, now) : null;
    case 'refused':
      return event.attempt === delivery.attempts ? settle(delivery, 'worker', event, now) : null;
    case 'postponed':
      return event.attempt === delivery.attempts ? postpone(delivery, event, now) : null;
    case 'lost':
      return event.attempt === delivery.attempts && delivery.status === 'sending'
        ? lose(delivery, event.reason, FIRST_LOOK_SECONDS, now)
        : null;
    case 'lease_expired':
      return expire(delivery, now);
    case 'reported':
      return hear(delivery, 'carrier', event, now);
    case 'remarked':
      return remark(delivery, event, now);
    case 'found':
      return hear(delivery, 'reconciler', event, now);
    case 'looked':
      return { next: { ...delivery, checkAt: event.next }, historyItem: null };
    case 'sent_again':
      return sendAgain(delivery, 'reconciler', event.note, now);
    case 'never_taken':
      return settle(delivery, 'reconciler', { errorCode: null, reason: event.reason }, now);
    case 'unclear':
      if (delivery.attention !== null) return null;
      return {
        next: { ...delivery, attention: { reason: event.reason, since: now }, checkAt: null },
        historyItem: null,
      };
    case 'resolved':
      return resolve(delivery, event, now);
    default:
      return event satisfies never;
  }
}

const AT_REST = { lease: null, checkAt: null, attention: null } as const;

type Change = Partial<Omit<Delivery, 'status' | 'history'>>;
type Line = { note?: string | null; errorCode?: number | null };

function move(
  delivery: Delivery,
  status: OutgoingStatus,
  source: Mover,
  change: Change,
  now: Date,
  line: Line = {},
): Move | null {
  if (!isLegal(delivery.status, status, source)) return null;
  const historyItem = { status, at: now, source, note: line.note ?? null, errorCode: line.errorCode ?? null };
  return {
    next: { ...delivery, ...change, status, history: [...delivery.history, historyItem] },
    historyItem,
  };
}

function release(delivery: Delivery, now: Date): Move | null {
  if (!isWaiting(delivery.status) || delivery.dueAt === null || delivery.dueAt > now) return null;
  const note = delivery.status === 'held' ? 'The time to undo it was over.' : 'Its time came.';
  return move(delivery, 'queued', 'worker', { checkAt: after(now, QUEUED_CHECK_SECONDS) }, now, { note });
}

function edit(delivery: Delivery, event: Extract<DeliveryEvent, { type: 'edited' }>, now: Date): Move | null {
  const { note, dueAt, timeZone } = event;
  const [status, change]: [OutgoingStatus, Change] =
    dueAt === null ? [delivery.status, {}] : ['scheduled', { dueAt, timeZone, checkAt: dueAt }];
  return move(delivery, status, 'operator', change, now, { note });
}

function claim(delivery: Delivery, holder: string, now: Date): Move | null {
  const attempt = delivery.attempts + 1;
  const until = after(now, LEASE_SECONDS);
  const note = `Attempt ${String(attempt)}.`;
  const change = { attempts: attempt, lease: { until, attempt, holder }, checkAt: until };
  return move(delivery, 'sending', 'worker', change, now, { note });
}

function take(delivery: Delivery, providerId: string, now: Date): Move | null {
  const change = { ...AT_REST, providerId, checkAt: nextLook('accepted', now) };
  return move(delivery, 'accepted', 'worker', change, now);
}

function settle(
  delivery: Delivery,
  source: Mover,
  failure: { errorCode: number | null; reason: string },
  now: Date,
): Move | null {
  const { errorCode, reason } = failure;
  const change = { errorCode, errorReason: reason, ...AT_REST };
  return move(delivery, 'failed', source, change, now, { note: reason, errorCode });
}

function postpone(
  delivery: Delivery,
  event: { errorCode: number | null; reason: string },
  now: Date,
): Move | null {
  if (delivery.attempts >= MAX_ATTEMPTS) {
    const reason = `Given up after ${String(delivery.attempts)} attempts. ${event.reason}`;
    return settle(delivery, 'worker', { errorCode: event.errorCode, reason }, now);
  }
  const change = { ...AT_REST, checkAt: after(now, RETRY_CHECK_SECONDS) };
  return move(delivery, 'queued', 'worker', change, now, { note: event.reason, errorCode: event.errorCode });
}

function expire(delivery: Delivery, now: Date): Move | null {
  if (isLeased(delivery, now)) return null;
  if (delivery.lease !== null)
    return lose(delivery, 'The attempt ended without an outcome. Parley asks the carrier about it.', 0, now);
  if (delivery.checkAt === null || delivery.checkAt > now) return null;
  return lose(delivery, 'The carrier never reported on it. Parley asks the carrier about it.', 0, now);
}

function lose(delivery: Delivery, note: string, lookIn: number, now: Date): Move | null {
  const change = { ...AT_REST, checkAt: after(now, lookIn) };
  return move(delivery, 'unconfirmed', 'worker', change, now, { note });
}

function sendAgain(delivery: Delivery, source: Mover, note: string, now: Date): Move | null {
  const change = {
    ...AT_REST,
    resends: delivery.resends + 1,
    checkAt: after(now, QUEUED_CHECK_SECONDS),
  };
  return move(delivery, 'queued', source, change, now, { note });
}

function resolve(delivery: Delivery, { as, note }: { as: Resolution; note: string }, now: Date): Move | null {
  if (!isOpen(delivery)) return null;
  if (as === 'resend') return sendAgain(delivery, 'operator', note, now);
  if (as === 'failed') return settle(delivery, 'operator', { errorCode: null, reason: note }, now);
  return move(delivery, 'sent', 'operator', AT_REST, now, { note });
}

/** Nobody looks for it any more: shown to an operator, or left so by a version that looked nothing up. */
function isOpen({ attention, status, checkAt }: Delivery): boolean {
  return attention !== null || (status === 'unconfirmed' && checkAt === null);
}

function hear(
  delivery: Delivery,
  source: 'carrier' | 'reconciler',
  word: CarrierWord,
  now: Date,
): Move | null {
  // The first message of the carrier's that is known to carry this text is the one that is followed.
  if (delivery.providerId !== null && delivery.providerId !== word.providerId) return null;
  const failed = word.status === 'undelivered' || word.status === 'failed' || word.status === 'canceled';
  const change: Change = {
    ...AT_REST,
    checkAt: nextLook(word.status, now),
    providerId: word.providerId,
    price: delivery.price ?? word.price,
    ...(word.status === 'sent' || word.status === 'delivered' || word.status === 'read'
      ? { sentAt: delivery.sentAt ?? now }
      : {}),
    ...(failed ? { errorCode: word.errorCode, errorReason: word.reason } : {}),
  };
  const found = source === 'reconciler' ? 'Found at the carrier.' : null;
  const line = failed ? { note: word.reason, errorCode: word.errorCode } : { note: found };
  const moved = move(delivery, word.status, source, change, now, line);
  if (moved !== null) return moved;
  return learn(delivery, word, now);
}

/** When the carrier is asked about an entry in this state that it says no more of; null when nothing is owed. */
function nextLook(status: OutgoingStatus, now: Date): Date | null {
  const seconds = SILENCE_SECONDS[status];
  return seconds === undefined ? null : after(now, seconds);
}

function after(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}
