import type { Person } from '../contract/people.ts';
import type { Database } from '../platform/firestore.ts';
import { toPerson } from './person.ts';
import { readPhoneKey } from './phone-keys-store.ts';
import { readUser } from './users-store.ts';

/** Two reads; null when there is no such person. */
export async function getPerson(db: Database, userId: string): Promise<Person | null> {
  const user = await readUser(db, userId);
  return user === null ? null : toPerson(user, await readPhoneKey(db, user.phoneKey));
}
