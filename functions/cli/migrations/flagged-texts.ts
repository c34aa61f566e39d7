import { Timestamp } from '@google-cloud/firestore';
import { createRevocation, readRevocation } from '../../src/inbound/revocations-store.ts';
import { readPhoneKey } from '../../src/people/phone-keys-store.ts';
import { readUser } from '../../src/people/users-store.ts';
import { isAlreadyExists } from '../../src/platform/errors.ts';
import type { Database } from '../../src/platform/firestore.ts';
import { eachDocument, type Migration } from './migration.ts';

/** Messages that were flagged before there was a list of them are put on it, unless the number has opted out since. */
export const flaggedTexts: Migration = {
  id: 'flagged-texts',
  title: 'Messages that may be opt-out requests wait for a decision',
  async run({ db, dryRun }) {
    const done = { examined: 0, changed: 0 };
    const flagged = db.collection('incomingMessages').where('keyword', '==', 'revocation');
    for await (const text of eachDocument(flagged.select('userId', 'senderHash', 'receivedAt'))) {
      done.examined += 1;
      const receivedAt: unknown = text.get('receivedAt');
      if (!(receivedAt instanceof Timestamp)) continue;
      const at = receivedAt.toDate();
      const phoneKey = await numberOf(db, text.get('userId'), text.get('senderHash'), at);
      if (phoneKey === null || (await readPhoneKey(db, phoneKey))?.optedOut !== null) continue;
      if ((await readRevocation(db, text.id)) !== null) continue;
      done.changed += 1;
      if (dryRun) continue;
      const batch = db.batch();
      createRevocation(batch, db, { id: text.id, phoneKey, receivedAt: at });
      await batch.commit().catch((error: unknown) => {
        if (!isAlreadyExists(error)) throw error;
      });
    }
    return done;
  },
};

/** The number that it came from; null where the person has another number by now, and the old one is not known. */
async function numberOf(
  db: Database,
  userId: unknown,
  senderHash: unknown,
  at: Date,
): Promise<string | null> {
  if (typeof userId !== 'string') return typeof senderHash === 'string' ? senderHash : null;
  const user = await readUser(db, userId);
  return user === null || (user.numberSince ?? user.createdAt) > at ? null : user.phoneKey;
}
