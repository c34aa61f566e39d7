import type { SendLimits } from '../contract/send-limits.ts';
import type { Database } from '../platform/firestore.ts';
import { readCounter, readSpend, readTextsToPerson, type SendCounter } from './send-counters-store.ts';
import { guardSend, SEGMENT_MICROS, withinLastMinute, type GuardRefusal } from './send-guards.ts';

export type GuardCheck =
  /** `counter`: to be written in the commit that accepts the text; null where nothing is counted. */
  { kind: 'passed'; counter: SendCounter | null } | { kind: 'refused'; refusal: GuardRefusal };

/**
 * Whether one more text of this operator's to this person stays within the limits (OUT-11). Three reads with all limits
 * set, none without any.
 */
export async function checkSendGuards(
  db: Database,
  limits: SendLimits,
  text: { userId: string; operatorId: string; segments: number },
  now: Date,
): Promise<GuardCheck> {
  const { personPerHour, operatorPerMinute, dailySpend } = limits;
  const counts = personPerHour !== null || operatorPerMinute !== null || dailySpend !== null;
  // Before the others: its version guards the commit, so that nothing this operator sends after it is left uncounted.
  const counter = counts ? await readCounter(db, text.operatorId, now) : null;
  const [toPerson, spentMicros] = await Promise.all([
    personPerHour === null ? [] : readTextsToPerson(db, text.userId, personPerHour, now),
    dailySpend === null ? 0 : readSpend(db, now),
  ]);
  const byOperator = counter?.recent ?? [];
  const refusal = guardSend(limits, { toPerson, byOperator, spentMicros }, text.segments, now);
  if (refusal !== null) return { kind: 'refused', refusal };
  if (counter === null) return { kind: 'passed', counter };
  const recent = operatorPerMinute === null ? [] : [...withinLastMinute(counter.recent, now), now];
  const spent = counter.spentMicros + text.segments * SEGMENT_MICROS;
  return { kind: 'passed', counter: { ...counter, recent, spentMicros: spent } };
}
