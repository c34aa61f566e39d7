import { Timestamp } from '@google-cloud/firestore';
import { HOLD_KINDS, type HoldKind } from '../../src/contract/consent.ts';
import { holdOf, readPhoneKey } from '../../src/people/phone-keys-store.ts';
import type { Database } from '../../src/platform/firestore.ts';
import { eachDocument } from '../migrations/migration.ts';
import type { Faults } from './faults.ts';

/** The newest changes of one kind for one number: more than one where they bear the same time. */
interface Newest {
  at: number;
  changes: Set<unknown>;
}

/** Whether each number is in the state that its newest consent event says. One read for each event, two for each number. */
export async function checkConsent(db: Database, faults: Faults): Promise<{ events: number }> {
  const newest = new Map<string, Newest>();
  let events = 0;
  for await (const event of eachDocument(db.collection('consentEvents'))) {
    events += 1;
    const { phoneKey, kind, change, at }: Record<string, unknown> = event.data();
    if (typeof phoneKey !== 'string' || typeof kind !== 'string' || !(at instanceof Timestamp)) continue;
    note(newest, `${kind} ${phoneKey}`, at.toMillis(), change);
  }
  for await (const { id } of eachDocument(db.collection('phoneKeys').select())) {
    const key = await readPhoneKey(db, id);
    for (const kind of HOLD_KINDS) {
      const told = newest.get(`${kind} ${id}`);
      const held = holdOf(key, kind) !== null;
      if (told === undefined ? held : !told.changes.has(held ? 'added' : 'lifted'))
        faults.add(told === undefined ? 'hold_without_event' : 'hold_apart', shown(kind, id));
      newest.delete(`${kind} ${id}`);
    }
  }
  // A number that nothing is kept of may be texted.
  for (const [key, { changes }] of newest) {
    const [kind = '', id = ''] = key.split(' ');
    if (HOLD_KINDS.some((each) => each === kind) && !changes.has('lifted'))
      faults.add('hold_apart', `${kind} ${id.slice(0, 12)}`);
  }
  return { events };
}

const shown = (kind: HoldKind, id: string) => `${kind} ${id.slice(0, 12)}`;

function note(newest: Map<string, Newest>, key: string, at: number, change: unknown): void {
  const before = newest.get(key);
  if (before === undefined || at > before.at) newest.set(key, { at, changes: new Set([change]) });
  else if (at === before.at) before.changes.add(change);
}
