import type { RevocationItem } from '../contract/suppressions.ts';
import { readPhoneKeys } from '../people/phone-keys-store.ts';
import type { Database } from '../platform/firestore.ts';
import { readIncoming } from './incoming-store.ts';
import { queryOpenRevocations, type Revocation } from './revocations-store.ts';

/** A flagged text, with its place for the cursor. */
export interface RevocationRow extends RevocationItem {
  place: Pick<Revocation, 'id' | 'receivedAt'>;
}

/** Flagged texts that nobody has decided on, the oldest first: three reads for each. */
export async function listRevocations(
  db: Database,
  after: { time: Date; id: string } | null,
  limit: number,
): Promise<RevocationRow[]> {
  const open = await queryOpenRevocations(db, after, limit);
  const [texts, keys] = await Promise.all([
    Promise.all(open.map(({ id }) => readIncoming(db, id))),
    readPhoneKeys(
      db,
      open.map(({ phoneKey }) => phoneKey),
    ),
  ]);
  return open.flatMap((place, index) => {
    const message = texts[index] ?? null;
    const optedOut = keys[index]?.optedOut ?? null;
    return message === null ? [] : [{ place, message, optedOut: optedOut !== null }];
  });
}
