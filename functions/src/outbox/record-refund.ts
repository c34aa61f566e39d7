import type { Transaction } from '@google-cloud/firestore';
import type { Database } from '../platform/firestore.ts';
import { gathering } from '../platform/reader.ts';
import { recharge } from '../limits/charges.ts';
import { readConversation, writeOperatorTexts } from '../conversations/conversations-store.ts';
import { writeCharges, type Outgoing } from './outgoing-store.ts';
import { readCounter, writeCounter } from '../limits/send-counters-store.ts';
import { SEGMENT_MICROS, withoutTime } from '../limits/send-guards.ts';

/**
 * Gives back what a message used up of the limits, in the transaction in which it ends without ever having been handed to
 * the carrier (OUT-11): its place in the person's hour and in its author's minute, and what it was charged today. Nothing
 * for one that a worker has claimed once: the carrier may have it. Two reads, before any write of the transaction.
 */
export async function recordRefund(
  transaction: Transaction,
  db: Database,
  { id, item, delivery, charges }: Outgoing,
  now: Date,
): Promise<void> {
  const { operatorId, userId } = item;
  if (operatorId === null || delivery.attempts > 0) return;
  const reader = gathering(transaction);
  const [counter, conversation] = await Promise.all([
    readCounter(db, operatorId, now, reader),
    readConversation(db, userId, reader),
  ]);
  const acceptedAt = new Date(item.queuedAt);
  const refund = recharge(charges, 0, now);
  writeCharges(transaction, db, id, refund.charges);
  if (counter.version !== null)
    writeCounter(transaction, db, {
      ...counter,
      recent: withoutTime(counter.recent, acceptedAt),
      spentMicros: Math.max(0, counter.spentMicros + refund.change * SEGMENT_MICROS),
    });
  if (conversation !== null)
    writeOperatorTexts(transaction, db, userId, withoutTime(conversation.operatorTexts, acceptedAt));
}
