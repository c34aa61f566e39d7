import type { UntextableReason } from '../contract/delivery.ts';
import { findRecipient } from '../people/find-recipient.ts';
import { readPhoneKey, type PhoneKey } from '../people/phone-keys-store.ts';
import type { Database } from '../platform/firestore.ts';
import type { Reader } from '../platform/reader.ts';
import { readMessageNumber } from './message-numbers-store.ts';

/** Where a message goes, and whether it may. */
export interface Address {
  /** For `vault.decrypt(sealedFor, sealedNumber)`, in memory, at the moment of sending. */
  sealedFor: string;
  sealedNumber: string;
  untextable: UntextableReason | null;
}

/** Two reads; null when the person, or the number that was kept for the message, is not there any more. */
export async function findAddress(
  db: Database,
  { id, item }: { id: string; item: { userId: string | null } },
  reader: Reader,
): Promise<Address | null> {
  if (item.userId !== null) {
    const recipient = await findRecipient(db, item.userId, reader);
    if (recipient === null) return null;
    const { userId: sealedFor, sealedNumber, untextable } = recipient;
    return { sealedFor, sealedNumber, untextable };
  }
  const kept = await readMessageNumber(db, id, reader);
  if (kept === null) return null;
  const untextable = heldBy(await readPhoneKey(db, kept.phoneKey, reader));
  return { sealedFor: id, sealedNumber: kept.sealedNumber, untextable };
}

/** Opt-outs and suppressions belong to the number, whether or not somebody is registered with it. */
export function heldBy(known: Pick<PhoneKey, 'optedOut' | 'suppressed'> | null): UntextableReason | null {
  if (known === null) return null;
  if (known.optedOut !== null) return 'opted_out';
  return known.suppressed === null ? null : 'suppressed';
}
