import type { CarrierStatus } from '../carrier/codes.ts';
import type { OutgoingStatus } from '../contract/delivery.ts';
import { movesOf, type Delivery } from './delivery-status.ts';
import type { CarrierWord, DeliveryEvent } from './delivery-events.ts';

/**
 * What follows from asking the carrier about a message of unknown outcome, or one without any further report (OUT-6). Pure:
 * the delivery, the carrier's answer and the time, to the event that moves the entry.
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** After this long the carrier would list the message if it had taken it. */
export const WINDOW_MILLISECONDS = 15 * MINUTE;
/** When the carrier cannot be asked for this long, an operator decides. */
export const GIVE_UP_MILLISECONDS = HOUR;
/** The carrier's clock and ours may differ by this much. */
export const SKEW_MILLISECONDS = 10 * MINUTE;
/** A carrier that reports nothing for this long will not: some never report more than that they sent it. */
export const SILENT_MILLISECONDS = 24 * HOUR;

/** A message at the carrier that no other entry accounts for. */
export interface Candidate extends Omit<CarrierWord, 'status'> {
  status: CarrierStatus;
  body: string;
}

/** The carrier's list. `rivals`: other entries of unknown outcome for the same person with the same words. */
export type Looked =
  | { kind: 'unavailable' }
  | { kind: 'listed'; complete: boolean; candidates: readonly Candidate[]; rivals: number };

/** The times between which the carrier must have taken the message, if it did. */
export function attemptTimes(delivery: Pick<Delivery, 'history'>): { first: Date; last: Date } | null {
  const attempts = movesOf(delivery.history).filter(({ status }) => status === 'sending');
  const [first, last] = [attempts[0], attempts.at(-1)];
  return first === undefined || last === undefined ? null : { first: first.at, last: last.at };
}

/**
 * Whether a message of this moment was certainly sent to the number that its person has now. Who changed the number and
 * who sent went by two clocks: near that moment it may have been sent to either.
 */
export function leftForPresentNumber(numberSince: Date | undefined, attemptAt: Date): boolean {
  return numberSince === undefined || attemptAt.getTime() >= numberSince.getTime() + SKEW_MILLISECONDS;
}

/** For an `unconfirmed` entry. `automatic`: a reply that left with the webhook's answer, which is never sent again. */
export function decideLookup(
  delivery: Delivery,
  { body, automatic }: { body: string; automatic: boolean },
  looked: Looked,
  now: Date,
): DeliveryEvent {
  const last = attemptTimes(delivery)?.last ?? now;
  const age = now.getTime() - last.getTime();
  if (looked.kind === 'unavailable') {
    return age < GIVE_UP_MILLISECONDS
      ? lookAgain(age, last, now)
      : { type: 'unclear', reason: 'not_answered' };
  }
  const matches = looked.candidates.filter((candidate) => candidate.body === body);
  const [match] = matches;
  if (match !== undefined && matches.length === 1 && looked.rivals === 0) {
    const { body: _body, ...word } = match;
    return { type: 'found', ...word };
  }
  if (age < WINDOW_MILLISECONDS) return lookAgain(age, last, now);
  if (!looked.complete) return { type: 'unclear', reason: 'not_answered' };
  // Something was sent to this phone that no entry accounts for: it may be this message, changed on its way.
  if (looked.candidates.length > 0) return { type: 'unclear', reason: 'several_matches' };
  if (automatic) {
    return { type: 'never_taken', reason: 'This reply never reached the carrier.' };
  }
  if (delivery.resends > 0) return { type: 'unclear', reason: 'lost_twice' };
  return { type: 'sent_again', note: 'It never reached the carrier, so it is sent again, once.' };
}

/** For an entry that the carrier took and has not reported on since. */
export function decideSilence(
  delivery: Delivery,
  asked: { kind: 'found'; word: CarrierWord } | { kind: 'absent' | 'unavailable' },
  now: Date,
): DeliveryEvent {
  const since = movesOf(delivery.history).at(-1)?.at ?? now;
  const age = now.getTime() - since.getTime();
  if (asked.kind === 'found' && asked.word.status !== delivery.status)
    return { type: 'found', ...asked.word };
  if (asked.kind !== 'absent' && age < SILENT_MILLISECONDS) {
    return { type: 'looked', next: new Date(now.getTime() + Math.max(10 * MINUTE, Math.min(age, 6 * HOUR))) };
  }
  return hasEnded(delivery.status)
    ? { type: 'looked', next: null }
    : { type: 'unclear', reason: 'no_report' };
}

/** Whether `sent` can be the last report that ever comes. */
function hasEnded(status: OutgoingStatus): boolean {
  return status === 'sent';
}

/** Ever less often, with one look just after the window is over. */
function lookAgain(age: number, last: Date, now: Date): DeliveryEvent {
  const next = now.getTime() + Math.min(Math.max(MINUTE, age), 5 * MINUTE);
  const end = last.getTime() + WINDOW_MILLISECONDS;
  return { type: 'looked', next: new Date(now.getTime() < end && next > end ? end : next) };
}
