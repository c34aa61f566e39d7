import { findRecipient, type Recipient } from '../../functions/src/people/find-recipient.ts';
import { readPhoneKey } from '../../functions/src/people/phone-keys-store.ts';
import type { Database } from '../../functions/src/platform/firestore.ts';

/** Whom a number belongs to, by its keyed hash; null when nobody is registered with it. */
export async function findByPhoneHash(db: Database, hash: string): Promise<Recipient | null> {
  const key = await readPhoneKey(db, hash);
  return key === null || key.userId === null ? null : findRecipient(db, key.userId);
}
