import type { SendLimits } from '../contract/send-limits.ts';
import type { Database } from '../platform/firestore.ts';
import type { Reader } from '../platform/reader.ts';
import { readConversation, type CountedTexts } from './conversations-store.ts';
import { readCounter, readSpend, type SendCounter } from './send-counters-store.ts';
import {
  guardSend,
  SEGMENT_MICROS,
  withinLastHour,
  withinLastMinute,
  type GuardRefusal,
} from './send-guards.ts';

/** What the commit that accepts the text writes, so that it is counted; null where no limit asks for it. */
export interface SendCounts {
  byOperator: SendCounter | null;
  toPerson: CountedTexts | null;
}

export type GuardCheck = { kind: 'passed'; counts: SendCounts } | { kind: 'refused'; refusal: GuardRefusal };

/**
 * Whether one more text of this operator's to this person stays within the limits (OUT-11). Three reads with all limits
 * set, none without any. The versions in its answer guard the commit: no text that is accepted meanwhile, by this operator
 * or to this person, is left uncounted.
 */
export async function checkSendGuards(
  db: Database,
  limits: SendLimits,
  text: { userId: string; operatorId: string; segments: number },
  now: Date,
  reader: Reader = db,
): Promise<GuardCheck> {
  const { personPerHour, operatorPerMinute, dailySpend } = limits;
  const countsAny = personPerHour !== null || operatorPerMinute !== null || dailySpend !== null;
  const [counter, conversation] = await Promise.all([
    countsAny ? readCounter(db, text.operatorId, now, reader) : null,
    personPerHour === null ? null : readConversation(db, text.userId, reader),
  ]);
  // After the counter, so that no text of this operator's falls between the two.
  const spentMicros = dailySpend === null ? 0 : await readSpend(db, now);
  const toPerson = withinLastHour(conversation?.operatorTexts ?? [], now);
  const byOperator = withinLastMinute(counter?.recent ?? [], now);
  const refusal = guardSend(limits, { toPerson, byOperator, spentMicros }, text.segments, now);
  if (refusal !== null) return { kind: 'refused', refusal };
  return {
    kind: 'passed',
    counts: {
      byOperator: counter && {
        ...counter,
        recent: operatorPerMinute === null ? [] : [...byOperator, now],
        spentMicros: counter.spentMicros + text.segments * SEGMENT_MICROS,
      },
      toPerson: conversation && { times: [...toPerson, now], version: conversation.version },
    },
  };
}
