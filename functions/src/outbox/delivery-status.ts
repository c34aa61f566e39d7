import type { AttentionReason, HistorySource, OutgoingStatus } from '../contract/delivery.ts';
import { QUEUES } from '../jobs/queues.ts';

/**
 * States of an outgoing entry and their legal moves (OUT-6 to OUT-9), in one table. Everything that moves an entry asks
 * `apply` (move-delivery.ts), which asks this table; what is not in it does not happen, so a late or doubled report moves
 * nothing. The drawing in functions/docs/delivery-states.md is made from it.
 */

export type { HistorySource };

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

/** The delivery fields of an outgoing entry: all of it that changes once it has left (LOG-3). */
export interface Delivery {
  status: OutgoingStatus;
  /** How often a worker has claimed it. */
  attempts: number;
  /** Who is sending it, and until when; null when nobody is. */
  lease: Lease | null;
  /** When it must be looked at again if nothing has moved it; null when nothing is owed. What every sweep goes by. */
  checkAt: Date | null;
  /** When a scheduled or held entry leaves; null for one that left at once. */
  dueAt: Date | null;
  /** The zone that its time was given in. */
  timeZone: string | null;
  /** How often it was sent again because it had certainly not reached the carrier. */
  resends: number;
  /** Set while only an operator can decide its outcome. */
  attention: { reason: AttentionReason; since: Date } | null;
  /** When the carrier reported that it sent it. */
  sentAt: Date | null;
  providerId: string | null;
  errorCode: number | null;
  errorReason: string | null;
  price: Price | null;
  history: readonly HistoryEntry[];
}

/** What every entry begins with, beside its status and its history. */
export const AT_FIRST = {
  attempts: 0,
  lease: null,
  checkAt: null,
  dueAt: null,
  timeZone: null,
  resends: 0,
  attention: null,
  sentAt: null,
  providerId: null,
  errorCode: null,
  errorReason: null,
  price: null,
} as const satisfies Omit<Delivery, 'status' | 'history'>;

/** How long a worker has for one attempt. The gateway gives up after 10 s. */
export const LEASE_SECONDS = QUEUES.sendOutgoing.leaseSeconds;
/** Attempts that the carrier put off (429, 5xx) before the entry is given up; with the queue's backoff over two minutes. */
export const MAX_ATTEMPTS = 8;
/** A queued entry that no worker has claimed by now has lost its task. */
export const QUEUED_CHECK_SECONDS = 60;
/** The queue's longest wait between two attempts is shorter than this. */
export const RETRY_CHECK_SECONDS = 300;
/** When an outcome that got lost is first looked up at the carrier. */
export const FIRST_LOOK_SECONDS = 60;
/** How long the carrier may be silent about what it accepted before it is asked; its reports usually take seconds. */
export const SILENCE_SECONDS: Readonly<Partial<Record<OutgoingStatus, number>>> = {
  sending: 10 * 60,
  accepted: 15 * 60,
  sent: 60 * 60,
};

/** Who can move an entry: an operator, the worker with its sweep, the look-up at the carrier, the carrier's reports. */
export const MOVERS = ['operator', 'worker', 'reconciler', 'carrier'] as const;
export type Mover = (typeof MOVERS)[number];

type State = Readonly<Record<Mover, readonly OutgoingStatus[]>> & {
  /** Reports move an entry to a higher rank only. */
  readonly rank: number;
};

const SETTLED = ['delivered', 'read', 'undelivered', 'failed', 'canceled'] as const;
const NOBODY = { operator: [], worker: [], reconciler: [], carrier: [] } as const;

/**
 * A worker may go back to `queued` only from a state that nothing but its own answer ended, when the carrier said that
 * it did not take the text. `unconfirmed` goes on by a report, by a look-up, by an operator's word, or by the late answer
 * of the very run that was waited for. The one way from it back to `queued` by itself is the reconciler's, once, when the
 * carrier certainly never had the text.
 */
export const STATES: Readonly<Record<OutgoingStatus, State>> = {
  scheduled: { ...NOBODY, rank: 0, operator: ['scheduled', 'canceled'], worker: ['queued'] },
  held: { ...NOBODY, rank: 0, operator: ['held', 'scheduled', 'canceled'], worker: ['queued'] },
  queued: {
    ...NOBODY,
    rank: 1,
    worker: ['sending', 'failed'],
    carrier: ['accepted', 'sent', ...SETTLED],
  },
  sending: {
    ...NOBODY,
    rank: 2,
    worker: ['queued', 'unconfirmed', 'accepted', 'failed'],
    carrier: ['accepted', 'sent', ...SETTLED],
  },
  unconfirmed: {
    rank: 3,
    operator: ['queued', 'sent', 'failed'],
    worker: ['queued', 'accepted', 'failed'],
    reconciler: ['queued', 'accepted', 'sent', ...SETTLED],
    carrier: ['accepted', 'sent', ...SETTLED],
  },
  accepted: {
    ...NOBODY,
    rank: 4,
    operator: ['sent', 'failed'],
    reconciler: ['sent', ...SETTLED],
    carrier: ['sent', ...SETTLED],
  },
  sent: { ...NOBODY, rank: 5, reconciler: SETTLED, carrier: SETTLED },
  delivered: { ...NOBODY, rank: 6, reconciler: ['read'], carrier: ['read'] },
  read: { ...NOBODY, rank: 7 },
  undelivered: { ...NOBODY, rank: 6 },
  failed: { ...NOBODY, rank: 6 },
  canceled: { ...NOBODY, rank: 6 },
};

/** Whether the table lets `mover` take an entry from one state to another. */
export function isLegal(from: OutgoingStatus, to: OutgoingStatus, mover: Mover): boolean {
  return STATES[from][mover].includes(to);
}

/**
 * The lines of a history that moved the entry. The carrier's other lines leave the status as it was: something that could
 * not be read, or an error code that came later.
 */
export function movesOf<T extends Pick<HistoryEntry, 'status' | 'source'>>(history: readonly T[]): T[] {
  return history.filter((line, index) => !isRemark(line, history[index - 1]));
}

function isRemark(
  line: Pick<HistoryEntry, 'status' | 'source'>,
  before: Pick<HistoryEntry, 'status'> | undefined,
): boolean {
  return line.source === 'carrier' && line.status === before?.status;
}

/** Remarks beyond these are only logged, so that no history grows without end. */
export const MOST_REMARKS = 5;

/** Whether a worker holds the entry now. */
export function isLeased(delivery: Pick<Delivery, 'status' | 'lease'>, now: Date): boolean {
  return delivery.status === 'sending' && delivery.lease !== null && delivery.lease.until > now;
}

/** Whether an entry has not been sent yet, so that it can still be changed or canceled (OUT-8, OUT-9). */
export function isWaiting(status: OutgoingStatus): status is 'scheduled' | 'held' {
  return status === 'scheduled' || status === 'held';
}
