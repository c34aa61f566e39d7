import type { Transaction } from '@google-cloud/firestore';
import type { Database } from '../platform/firestore.ts';
import { gathering } from '../platform/reader.ts';
import { recharge } from '../limits/charges.ts';
import { readConversation, writeOperatorTexts } from '../conversations/conversations-store.ts';
import { writeCharges, type Outgoing } from './outgoing-store.ts';
import { addToCounter, readCounter, spendCounter, writeCounter } from '../limits/send-counters-store.ts';
import { SEGMENT_MICROS, withoutTime } from '../limits/send-guards.ts';

/**
 * Gives back what a message used up of the limits, in the transaction in which it ends without ever having been handed to
 * the carrier (OUT-11): what it was charged today, and of an operator's message its place in the person's hour and in its
 * author's minute. Nothing for one that a worker has claimed once: the carrier may have it. Two reads for an operator's
 * message, else none, before any write of the transaction.
 */
export async function recordRefund(
  transaction: Transaction,
  db: Database,
  { id, item, origin, delivery, charges }: Outgoing,
  now: Date,
): Promise<void> {
  if (delivery.attempts > 0 || origin.kind === 'auto_reply') return;
  const refund = recharge(charges, 0, now);
  const micros = refund.change * SEGMENT_MICROS;
  if (origin.kind !== 'operator') {
    writeCharges(transaction, db, id, refund.charges);
    if (micros !== 0) addToCounter(transaction, db, spendCounter(origin, now), micros);
    return;
  }
  const { userId } = item;
  const reader = gathering(transaction);
  const [counter, conversation] = await Promise.all([
    readCounter(db, origin.id, now, reader),
    userId === null ? null : readConversation(db, userId, reader),
  ]);
  const acceptedAt = new Date(item.queuedAt);
  writeCharges(transaction, db, id, refund.charges);
  if (counter.version !== null)
    writeCounter(transaction, db, {
      ...counter,
      recent: withoutTime(counter.recent, acceptedAt),
      spentMicros: Math.max(0, counter.spentMicros + refund.change * SEGMENT_MICROS),
    });
  if (userId !== null && conversation !== null)
    writeOperatorTexts(transaction, db, userId, withoutTime(conversation.operatorTexts, acceptedAt));
}
