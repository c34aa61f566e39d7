import type { ErrorCode } from '../contract/errors.ts';
import { MAX_OPERATOR_PER_MINUTE, MAX_PERSON_PER_HOUR, SEGMENT_MICROS } from '../contract/limits.ts';
import type { SendLimits } from '../contract/send-limits.ts';

/** The sending limits (OUT-11). Pure: limits, what was sent so far and the time, to a refusal or none. */

const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export { SEGMENT_MICROS };

export interface SentSoFar {
  /** Times of the operators' messages to this person within the last hour, oldest first. */
  toPerson: readonly Date[];
  /** Times of this operator's messages within the last minute, oldest first. */
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
  /** When this limit would let the same message through. */
  retryAfterSeconds: number;
  /** The limit that was reached: messages, or US dollars. */
  limit: number;
}

/** The first limit that one more message of `segments` would pass; null when none. */
export function guardSend(
  limits: SendLimits,
  sent: SentSoFar,
  segments: number,
  now: Date,
): GuardRefusal | null {
  const { personPerHour, operatorPerMinute } = limits;
  const person = rateRefusal(sent.toPerson, personPerHour, HOUR, now);
  if (person !== null) return { code: 'PERSON_RATE_LIMITED', ...person };
  const operator = rateRefusal(sent.byOperator, operatorPerMinute, MINUTE, now);
  if (operator !== null) return { code: 'OPERATOR_RATE_LIMITED', ...operator };
  return guardSpend(limits, sent.spentMicros, segments, now);
}

/** Whether `segments` more stay within the day's spending; null when they do. */
export function guardSpend(
  { dailySpend }: Pick<SendLimits, 'dailySpend'>,
  spentMicros: number,
  segments: number,
  now: Date,
): GuardRefusal | null {
  if (dailySpend === null || spentMicros + segments * SEGMENT_MICROS <= Math.round(dailySpend * 1_000_000))
    return null;
  const rest = DAY - (now.getTime() % DAY);
  return { code: 'SPEND_LIMIT_REACHED', retryAfterSeconds: Math.ceil(rest / 1000), limit: dailySpend };
}

/** The times without one that is given back: once, should another message have the very same. */
export function withoutTime(times: readonly Date[], time: Date): Date[] {
  const index = times.findIndex((each) => each.getTime() === time.getTime());
  return times.filter((_, position) => position !== index);
}

/** Those that the limit of an operator still counts; as many as the highest limit can ask for. */
export function withinLastMinute(times: readonly Date[], now: Date): Date[] {
  return within(times, MINUTE, now).slice(-MAX_OPERATOR_PER_MINUTE);
}

/** Those that the limit of a person still counts; as many as the highest limit can ask for. */
export function withinLastHour(times: readonly Date[], now: Date): Date[] {
  return within(times, HOUR, now).slice(-MAX_PERSON_PER_HOUR);
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
