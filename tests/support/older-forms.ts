import type { Firestore } from '@google-cloud/firestore';
import type { PhoneVault } from '../../functions/src/platform/phone-vault.ts';

/** The hash under which a version before one-number filed the other form of a number. */
export function olderHash(vault: PhoneVault, number: string): string {
  const [, older] = vault.hashes(number);
  if (older === undefined) throw new Error('This number has one form only.');
  return older;
}

/** Files a person as a version before one-number did who registered the older form of the number. */
export async function fileUnderOlderForm(
  db: Firestore,
  vault: PhoneVault,
  userId: string,
  number: string,
): Promise<void> {
  const older = olderHash(vault, number);
  const current = db.doc(`phoneKeys/${vault.hash(number)}`);
  const data = (await current.get()).data();
  if (data === undefined) throw new Error('Nobody is registered with this number.');
  await db.doc(`phoneKeys/${older}`).set(data);
  await current.delete();
  await db.doc(`users/${userId}`).update({ phoneKey: older });
}
