import type { Firestore } from '@google-cloud/firestore';
import { countingFirestore } from './counting-firestore.ts';

class Recorded extends Error {
  /** One that Firestore's client does not try again. */
  readonly code = 3;
}

/** A Firestore client that goes nowhere and keeps every query that is made through it. */
export function queryRecorder(): {
  db: Firestore;
  /** `runQuery` requests, as they would have gone over the wire. */
  queries: unknown[];
  /** Runs `work` up to its first query. */
  record(work: () => Promise<unknown>): Promise<void>;
} {
  const queries: unknown[] = [];
  const { db } = countingFirestore({
    projectId: 'demo-recorder',
    host: '127.0.0.1:9',
    hook: (call) => {
      if (call.method !== 'runQuery') throw new Error(`The recorder knows no ${call.method}.`);
      queries.push(call.request);
      throw new Recorded();
    },
  });
  return {
    db,
    queries,
    async record(work) {
      const before = queries.length;
      try {
        await work();
      } catch (error) {
        if (!(error instanceof Recorded)) throw error;
      }
      if (queries.length !== before + 1) throw new Error('No query was made.');
    },
  };
}
