import { createHmac } from 'node:crypto';
import { Timestamp, type DocumentReference, type DocumentSnapshot } from '@google-cloud/firestore';
import { z } from 'zod';
import type { Config } from '../platform/config.ts';
import { derivedKey } from '../platform/derived-key.ts';
import type { Database } from '../platform/firestore.ts';
import type { Writer } from '../platform/writer.ts';
import {
  forgetAt,
  MAX_ACCOUNT_FAILURES,
  MAX_FAILURES,
  NO_ATTEMPTS,
  type Attempts,
} from './sign-in-throttle.ts';

const time = z.instanceof(Timestamp).transform((timestamp) => timestamp.toDate());
const attempt = z.object({ at: time, account: z.string() });
const document = z.object({
  failures: z.array(attempt),
  open: z.array(attempt.extend({ id: z.string() })),
  lock: z.object({ since: time, accounts: z.array(z.string()) }).nullable(),
});

/**
 * What attempts are counted by. `account` is all strangers' attempts on one account; `pair` those from one address;
 * `device` those of a device that has signed in before; `session` the current passwords that one's own sessions give.
 */
export type Counted =
  | { kind: 'account'; operatorId: string }
  | { kind: 'pair'; operatorId: string; group: string }
  | { kind: 'address'; group: string }
  | { kind: 'device'; deviceId: string }
  | { kind: 'session'; operatorId: string };

/** How many failures within the window lock such a counter. */
export function mostFailures({ kind }: Counted): number {
  return kind === 'account' ? MAX_ACCOUNT_FAILURES : MAX_FAILURES;
}

/**
 * `signInAttempts/{hash}` (OP-5): in the datastore, so that every instance counts together. Everything is named by a
 * keyed hash: neither e-mails nor addresses lie here.
 */
export function signInAttemptsStore(db: Database, config: Pick<Config, 'secrets'>) {
  const key = derivedKey(config.secrets.phoneHashKey(), 'sign-in counters');
  const hash = (...parts: string[]) => createHmac('sha256', key).update(parts.join('\n')).digest('hex');

  return {
    /** What an account is called inside of a counter. */
    accountHash: (operatorId: string) => hash('account', operatorId),
    reference(counted: Counted): DocumentReference {
      const { kind, ...parts } = counted;
      return db.collection('signInAttempts').doc(hash(kind, ...Object.values(parts)));
    },
    parse(snapshot: DocumentSnapshot): Attempts {
      const data = snapshot.data();
      return data === undefined ? NO_ATTEMPTS : document.parse(data);
    },
    /** `expiresAt` is for a TTL policy; a document that is still there means no more than its times say. */
    put(writer: Writer, reference: DocumentReference, attempts: Attempts, now: Date): void {
      writer.set(reference, {
        failures: [...attempts.failures],
        open: [...attempts.open],
        lock: attempts.lock,
        expiresAt: forgetAt(attempts, now),
      });
    },
  };
}
