import type { Transaction } from '@google-cloud/firestore';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import { auditEntryRef } from './entries-store.ts';

/**
 * Runs a transaction that leaves one audit entry, and knows its own commit again. When only the answer to a commit is
 * lost, Firestore's client runs `work` once more, which would find what it did itself, take it for another's, and tell
 * the operator so, or do it twice. `work` gets the ids for its audit entry; `done` is what it answers when it has written.
 * Costs a read more in every pass after the first.
 */
export async function appendingOnce<T>(
  { db, ids }: { db: Database; ids: Ids },
  done: T,
  work: (transaction: Transaction, store: { db: Database; ids: Ids }) => Promise<T>,
): Promise<T> {
  const id = ids.next();
  let passes = 0;
  return db.runTransaction(async (transaction) => {
    passes += 1;
    if (passes > 1 && (await transaction.get(auditEntryRef(db, id))).exists) return done;
    return work(transaction, { db, ids: { next: () => id } });
  });
}
