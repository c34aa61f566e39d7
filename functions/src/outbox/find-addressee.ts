import type { UntextableReason } from '../contract/delivery.ts';
import { findRecipient } from '../people/find-recipient.ts';
import { readPhoneKeys } from '../people/phone-keys-store.ts';
import type { Database } from '../platform/firestore.ts';
import type { E164, PhoneVault } from '../platform/phone-vault.ts';
import type { Reader } from '../platform/reader.ts';
import { heldBy } from './find-address.ts';
import type { To } from './origin.ts';

/** Whom a message is for, as it is asked for; a number with its masked form. */
export type Destination = { userId: string } | { number: E164; label: string };

/** As the log shows it, and whether it may be texted; `phoneKey` is the keyed hash of the number. */
export interface FoundAddressee {
  to: To;
  phoneKey: string;
  untextable: UntextableReason | null;
}

/** Two reads of a person, null when there is none; of a number one for each form that it may be filed under. */
export async function findAddressee(
  { db, vault }: { db: Database; vault: Pick<PhoneVault, 'hashes'> },
  destination: Destination,
  reader: Reader,
): Promise<FoundAddressee | null> {
  if ('userId' in destination) {
    const recipient = await findRecipient(db, destination.userId, reader);
    if (recipient === null) return null;
    const { userId, label, phoneKey, untextable } = recipient;
    return { to: { kind: 'person', userId, label }, phoneKey, untextable };
  }
  const hashes = vault.hashes(destination.number);
  const known = await readPhoneKeys(db, hashes, reader);
  const index = Math.max(
    0,
    known.findIndex((each) => each !== null),
  );
  return {
    to: { kind: 'number', label: destination.label },
    phoneKey: hashes[index] ?? hashes[0],
    untextable: heldBy(known[index] ?? null),
  };
}
