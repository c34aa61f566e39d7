import { HOLD_KINDS } from '../../src/contract/consent.ts';
import { createConsentEvent, newestConsentEvents } from '../../src/people/consent-events-store.ts';
import { holdOf, readPhoneKey } from '../../src/people/phone-keys-store.ts';
import { isAlreadyExists } from '../../src/platform/errors.ts';
import { derivedId } from '../../src/platform/ids.ts';
import { eachDocument, type Migration } from './migration.ts';

/** An opt-out or a suppression from before there were consent events gets its event. */
export const consentEvents: Migration = {
  id: 'consent-events',
  title: 'Every opt-out and suppression has an event in the history of consent',
  async run({ db, dryRun }) {
    const done = { examined: 0, changed: 0 };
    for await (const { id } of eachDocument(db.collection('phoneKeys').select())) {
      done.examined += 1;
      const key = await readPhoneKey(db, id);
      for (const kind of HOLD_KINDS) {
        const hold = holdOf(key, kind);
        if (key === null || hold === null) continue;
        const events = await newestConsentEvents(db, id, 20);
        if (events.some((each) => each.kind === kind && each.change === 'added')) continue;
        done.changed += 1;
        if (dryRun) continue;
        const batch = db.batch();
        const whose = { phoneKey: id, userId: key.userId, operatorId: null, messageId: null };
        // The id follows from the hold, so that two runs make one event.
        const eventId = derivedId('h_', kind, id, hold.at.toISOString());
        createConsentEvent(batch, db, eventId, { ...whose, ...hold, kind, change: 'added' });
        await batch.commit().catch((error: unknown) => {
          if (!isAlreadyExists(error)) throw error;
        });
      }
    }
    return done;
  },
};
