import type { Transaction } from '@google-cloud/firestore';
import type { SendLimits } from '../contract/send-limits.ts';
import type { Database } from '../platform/firestore.ts';
import type { Reader } from '../platform/reader.ts';
import type { Writer } from '../platform/writer.ts';
import { recharge, type Charges } from './charges.ts';
import { readConversation, type CountedTexts } from '../conversations/conversations-store.ts';
import {
  addToCounter,
  readCounter,
  readSpend,
  writeCounter,
  type SendCounter,
} from './send-counters-store.ts';
import {
  guardSend,
  guardSpend,
  SEGMENT_MICROS,
  withinLastHour,
  withinLastMinute,
  type GuardRefusal,
  type SentSoFar,
} from './send-guards.ts';
import { readLimits } from './send-limits-store.ts';

/** What the commit that accepts the message writes, so that it is counted. */
export interface SendCounts {
  byOperator: SendCounter;
  /** What the message costs, in millionths of a dollar; already in `byOperator`. */
  micros: number;
  /** Whether a limit rests on the operator's counter, so that nobody may have counted in between. */
  isLimited: boolean;
  /** Null where the person has no conversation, and so cannot be texted. */
  toPerson: CountedTexts | null;
}

export type GuardCheck = { kind: 'passed'; counts: SendCounts } | { kind: 'refused'; refusal: GuardRefusal };

/** What the limits of this moment are held against, and what the commit writes should the message be accepted. */
export interface SendState {
  limits: SendLimits;
  sent: SentSoFar;
  counts: SendCounts;
}

/**
 * What the limits say and what was sent so far (OUT-11), for one more message of this operator to this person. Four reads,
 * one less without a spending limit; everything is counted at all times, so that a limit that is set now knows of the messages before. Where
 * a limit is set, the versions in its answer guard the commit: no message that is accepted meanwhile, by this operator or
 * to this person, stays uncounted. Inside a transaction, pass it as `transaction` too.
 */
export async function readSendState(
  db: Database,
  text: { userId: string; operatorId: string; segments: number },
  now: Date,
  reader: Reader,
  transaction?: Transaction,
): Promise<SendState> {
  const [{ limits }, counter, conversation] = await Promise.all([
    readLimits(db, reader),
    readCounter(db, text.operatorId, now, reader),
    readConversation(db, text.userId, reader),
  ]);
  // After the counter, so that no message of this operator's falls between the two.
  const spentMicros = limits.dailySpend === null ? 0 : await readSpend(db, now, transaction);
  const toPerson = withinLastHour(conversation?.operatorTexts ?? [], now);
  const byOperator = withinLastMinute(counter.recent, now);
  return {
    limits,
    sent: { toPerson, byOperator, spentMicros },
    counts: {
      byOperator: {
        ...counter,
        recent: [...byOperator, now],
        spentMicros: counter.spentMicros + text.segments * SEGMENT_MICROS,
      },
      micros: text.segments * SEGMENT_MICROS,
      isLimited: limits.operatorPerMinute !== null || limits.dailySpend !== null,
      toPerson: conversation && { times: [...toPerson, now], version: conversation.version },
    },
  };
}

/** Whether one more message of this operator to this person stays within the limits; reads as `readSendState` does. */
export async function checkSendGuards(...asked: Parameters<typeof readSendState>): Promise<GuardCheck> {
  const [, { segments }, now] = asked;
  const { limits, sent, counts } = await readSendState(...asked);
  const refusal = guardSend(limits, sent, segments, now);
  return refusal === null ? { kind: 'passed', counts } : { kind: 'refused', refusal };
}

/** Adds the message to its operator's counter, in the commit that accepts it. */
export function countSent(writer: Writer, db: Database, { byOperator, micros, isLimited }: SendCounts): void {
  if (isLimited) writeCounter(writer, db, byOperator);
  else addToCounter(writer, db, byOperator, micros);
}

/** What the commit that edits the message writes: its charges, and its author's counter where that changes. */
export type EditCheck =
  | { kind: 'passed'; charges: Charges; byAuthor: SendCounter | null }
  | { kind: 'refused'; refusal: GuardRefusal };

/**
 * Whether a message may take so many segments from now on. What it grows by is charged to its author today and held
 * against the day's spending; what it shrinks by is given back. No read where the charge stays, three at most.
 */
export async function checkEdit(
  db: Database,
  { item, charges }: { item: { operatorId: string | null }; charges: Charges },
  segments: number,
  now: Date,
  transaction: Transaction,
): Promise<EditCheck> {
  const next = recharge(charges, segments, now);
  if (next.change === 0 || item.operatorId === null) return { kind: 'passed', charges, byAuthor: null };
  const counter = await readCounter(db, item.operatorId, now, transaction);
  if (next.change > 0) {
    const { limits } = await readLimits(db, transaction);
    const spent = limits.dailySpend === null ? 0 : await readSpend(db, now, transaction);
    const refusal = guardSpend(limits, spent, next.change, now);
    if (refusal !== null) return { kind: 'refused', refusal };
  }
  const spentMicros = Math.max(0, counter.spentMicros + next.change * SEGMENT_MICROS);
  return { kind: 'passed', charges: next.charges, byAuthor: { ...counter, spentMicros } };
}
