import type { OutgoingStatus } from '../contract/delivery.ts';

/**
 * States of an outgoing entry and their legal moves (OUT-6, OUT-7), in one table. Everything that moves an entry asks
 * `apply`; what is not in the table does not happen, so a late or doubled report moves nothing.
 */

export type HistorySource = 'operator' | 'auto_reply' | 'worker' | 'carrier';

/** One line of an entry's history, which only grows. */
export interface HistoryEntry {
  status: OutgoingStatus;
  at: Date;
  source: HistorySource;
  note: string | null;
  errorCode: number | null;
}

export interface Price {
  amount: string;
  currency: string;
}

/** `holder` is one run of the worker, so that it knows its own claim again when the answer to the commit was lost. */
export interface Lease {
  until: Date;
  attempt: number;
  holder: string;
}

/** The delivery fields of an outgoing entry: all of it that ever changes (LOG-3). */
export interface Delivery {
  status: OutgoingStatus;
  /** How often a worker has taken it up. */
  attempts: number;
  /** Who has it in hand, and until when; null when nobody has. */
  lease: Lease | null;
  /** When it must be looked at again if nothing has moved it; null when nothing is owed. What the sweep goes by. */
  checkAt: Date | null;
  /** When the provider said that it sent it. */
  sentAt: Date | null;
  providerId: string | null;
  errorCode: number | null;
  errorReason: string | null;
  price: Price | null;
  history: readonly HistoryEntry[];
}

/** The states that a carrier can tell of; the others are Parley's own. */
type CarrierStatus = Exclude<OutgoingStatus, 'queued' | 'sending' | 'unconfirmed'>;

/** `attempt` names the run whose outcome it is: an outcome of another run than the last one decides nothing. */
export type DeliveryEvent =
  | { type: 'claimed'; holder: string }
  | { type: 'blocked'; reason: string }
  | { type: 'taken'; attempt: number; providerId: string }
  | { type: 'refused'; attempt: number; errorCode: number | null; reason: string }
  | { type: 'postponed'; attempt: number; errorCode: number | null; reason: string }
  | { type: 'lost'; attempt: number; reason: string }
  | { type: 'lease_expired' }
  | {
      type: 'reported';
      status: CarrierStatus;
      providerId: string;
      errorCode: number | null;
      reason: string | null;
      price: Price | null;
    };

export interface Move {
  next: Delivery;
  /** Null when the status stays and only a price or an id became known. */
  historyItem: HistoryEntry | null;
}

/** How long a worker has for one attempt. The gateway gives up after 10 s. */
export const LEASE_SECONDS = 60;
/** Attempts that the carrier put off (429, 5xx) before the entry is given up; with the queue's backoff over two minutes. */
export const MAX_ATTEMPTS = 8;
/** A queued entry that no worker has taken up by now has lost its task. */
export const QUEUED_CHECK_SECONDS = 60;
/** The queue's longest wait between two attempts is shorter than this. */
export const RETRY_CHECK_SECONDS = 300;

type Mover = 'worker' | 'carrier';
interface State {
  /** Reports move an entry to a higher rank only. */
  rank: number;
  worker: readonly OutgoingStatus[];
  carrier: readonly OutgoingStatus[];
}

const SETTLED = ['delivered', 'read', 'undelivered', 'failed', 'canceled'] as const;

/**
 * A worker may go back to `queued` only from a state that nothing but its own answer ended, when the carrier said that
 * it did not take the text. `unconfirmed` goes on by the carrier's report, or by the late answer of the very run that
 * was waited for; it is never sent again.
 */
export const STATES: Readonly<Record<OutgoingStatus, State>> = {
  queued: { rank: 0, worker: ['sending', 'failed'], carrier: ['accepted', 'sent', ...SETTLED] },
  sending: {
    rank: 1,
    worker: ['queued', 'unconfirmed', 'accepted', 'failed'],
    carrier: ['accepted', 'sent', ...SETTLED],
  },
  unconfirmed: {
    rank: 2,
    worker: ['queued', 'accepted', 'failed'],
    carrier: ['accepted', 'sent', ...SETTLED],
  },
  accepted: { rank: 3, worker: [], carrier: ['sent', ...SETTLED] },
  sent: { rank: 4, worker: [], carrier: SETTLED },
  delivered: { rank: 5, worker: [], carrier: ['read'] },
  read: { rank: 6, worker: [], carrier: [] },
  undelivered: { rank: 5, worker: [], carrier: [] },
  failed: { rank: 5, worker: [], carrier: [] },
  canceled: { rank: 5, worker: [], carrier: [] },
};

/** Whether the table lets `mover` take an entry from one state to another. */
export function isLegal(from: OutgoingStatus, to: OutgoingStatus, mover: Mover): boolean {
  return STATES[from][mover].includes(to);
}

/** Whether a worker holds the entry now. */
export function isLeased(delivery: Pick<Delivery, 'status' | 'lease'>, now: Date): boolean {
  return delivery.status === 'sending' && delivery.lease !== null && delivery.lease.until > now;
}

/** The entry after `event`, or null when the event moves nothing. */
export function apply(delivery: Delivery, event: DeliveryEvent, now: Date): Move | null {
  switch (event.type) {
    case 'claimed':
      return claim(delivery, event.holder, now);
    case 'blocked':
      return settle(delivery, 'failed', { errorCode: null, reason: event.reason }, now);
    case 'taken':
      if (event.attempt !== delivery.attempts) return null;
      return move(delivery, 'accepted', 'worker', { providerId: event.providerId, ...AT_REST }, now);
    case 'refused':
      return event.attempt === delivery.attempts ? settle(delivery, 'failed', event, now) : null;
    case 'postponed':
      return event.attempt === delivery.attempts ? postpone(delivery, event, now) : null;
    case 'lost':
      return event.attempt === delivery.attempts && delivery.status === 'sending'
        ? lose(delivery, event.reason, now)
        : null;
    case 'lease_expired':
      if (delivery.lease === null || isLeased(delivery, now)) return null;
      return lose(delivery, 'The attempt ended without an outcome. It is not sent again by itself.', now);
    case 'reported':
      return report(delivery, event, now);
    default:
      return event satisfies never;
  }
}

const AT_REST = { lease: null, checkAt: null } as const;

type Change = Partial<Omit<Delivery, 'status' | 'history'>>;

function move(
  delivery: Delivery,
  status: OutgoingStatus,
  source: Mover,
  change: Change,
  now: Date,
  told: { note?: string | null; errorCode?: number | null } = {},
): Move | null {
  if (!isLegal(delivery.status, status, source)) return null;
  const historyItem = { status, at: now, source, note: told.note ?? null, errorCode: told.errorCode ?? null };
  return {
    next: { ...delivery, ...change, status, history: [...delivery.history, historyItem] },
    historyItem,
  };
}

function claim(delivery: Delivery, holder: string, now: Date): Move | null {
  const attempt = delivery.attempts + 1;
  const until = after(now, LEASE_SECONDS);
  const note = `Attempt ${String(attempt)}.`;
  return move(
    delivery,
    'sending',
    'worker',
    { attempts: attempt, lease: { until, attempt, holder }, checkAt: until },
    now,
    { note },
  );
}

function settle(
  delivery: Delivery,
  status: 'failed',
  failure: { errorCode: number | null; reason: string },
  now: Date,
): Move | null {
  const { errorCode, reason } = failure;
  return move(delivery, status, 'worker', { errorCode, errorReason: reason, ...AT_REST }, now, {
    note: reason,
    errorCode,
  });
}

function postpone(
  delivery: Delivery,
  event: { errorCode: number | null; reason: string },
  now: Date,
): Move | null {
  if (delivery.attempts >= MAX_ATTEMPTS) {
    const reason = `Given up after ${String(delivery.attempts)} attempts. ${event.reason}`;
    return settle(delivery, 'failed', { errorCode: event.errorCode, reason }, now);
  }
  const change = { lease: null, checkAt: after(now, RETRY_CHECK_SECONDS) };
  return move(delivery, 'queued', 'worker', change, now, { note: event.reason, errorCode: event.errorCode });
}

function lose(delivery: Delivery, note: string, now: Date): Move | null {
  return move(delivery, 'unconfirmed', 'worker', AT_REST, now, { note });
}

type Report = Extract<DeliveryEvent, { type: 'reported' }>;

function report(delivery: Delivery, event: Report, now: Date): Move | null {
  // The first message of the carrier's that is known to carry this text is the one that is followed.
  if (delivery.providerId !== null && delivery.providerId !== event.providerId) return null;
  const failed = event.status === 'undelivered' || event.status === 'failed' || event.status === 'canceled';
  const change: Change = {
    ...AT_REST,
    providerId: event.providerId,
    price: delivery.price ?? event.price,
    ...(event.status === 'sent' || event.status === 'delivered' || event.status === 'read'
      ? { sentAt: delivery.sentAt ?? now }
      : {}),
    ...(failed ? { errorCode: event.errorCode, errorReason: event.reason } : {}),
  };
  const told = failed ? { note: event.reason, errorCode: event.errorCode } : {};
  const moved = move(delivery, event.status, 'carrier', change, now, told);
  if (moved !== null) return moved;
  const priceIsNews = delivery.price === null && event.price !== null;
  return priceIsNews ? { next: { ...delivery, price: event.price }, historyItem: null } : null;
}

function after(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}
