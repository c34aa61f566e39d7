import { Timestamp, type WriteBatch } from '@google-cloud/firestore';
import { z } from 'zod';
import type { Database } from '../platform/firestore.ts';
import { LOOK_UP_WINDOWS, longestWindow, NO_LOOK_UPS, type LookUpKind, type LookUps } from './look-ups.ts';

const time = z.instanceof(Timestamp).transform((timestamp) => timestamp.toDate());
const document = z.object({ at: z.array(time), notedAt: time.nullable() });

/** Guards the next write; null where there is no document yet. */
type Version = Timestamp | null;

/**
 * `lookUps/{operatorId.kind}` (PRIV-3): the times at which one operator looked up a number, or had one revealed, and
 * nothing of which. `expiresAt` is for a TTL policy.
 */
export function lookUpsStore(db: Database, operatorId: string, kind: LookUpKind) {
  const reference = db.collection('lookUps').doc(`${operatorId}.${kind}`);
  return {
    async read(): Promise<{ seen: LookUps; version: Version }> {
      const snapshot = await reference.get();
      const data = snapshot.data();
      return {
        seen: data === undefined ? NO_LOOK_UPS : document.parse(data),
        version: snapshot.updateTime ?? null,
      };
    },
    /** The commit fails when somebody has counted since it was read, so that two at once both count. */
    write(batch: WriteBatch, { at, notedAt }: LookUps, version: Version, now: Date): void {
      const expiresAt = new Date(now.getTime() + longestWindow(LOOK_UP_WINDOWS[kind]) * 1000);
      const data = { at: [...at], notedAt, expiresAt };
      if (version === null) batch.create(reference, data);
      else batch.update(reference, data, { lastUpdateTime: version });
    },
  };
}
