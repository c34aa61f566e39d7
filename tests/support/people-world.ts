import type { Firestore } from '@google-cloud/firestore';
import type { AuditContext } from '../../functions/src/audit/append.ts';
import { personCreate, type Person } from '../../functions/src/contract/people.ts';
import { registerPerson, type PeopleDeps } from '../../functions/src/people/register-person.ts';
import { fixedClock } from './fixed-clock.ts';
import { environmentSettings, parseConfig, type Config } from '../../functions/src/platform/config.ts';
import { randomIds } from '../../functions/src/platform/ids.ts';
import { LOCAL_DEFAULTS } from '../../functions/src/platform/local-defaults.ts';
import { createPhoneVault } from '../../functions/src/platform/phone-vault.ts';
import { countingFirestore, type Counts } from './counting-firestore.ts';
import { firestoreHost, freshDatabase } from './emulator.ts';

/** An empty database with the use cases of people on it, at a fixed instant. */
export interface PeopleWorld {
  db: Firestore;
  counts: Counts;
  deps: PeopleDeps & { config: Config };
  audit: AuditContext;
  /** Adds a person who must be accepted. */
  add(fields: Readonly<Record<string, unknown>>): Promise<Person>;
}

export const worldTime = new Date('2026-11-20T12:00:00.000Z');

export function peopleWorld(): PeopleWorld {
  const { projectId } = freshDatabase();
  const { db, counts } = countingFirestore({ projectId, host: firestoreHost() });
  const config = parseConfig(environmentSettings(LOCAL_DEFAULTS), { projectId, emulator: true });
  const vault = createPhoneVault(config.secrets.phoneKeys, config.secrets.phoneHashKey);
  const deps = { db, config, vault, ids: randomIds, clock: fixedClock(worldTime) };
  const audit: AuditContext = {
    actor: { kind: 'operator', id: 'op_1', label: 'Olive Operator' },
    address: '192.0.2.1',
    requestId: 'request-1',
  };
  const add = async (fields: Readonly<Record<string, unknown>>) => {
    const result = await registerPerson(deps, audit, personCreate.parse(fields));
    if (!result.ok) throw new Error(`Not registered: ${result.reason}`);
    return result.person;
  };
  return { db, counts, deps, audit, add };
}

/** Every document of a collection, by id. */
export async function documentsOf(
  db: Firestore,
  collection: string,
): Promise<Record<string, Record<string, unknown>>> {
  const { docs } = await db.collection(collection).get();
  return Object.fromEntries(docs.map((each) => [each.id, each.data()]));
}
