import { sealedWith } from '../../src/people/users-store.ts';
import { isConflict } from '../../src/platform/errors.ts';
import { eachDocument, type Migration } from './migration.ts';

/** `users.sealedWith`: the doctor counts by it which keys are still in use, without reading every person. */
export const numbersNameTheirKey: Migration = {
  id: 'numbers-name-their-key',
  title: 'Every sealed number names its key',
  async run({ db, dryRun }) {
    const done = { examined: 0, changed: 0 };
    for await (const user of eachDocument(db.collection('users').select('phoneNumber', 'sealedWith'))) {
      done.examined += 1;
      const keyId = sealedWith(String(user.get('phoneNumber')));
      if (user.get('sealedWith') === keyId) continue;
      done.changed += 1;
      if (dryRun) continue;
      try {
        await user.ref.update({ sealedWith: keyId }, { lastUpdateTime: user.updateTime });
      } catch (error) {
        // Whoever changed this person meanwhile wrote the field with it.
        if (!isConflict(error)) throw error;
      }
    }
    return done;
  },
};
