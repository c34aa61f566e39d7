import type { Query } from '@google-cloud/firestore';
import { ATTENTION_REASONS } from '../contract/delivery.ts';
import type { Database } from '../platform/firestore.ts';
import { OUTGOING } from '../outbox/outgoing-store.ts';

/** Outgoing messages that wait for an operator's decision. */
export function attentionQuery(db: Database): Query {
  return db.collection(OUTGOING).where('attention.reason', 'in', [...ATTENTION_REASONS]);
}

/** How many there are: one read for each thousand, at least one. */
export async function countOf(waiting: Query): Promise<number> {
  return (await waiting.count().get()).data().count;
}
