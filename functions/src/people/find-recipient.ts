import type { UntextableReason } from '../contract/delivery.ts';
import type { PersonStatus } from '../contract/people.ts';
import type { Database } from '../platform/firestore.ts';
import type { Reader } from '../platform/reader.ts';
import { readPhoneKey, untextableReason, type PhoneKey } from './phone-keys-store.ts';
import { readUser, type User } from './users-store.ts';

/** Somebody to whom a message goes. */
export interface Recipient {
  userId: string;
  label: string;
  status: PersonStatus;
  /** The keyed hash of the number: the id in `phoneKeys`. */
  phoneKey: string;
  /** For `vault.decrypt(userId, …)`, in memory, at the moment of sending. */
  sealedNumber: string;
  /** Null when this person may be texted now. */
  untextable: UntextableReason | null;
}

/** Two reads; null when there is no such person. Inside a transaction, pass it as `reader`. */
export async function findRecipient(
  db: Database,
  userId: string,
  reader: Reader = db,
): Promise<Recipient | null> {
  const user = await readUser(db, userId, reader);
  return user === null ? null : recipientOf(user, await readPhoneKey(db, user.phoneKey, reader));
}

function recipientOf(user: User, phoneKey: PhoneKey | null): Recipient {
  return {
    userId: user.id,
    label: user.label,
    status: user.status,
    phoneKey: user.phoneKey,
    sealedNumber: user.phoneNumber,
    untextable: phoneKey?.userId === user.id ? untextableReason(phoneKey) : 'inactive',
  };
}
