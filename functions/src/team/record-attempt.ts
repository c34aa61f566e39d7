import type { DocumentReference, Transaction } from '@google-cloud/firestore';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import { mostFailures, signInAttemptsStore, type Counted } from './sign-in-attempts-store.ts';
import {
  failed,
  NO_ATTEMPTS,
  opened,
  standing,
  takenBack,
  type Account,
  type Attempts,
  type Standing,
} from './sign-in-throttle.ts';

/** What of an operator says whose attempts these are; null for an account that is not there, which looks the same. */
export type Unlockable = { unlockedAt?: Date | null | undefined } | null;

interface Counter {
  counted: Counted;
  reference: DocumentReference;
  attempts: Attempts;
}

/**
 * Counts one comparison of a password (OP-5): first `begin`, in a transaction of its own; then the comparison; then
 * `end`, in the transaction that uses its result. What began counts as a failure until it ended well.
 */
export function attemptCounter(
  { db, ids, config }: { db: Database; ids: Ids; config: Pick<Config, 'secrets'> },
  operatorId: string,
  counted: readonly Counted[],
) {
  const store = signInAttemptsStore(db, config);
  const account = store.accountHash(operatorId);
  const id = ids.next();
  const references = counted.map((each) => store.reference(each));
  const who = (operator: Unlockable): Account => ({ account, unlockedAt: operator?.unlockedAt ?? null });
  const isOpen = ({ attempts }: Counter) => attempts.open.some((each) => each.id === id);

  async function read(transaction: Transaction): Promise<Counter[]> {
    const snapshots = await transaction.getAll(...references);
    return counted.flatMap((each, index) => {
      const [reference, snapshot] = [references[index], snapshots[index]];
      if (reference === undefined || snapshot === undefined) return [];
      return [{ counted: each, reference, attempts: store.parse(snapshot) }];
    });
  }

  return {
    /** Counts the attempt where every counter lets it through; else writes nothing. */
    begin(operator: Unlockable, now: Date): Promise<Standing> {
      return db.runTransaction(async (transaction) => {
        const counters = await read(transaction);
        // The client runs this again when only the answer to its commit was lost: then the attempt stands already.
        if (counters.every(isOpen)) return { kind: 'free' };
        const stands = counters.map((each) =>
          standing(each.attempts, who(operator), mostFailures(each.counted), now),
        );
        const worst = worstOf(stands);
        if (worst.kind !== 'free') return worst;
        for (const each of counters)
          store.put(transaction, each.reference, opened(each.attempts, { id, at: now, account }, now), now);
        return worst;
      });
    },

    /** The counters, read through the transaction that ends the attempt; `counts` is false when it is over already. */
    async ending(transaction: Transaction): Promise<{ counters: Counter[]; counts: boolean }> {
      const counters = await read(transaction);
      return { counters, counts: counters.every(isOpen) };
    },

    /** It was right: taken back, and what is this account's own from here begins anew. */
    succeeded(transaction: Transaction, counters: readonly Counter[], now: Date): void {
      for (const {
        counted: { kind },
        reference,
        attempts,
      } of counters) {
        const others = kind === 'address' || kind === 'account';
        store.put(transaction, reference, others ? takenBack(attempts, id) : NO_ATTEMPTS, now);
      }
    },

    /** It was wrong. Answers whether that locks something. */
    failed(transaction: Transaction, counters: readonly Counter[], operator: Unlockable, now: Date): boolean {
      const after = counters.map(({ counted: each, reference, attempts }) => {
        const next = failed(attempts, id, who(operator), mostFailures(each), now);
        store.put(transaction, reference, next, now);
        return next.lock?.since.getTime() === now.getTime();
      });
      return after.includes(true);
    },
  };
}

function worstOf(stands: readonly Standing[]): Standing {
  const locks = stands.flatMap((each) => (each.kind === 'locked' ? [each.seconds] : []));
  if (locks.length > 0) return { kind: 'locked', seconds: Math.max(...locks) };
  return { kind: stands.some(({ kind }) => kind === 'busy') ? 'busy' : 'free' };
}
