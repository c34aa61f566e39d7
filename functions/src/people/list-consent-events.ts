import type { ConsentEventItem, HoldItem } from '../contract/suppressions.ts';
import type { Database } from '../platform/firestore.ts';
import { queryConsentEvents } from './consent-events-store.ts';
import { holdItem } from './list-holds.ts';
import { readPhoneKey } from './phone-keys-store.ts';
import { readUser } from './users-store.ts';

/** Whether a person is opted out or suppressed, and a page of the history of their consent. */
export interface PersonConsent {
  /** The keyed hash of the number that they have now. */
  id: string;
  optedOut: HoldItem | null;
  suppressed: HoldItem | null;
  events: ConsentEventItem[];
}

/** Two reads and one for each event; null when there is no such person. */
export async function listConsentEvents(
  db: Database,
  userId: string,
  after: { time: Date; id: string } | null,
  limit: number,
): Promise<PersonConsent | null> {
  const user = await readUser(db, userId);
  if (user === null) return null;
  const { phoneKey } = user;
  const [key, events] = await Promise.all([
    readPhoneKey(db, phoneKey),
    queryConsentEvents(db, { userId, phoneKey }, after, limit),
  ]);
  return {
    id: phoneKey,
    optedOut: key === null || key.optedOut === null ? null : holdItem(key.optedOut),
    suppressed: key === null || key.suppressed === null ? null : holdItem(key.suppressed),
    events: events.map(({ at, operatorId: _id, phoneKey: about, userId: _whose, ...event }) => ({
      ...event,
      at: at.toISOString(),
      currentNumber: about === phoneKey,
    })),
  };
}
