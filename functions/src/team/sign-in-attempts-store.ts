import { createHmac } from 'node:crypto';
import { Timestamp, type DocumentReference, type DocumentSnapshot } from '@google-cloud/firestore';
import { z } from 'zod';
import type { Config } from '../platform/config.ts';
import { derivedKey } from '../platform/derived-key.ts';
import type { Database } from '../platform/firestore.ts';
import type { Writer } from '../platform/writer.ts';
import { forgetAt, NO_ATTEMPTS, type Attempts } from './sign-in-throttle.ts';

const time = z.instanceof(Timestamp).transform((timestamp) => timestamp.toDate());
const document = z.object({ failures: z.array(time), lockedUntil: time.nullable() });

/** What failures are counted by. Both are kept as a keyed hash: neither e-mails nor addresses lie here. */
export type Counted = { kind: 'account'; operatorId: string } | { kind: 'address'; group: string };

/** `signInAttempts/{hash}` (OP-5): in the datastore, so that every instance counts together. */
export function signInAttemptsStore(db: Database, config: Pick<Config, 'secrets'>) {
  const key = derivedKey(config.secrets.phoneHashKey(), 'sign-in attempts');

  return {
    reference(counted: Counted): DocumentReference {
      const text =
        counted.kind === 'account' ? `account\n${counted.operatorId}` : `address\n${counted.group}`;
      return db.collection('signInAttempts').doc(createHmac('sha256', key).update(text).digest('hex'));
    },
    parse(snapshot: DocumentSnapshot): Attempts {
      const data = snapshot.data();
      return data === undefined ? NO_ATTEMPTS : document.parse(data);
    },
    /** `expiresAt` is for a TTL policy; a document that is still there means no more than its times say. */
    put(writer: Writer, reference: DocumentReference, attempts: Attempts, now: Date): void {
      writer.set(reference, {
        failures: [...attempts.failures],
        lockedUntil: attempts.lockedUntil,
        expiresAt: forgetAt(attempts, now),
      });
    },
  };
}
