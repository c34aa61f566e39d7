import { Timestamp } from '@google-cloud/firestore';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Migrated } from '../../functions/cli/migrations/migration.ts';
import { MIGRATIONS, runMigrations } from '../../functions/cli/migrations/run-migrations.ts';
import { schemaCheck } from '../../functions/src/health/schema-check.ts';
import { queryOpenRevocations } from '../../functions/src/inbound/revocations-store.ts';
import { peopleSearch } from '../../functions/src/contract/people.ts';
import { searchPeople } from '../../functions/src/people/search-people.ts';
import { SCHEMA_VERSION } from '../../functions/src/platform/schema-version.ts';
import { documentsOf, peopleWorld, worldTime, type PeopleWorld } from '../support/people-world.ts';

let world: PeopleWorld;
const at = Timestamp.fromDate(worldTime);
const later = Timestamp.fromMillis(worldTime.getTime() + 60_000);

/** A database in the form of the first version. */
async function oldData(): Promise<{ ada: string; ben: string }> {
  const ada = (await world.add({ phoneNumber: '+12025550143' })).id;
  const ben = (await world.add({ phoneNumber: '+12025550144' })).id;
  const { db } = world;
  const hash = (number: string) => world.deps.vault.hash(number);
  for (const id of [ada, ben]) {
    const user = await db.doc(`users/${id}`).get();
    const { sealedWith: _field, ...before } = user.data() ?? {};
    await user.ref.set(before);
  }
  await db.doc(`phoneKeys/${hash('+12025550144')}`).update({ optedOut: { at, source: 'keyword' } });
  const stranger = { userId: null, active: false, optedOut: { at, source: 'keyword' }, suppressed: null };
  await db.doc(`phoneKeys/${hash('+12025550199')}`).set(stranger);
  const flagged = { keyword: 'revocation', receivedAt: later, senderHash: null };
  await db.doc('incomingMessages/SM1').set({ ...flagged, userId: ada });
  await db.doc('incomingMessages/SM2').set({ ...flagged, userId: ben });
  await db.doc('incomingMessages/SM3').set({ ...flagged, userId: 'nobody' });
  await db.doc('incomingMessages/SM4').set({ ...flagged, keyword: null, userId: ada });
  // Words as they were kept when only whole ones were found, and names folded in another way.
  await db
    .doc('incomingMessages/SM5')
    .set({ receivedAt: at, body: 'A naïve idea', words: ['a', 'naïve', 'idea'] });
  await db.doc('outgoingMessages/m_1').set({ queuedAt: at, body: '東京駅で', words: ['東京駅で'] });
  for (const id of [ada, ben])
    await db
      .doc(`users/${id}`)
      .update({ firstName: 'Kaʻahumanu', sortName: 'kaʻahumanu', namePrefixes: ['k'] });
  return { ada, ben };
}

async function migrate(
  options: { dryRun?: boolean; again?: boolean } = {},
): Promise<Record<string, Migrated | null>> {
  const reports: Record<string, Migrated | null> = {};
  const { ids, vault } = world.deps;
  const context = { db: world.db, ids, vault, now: worldTime, dryRun: options.dryRun ?? false };
  const tell = ({ id, done }: { id: string; done: Migrated | null }) => void (reports[id] = done);
  await runMigrations(context, world.audit, { again: options.again ?? false, tell });
  return reports;
}

beforeEach(() => {
  world = peopleWorld();
});

const expected = {
  'numbers-name-their-key': { examined: 2, changed: 2 },
  'consent-events': { examined: 3, changed: 2 },
  'flagged-texts': { examined: 3, changed: 1 },
  'one-number': { examined: 2, changed: 0, notes: [] },
  'search-words': { examined: 8, changed: 4 },
};

describe('OPS-4: migrations run once and can be repeated', () => {
  test('OPS-4: the version that the code writes is the number of migrations, and each has its own id', () => {
    expect(MIGRATIONS).toHaveLength(SCHEMA_VERSION);
    expect(new Set(MIGRATIONS.map(({ id }) => id)).size).toBe(SCHEMA_VERSION);
  });

  test('OPS-4: migrations bring old data to the new form, and record what they did', async () => {
    const { ada, ben } = await oldData();
    expect(await schemaCheck(world).run()).toMatchObject({ level: 'warning' });
    expect(await migrate()).toEqual(expected);
    const users = await documentsOf(world.db, 'users');
    expect([users[ada]?.['sealedWith'], users[ben]?.['sealedWith']]).toEqual(['local', 'local']);
    const events = Object.values(await documentsOf(world.db, 'consentEvents'));
    expect(events).toHaveLength(2);
    expect(events).toContainEqual(
      expect.objectContaining({ userId: ben, kind: 'opted_out', change: 'added', source: 'keyword', at }),
    );
    expect((await queryOpenRevocations(world.db, null, 10)).map(({ id }) => id)).toEqual(['SM1']);
    const schema = (await world.db.doc('settings/schema').get()).data();
    expect(schema).toMatchObject({ version: 5 });
    const audited = Object.values(await documentsOf(world.db, 'auditLog')).filter(
      ({ action }) => action === 'system.migrated',
    );
    expect(audited).toHaveLength(5);
    expect(await schemaCheck(world).run()).toMatchObject({ level: 'ok' });
  });

  test('LOG-2, PPL-2: messages and people from before are found as new ones are', async () => {
    const { ada, ben } = await oldData();
    await migrate();
    expect((await world.db.doc('incomingMessages/SM5').get()).data()).toEqual({
      receivedAt: at,
      body: 'A naïve idea',
      words: ['a', 'n', 'na', 'nai', 'naive', 'i', 'id', 'ide'],
    });
    expect((await world.db.doc('outgoingMessages/m_1').get()).get('words')).toEqual([
      '東',
      '京',
      '駅',
      'で',
      '東京',
      '京駅',
      '駅で',
    ]);
    const found = await searchPeople(world.deps, peopleSearch.parse({ name: 'kaahumanu' }));
    expect(found.ok && found.page.items.map(({ id }) => id).sort()).toEqual([ada, ben].sort());
  });

  test('OPS-4: a second run does nothing; made to run again, it finds nothing to change', async () => {
    await oldData();
    await migrate();
    world.counts.reset();
    expect(await migrate()).toEqual({
      'numbers-name-their-key': null,
      'consent-events': null,
      'flagged-texts': null,
      'one-number': null,
      'search-words': null,
    });
    expect(world.counts.writes).toBe(0);
    const again = await migrate({ again: true });
    expect(Object.values(again).map((each) => each?.changed)).toEqual([0, 0, 0, 0, 0]);
  });

  test('OPS-4: a dry run reports the same and writes nothing', async () => {
    await oldData();
    world.counts.reset();
    expect(await migrate({ dryRun: true })).toEqual(expected);
    expect(world.counts.writes).toBe(0);
  });

  test('OPS-4: two runs at once do it once', async () => {
    await oldData();
    await Promise.all([migrate(), migrate()]);
    expect(Object.keys(await documentsOf(world.db, 'consentEvents'))).toHaveLength(2);
    expect((await world.db.doc('settings/schema').get()).get('version')).toBe(5);
  });

  test('OPS-4: a run that was cut off goes on with what was missing', async () => {
    await oldData();
    await world.db.doc('settings/schema').set({ version: 1, applied: { 'numbers-name-their-key': at } });
    expect(await migrate()).toEqual({ ...expected, 'numbers-name-their-key': null });
    expect(await schemaCheck(world).run()).toMatchObject({ level: 'ok' });
  });

  test('OPS-4: the doctor reports data of a newer version as an error', async () => {
    await world.db.doc('settings/schema').set({ version: 99, applied: {} });
    expect(await schemaCheck(world).run()).toMatchObject({ level: 'error' });
  });
});
