import type { ErrorCode } from '../contract/errors.ts';
import { SEGMENT_MICROS } from '../contract/limits.ts';
import type { SendLimits } from '../contract/send-limits.ts';

/** What operators' sends are held to (OUT-11). Pure: limits, what was sent so far and the time, to a refusal or none. */

const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export { SEGMENT_MICROS };

export interface SentSoFar {
  /** Times of the operators' texts to this person within the last hour, oldest first. */
  toPerson: readonly Date[];
  /** Times of this operator's texts within the last minute, oldest first. */
  byOperator: readonly Date[];
  /** Millionths of a dollar that were spent today. */
  spentMicros: number;
}

export type GuardCode = Extract<
  ErrorCode,
  'PERSON_RATE_LIMITED' | 'OPERATOR_RATE_LIMITED' | 'SPEND_LIMIT_REACHED'
>;

export interface GuardRefusal {
  code: GuardCode;
  /** When the same send would be let through, as far as this limit goes. */
  retryAfterSeconds: number;
  /** The limit that was reached: texts, or US dollars. */
  limit: number;
}

/** The first limit that one more text of `segments` would pass; null when none. */
export function guardSend(
  limits: SendLimits,
  sent: SentSoFar,
  segments: number,
  now: Date,
): GuardRefusal | null {
  const { personPerHour, operatorPerMinute, dailySpend } = limits;
  const person = rateRefusal(sent.toPerson, personPerHour, HOUR, now);
  if (person !== null) return { code: 'PERSON_RATE_LIMITED', ...person };
  const operator = rateRefusal(sent.byOperator, operatorPerMinute, MINUTE, now);
  if (operator !== null) return { code: 'OPERATOR_RATE_LIMITED', ...operator };
  if (dailySpend !== null && sent.spentMicros + segments * SEGMENT_MICROS > dailySpend * 1_000_000) {
    const rest = DAY - (now.getTime() % DAY);
    return { code: 'SPEND_LIMIT_REACHED', retryAfterSeconds: Math.ceil(rest / 1000), limit: dailySpend };
  }
  return null;
}

/** Those that the limit of an operator still counts. */
export function withinLastMinute(times: readonly Date[], now: Date): Date[] {
  return within(times, MINUTE, now);
}

/** Those that the limit a person still counts. */
export function withinLastHour(times: readonly Date[], now: Date): Date[] {
  return within(times, HOUR, now);
}

function within(times: readonly Date[], span: number, now: Date): Date[] {
  return times.filter((at) => now.getTime() - at.getTime() < span);
}

/** The UTC day, as counters are named by. */
export function dayOf(now: Date): string {
  return now.toISOString().slice(0, 10);
}

function rateRefusal(
  times: readonly Date[],
  limit: number | null,
  span: number,
  now: Date,
): { retryAfterSeconds: number; limit: number } | null {
  if (limit === null) return null;
  const inTheWay = within(times, span, now).at(-limit);
  if (inTheWay === undefined) return null;
  const wait = inTheWay.getTime() + span - now.getTime();
  return { retryAfterSeconds: Math.max(1, Math.ceil(wait / 1000)), limit };
}
