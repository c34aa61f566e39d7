import { ATTENTION_REASONS } from '../contract/delivery.ts';
import type { Database } from '../platform/firestore.ts';
import { OUTGOING } from './outgoing-store.ts';

/** How many outgoing messages wait for an operator's decision: one read for each thousand, at least one. */
export async function countAttention(db: Database): Promise<number> {
  const waiting = db.collection(OUTGOING).where('attention.reason', 'in', [...ATTENTION_REASONS]);
  return (await waiting.count().get()).data().count;
}
