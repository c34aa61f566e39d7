import { Timestamp, type Firestore } from '@google-cloud/firestore';
import { beforeEach, describe, expect, test } from 'vitest';
import { appendAudit, SYSTEM_ACTOR } from '../../functions/src/audit/append.ts';
import { sealAuditLog, SEAL_MARGIN_SECONDS } from '../../functions/src/audit/seal.ts';
import { auditStore } from '../../functions/src/audit/audit-store.ts';
import { endFaults } from '../../functions/src/audit/log-end.ts';
import { hashEntry, hashSeal, sealId, type Seal } from '../../functions/src/audit/seal-chain.ts';
import {
  verifyAuditLog,
  type AuditFault,
  type AuditReport,
  type KnownSeal,
} from '../../functions/src/audit/verify.ts';
import { derivedKey } from '../../functions/src/platform/derived-key.ts';
import { randomIds } from '../../functions/src/platform/ids.ts';
import { createLog } from '../../functions/src/platform/log.ts';
import { testConfig } from '../support/api-in-process.ts';
import { freshDatabase } from '../support/emulator.ts';

let db: Firestore;
let lines: string[];
/** The clock of the process that seals, in seconds from now: it stamps the seals. */
let ahead: number;
const config = testConfig();

beforeEach(() => {
  ({ db } = freshDatabase());
  lines = [];
  ahead = 0;
});

const deps = () => ({
  db,
  config,
  ids: randomIds,
  clock: { now: () => new Date(Date.now() + ahead * 1000) },
  log: createLog((line) => lines.push(line)),
});

/** The server stamps entries with its own time, so a seal of all of them is one as of a little later. */
const later = (seconds = SEAL_MARGIN_SECONDS + 60) => new Date(Date.now() + seconds * 1000);

async function add(count: number): Promise<void> {
  for (let done = 0; done < count; done += 200) {
    const batch = db.batch();
    for (let each = done; each < Math.min(count, done + 200); each += 1) {
      const change = {
        action: 'operator.changed',
        target: { kind: 'operator', id: `op_${each}` },
        before: { role: 'viewer' },
        after: { role: 'admin', fields: ['role'] },
      } as const;
      appendAudit(
        batch,
        deps(),
        { actor: SYSTEM_ACTOR, address: '198.51.100.7', requestId: `r${each}` },
        change,
      );
    }
    await batch.commit();
  }
}

async function entries(): Promise<string[]> {
  return (await db.collection('auditLog').orderBy('at').orderBy('__name__').get()).docs.map(
    (each) => each.id,
  );
}

async function verify(
  known: readonly KnownSeal[] = [],
  now = new Date(),
): Promise<{ faults: AuditFault[]; report: AuditReport }> {
  const faults: AuditFault[] = [];
  const report = await verifyAuditLog(deps(), known, (fault) => faults.push(fault));
  return { faults: [...faults, ...endFaults(report.end, now)], report };
}

/** A seal as the version before AUDIT_KEY made it: under a key derived from PHONE_HASH_KEY, which it does not name. */
async function sealAsBefore(): Promise<void> {
  const store = auditStore(db);
  const last = await store.lastSeal();
  const key = derivedKey(config.secrets.phoneHashKey(), 'audit seals');
  const found = await store.entries(last?.through ?? null, null, 400);
  const { at, id } = found.at(-1) ?? { at: Timestamp.now(), id: '' };
  const { key: _key, ...seal }: Omit<Seal, 'hash'> = {
    seq: (last?.seq ?? 0) + 1,
    previous: last?.hash ?? '',
    entries: found.map((entry) => ({ id: entry.id, hash: hashEntry(key, entry) })),
    through: { at, id },
    sealedAt: Timestamp.now(),
    key: 'derived',
  };
  const hash = hashSeal(key, { ...seal, key: 'derived' });
  await db.doc(`auditSeals/${sealId(seal.seq)}`).create({ ...seal, hash });
}

/** The ids in each seal, in order. */
async function sealed(): Promise<string[][]> {
  const seals = (await db.collection('auditSeals').get()).docs;
  return seals.map((seal) => (seal.get('entries') as { id: string }[]).map((entry) => entry.id));
}

describe('sealing', () => {
  test('PRIV-5: seals what is old enough, in order, and goes on where it stopped', async () => {
    await add(3);
    expect(await sealAuditLog(deps(), new Date())).toBe(0);
    expect(await sealAuditLog(deps(), later())).toBe(3);
    expect(await sealAuditLog(deps(), later())).toBe(0);
    const first = await entries();
    await add(2);
    expect(await sealAuditLog(deps(), later())).toBe(2);
    const seals = (await db.collection('auditSeals').get()).docs;
    expect(seals.map((seal) => seal.id)).toEqual(['000000000001', '000000000002']);
    expect((await sealed())[0]).toEqual(first);
    expect(seals[1]?.get('previous')).toBe(seals[0]?.get('hash'));
    expect((await verify()).report).toMatchObject({
      seals: 2,
      entries: 5,
      unsealed: 0,
      hash: seals[1]?.get('hash') as string,
      end: { last: { seq: 2, key: 'audit' }, unsealed: null },
    });
  });

  test('PRIV-5: makes checkpoints of at most 400 entries, also of entries of one instant', async () => {
    await add(1000);
    expect(await sealAuditLog(deps(), later())).toBe(1000);
    expect((await sealed()).map((ids) => ids.length)).toEqual([400, 400, 200]);
    expect(await verify()).toMatchObject({ faults: [], report: { seals: 3, entries: 1000, unsealed: 0 } });
  });

  test('PRIV-5: two sealers at once make one chain, and nothing is sealed twice or left out', async () => {
    await add(900);
    const numbers = await Promise.all([1, 2, 3, 4].map(() => sealAuditLog(deps(), later())));
    expect(numbers.reduce((sum, each) => sum + each, 0)).toBe(900);
    expect(await verify()).toMatchObject({ faults: [], report: { entries: 900, unsealed: 0 } });
  });

  test('PRIV-5: tells every seal to the log, where the database cannot reach it', async () => {
    await add(1);
    await sealAuditLog(deps(), later());
    const [line = ''] = lines;
    const { hash } = (await verify()).report;
    expect(JSON.parse(line)).toMatchObject({ event: 'audit.sealed', seq: 1, entries: 1, hash });
  });
});

describe('sealing where nothing happens', () => {
  test('PRIV-5: seals the quiet every 15 minutes, so that the end of the log stays known', async () => {
    await add(1);
    await sealAuditLog(deps(), later());
    ahead = 14 * 60;
    await sealAuditLog(deps(), later());
    expect(await sealed()).toHaveLength(1);
    ahead = 15 * 60;
    expect(await sealAuditLog(deps(), later())).toBe(0);
    expect((await sealed()).map((ids) => ids.length)).toEqual([1, 0]);
    await add(1);
    await sealAuditLog(deps(), later());
    const { faults, report } = await verify([], deps().clock.now());
    expect([faults, report.seals, report.entries]).toEqual([[], 3, 2]);
  });

  test('PRIV-5: seals no quiet before the first entry', async () => {
    ahead = 60 * 60;
    await sealAuditLog(deps(), later());
    expect(await sealed()).toEqual([]);
  });
});

describe('seals from before AUDIT_KEY', () => {
  beforeEach(async () => {
    await add(3);
    await sealAsBefore();
    await add(2);
    await sealAsBefore();
  });

  test('PRIV-5: still verify under the new key that follows them at once', async () => {
    expect((await verify()).faults).toEqual([{ kind: 'seal_key_old', seal: 2 }]);
    await sealAuditLog(deps(), new Date());
    expect(await verify()).toMatchObject({
      faults: [],
      report: { seals: 3, entries: 5, end: { last: { seq: 3, key: 'audit' } } },
    });
  });

  test('PRIV-5: an edit that they vouch against is found', async () => {
    await sealAuditLog(deps(), new Date());
    const [id = ''] = await entries();
    await db.doc(`auditLog/${id}`).update({ action: 'person.added' });
    expect((await verify()).faults).toEqual([{ kind: 'edited', entry: id, seal: 1 }]);
  });

  test('PRIV-5: one that is made after a seal under AUDIT_KEY is a forgery', async () => {
    await sealAuditLog(deps(), new Date());
    await add(1);
    await sealAsBefore();
    expect((await verify()).faults).toEqual([
      { kind: 'seal_key_downgraded', seal: 4 },
      { kind: 'seal_key_old', seal: 4 },
    ]);
  });

  test('PRIV-5: the whole log made anew with the old key alone is found', async () => {
    await sealAuditLog(deps(), new Date());
    await db.recursiveDelete(db.collection('auditSeals'));
    await sealAsBefore();
    expect((await verify()).faults).toEqual([{ kind: 'seal_key_old', seal: 1 }]);
  });
});

describe('verifying a sealed log', () => {
  let ids: string[];
  const at = (index: number) => db.doc(`auditLog/${ids[index]}`);

  beforeEach(async () => {
    await add(5);
    await sealAuditLog(deps(), later());
    await add(5);
    await sealAuditLog(deps(), later());
    ids = await entries();
  });

  const cases: [name: string, tamper: () => Promise<unknown>, found: (ids: string[]) => AuditFault[]][] = [
    [
      'an edited field',
      () => at(1).update({ 'after.role': 'viewer' }),
      (all) => [{ kind: 'edited', entry: all[1] ?? '', seal: 1 }],
    ],
    [
      'an added field',
      () => at(1).update({ note: 'x' }),
      (all) => [{ kind: 'edited', entry: all[1] ?? '', seal: 1 }],
    ],
    [
      'a field of another type',
      () => at(6).update({ requestId: 7 }),
      (all) => [{ kind: 'edited', entry: all[6] ?? '', seal: 2 }],
    ],
    [
      'a value that no entry holds',
      () => at(6).update({ after: Buffer.from('x') }),
      (all) => [{ kind: 'edited', entry: all[6] ?? '', seal: 2 }],
    ],
    ['a removed entry', () => at(4).delete(), (all) => [{ kind: 'removed', entry: all[4] ?? '', seal: 1 }]],
    [
      'the removed first entry',
      () => at(0).delete(),
      (all) => [{ kind: 'removed', entry: all[0] ?? '', seal: 1 }],
    ],
    [
      'an entry moved to the end',
      () => at(2).update({ at: Timestamp.now() }),
      (all) => [{ kind: 'moved', entry: all[2] ?? '', seal: 1 }],
    ],
  ];

  test.each(cases)('PRIV-5: finds %s', async (_name, tamper, found) => {
    await tamper();
    expect((await verify()).faults).toEqual(found(ids));
  });

  test('PRIV-5: finds two entries that changed places', async () => {
    const [one, two] = [(await at(1).get()).data() ?? {}, (await at(7).get()).data() ?? {}];
    await Promise.all([at(1).set(two), at(7).set(one)]);
    const { faults } = await verify();
    // How the second is told depends on its id: a batch has one time, and so the id alone may put it behind the first seal.
    const told = faults.map((fault) => ('entry' in fault ? fault.entry : fault.kind));
    expect([...new Set(told)].sort()).toEqual([ids[1], ids[7]].sort());
  });

  test('PRIV-5: finds an entry that was slipped in between, or before all', async () => {
    const between = (await at(2).get()).get('at') as Timestamp;
    await db.doc('auditLog/0').set({ ...(await at(2).get()).data(), at: between });
    await db.doc('auditLog/older').set({ ...(await at(2).get()).data(), at: Timestamp.fromMillis(0) });
    expect((await verify()).faults).toEqual([
      { kind: 'inserted', entry: 'older', seal: 1 },
      { kind: 'inserted', entry: '0', seal: 1 },
    ]);
  });

  test('PRIV-5: finds a seal that was made to fit an edited entry', async () => {
    await at(1).update({ action: 'person.added' });
    const seal = db.doc('auditSeals/000000000001');
    const list = (await seal.get()).get('entries') as { id: string; hash: string }[];
    await seal.update({
      entries: list.map((entry) => (entry.id === ids[1] ? { ...entry, hash: '0'.repeat(64) } : entry)),
    });
    expect((await verify()).faults).toContainEqual({ kind: 'seal_altered', seal: 1 });
  });

  test('PRIV-5: finds a seal that is missing in the middle, and one that is broken', async () => {
    await add(1);
    await sealAuditLog(deps(), later());
    await db.doc('auditSeals/000000000002').delete();
    expect((await verify()).faults).toContainEqual({ kind: 'seal_missing', seal: 2 });
    await db.doc('auditSeals/000000000002').set({ seq: 'two' });
    expect((await verify()).faults).toContainEqual({ kind: 'seal_altered', seal: 2 });
  });

  test('PRIV-5: finds a tail that was cut off: by a seal known from the log at once, by its age after half an hour', async () => {
    const { hash } = (await verify()).report;
    await db.doc('auditSeals/000000000002').delete();
    for (const id of ids.slice(5)) await db.doc(`auditLog/${id}`).delete();
    expect((await verify()).faults).toEqual([]);
    expect((await verify([{ seq: 2, hash: hash ?? '' }])).faults).toEqual([
      { kind: 'seal_unexpected', seal: 2 },
    ]);
    expect((await verify([], later(28 * 60))).faults).toEqual([{ kind: 'seal_stale', seal: 1 }]);
  });

  test('PRIV-5: finds a cut that sealing has gone on behind, unless a later seal is known from elsewhere', async () => {
    const store = auditStore(db);
    await db.doc('auditSeals/000000000002').delete();
    for (const id of ids.slice(5)) await db.doc(`auditLog/${id}`).delete();
    await add(1);
    ahead = 28 * 60;
    await sealAuditLog(deps(), later());
    expect((await verify([], deps().clock.now())).faults).toEqual([{ kind: 'seal_gap', seal: 2 }]);
    const { seq = 0, hash = '' } = (await store.lastSeal()) ?? {};
    expect((await verify([{ seq, hash }], deps().clock.now())).faults).toEqual([]);
  });

  test('PRIV-5: a restore explains a gap, and the report says that there was one', async () => {
    const batch = db.batch();
    const restored = { action: 'system.restored', target: { kind: 'system', id: null } } as const;
    appendAudit(batch, deps(), { actor: SYSTEM_ACTOR, address: null, requestId: 'r' }, restored);
    await batch.commit();
    expect((await verify([], later(40 * 60))).faults.map(({ kind }) => kind)).toEqual(['unsealed_too_long']);
    ahead = 28 * 60;
    await sealAuditLog(deps(), later());
    const { faults, report } = await verify([], deps().clock.now());
    expect([faults, report.restores]).toEqual([[], [3]]);
  });

  test('PRIV-5: finds seals that were removed so that entries stand unsealed', async () => {
    await db.doc('auditSeals/000000000002').delete();
    const { faults } = await verify([], later(13 * 60));
    expect(faults).toEqual([{ kind: 'unsealed_too_long', entry: ids[5] }]);
    await db.doc('auditSeals/000000000001').delete();
    expect((await verify([], later(13 * 60))).faults).toEqual([{ kind: 'unsealed_too_long', entry: ids[0] }]);
  });

  test('PRIV-5: finds that every entry was removed, and that every seal was too', async () => {
    await db.doc('operators/op_1').create({ createdAt: Timestamp.now() });
    for (const id of ids) await db.doc(`auditLog/${id}`).delete();
    const { faults } = await verify();
    expect(faults.map(({ kind }) => kind)).toEqual(Array(10).fill('removed'));
    await db.recursiveDelete(db.collection('auditSeals'));
    expect((await verify()).faults).toEqual([{ kind: 'log_emptied' }]);
  });

  test('PRIV-5: finds a log that begins anew, though the team is older', async () => {
    await db.doc('users/u_1').create({ createdAt: Timestamp.now() });
    await db.recursiveDelete(db.collection('auditSeals'));
    await db.recursiveDelete(db.collection('auditLog'));
    expect((await verify()).faults).toEqual([{ kind: 'log_emptied' }]);
    await add(1);
    expect((await verify()).faults).toEqual([]);
    expect((await verify([], later(13 * 60))).faults).toContainEqual({ kind: 'seals_gone' });
  });

  test('PRIV-5: an empty database has nothing to prove', async () => {
    ({ db } = freshDatabase());
    expect((await verify()).faults).toEqual([]);
  });

  test('PRIV-5: finds a seal of a foreign form, with a field more or one less', async () => {
    const seal = db.doc('auditSeals/000000000002');
    const whole = (await seal.get()).data() ?? {};
    await seal.set({ ...whole, note: 'x' });
    expect((await verify()).faults).toContainEqual({ kind: 'seal_altered', seal: 2 });
    const { sealedAt: _sealedAt, ...less } = whole;
    await seal.set(less);
    expect((await verify()).faults).toContainEqual({ kind: 'seal_altered', seal: 2 });
    await seal.set({ ...whole, key: 'derived' });
    expect((await verify()).faults).toContainEqual({ kind: 'seal_altered', seal: 2 });
  });

  test('PRIV-5: finds a clock that was set back, and one that is ahead', async () => {
    await add(1);
    ahead = -16 * 60;
    await sealAuditLog(deps(), later());
    expect((await verify()).faults).toEqual([{ kind: 'seal_backdated', seal: 3 }]);
    await add(1);
    ahead = 16 * 60;
    await sealAuditLog(deps(), later());
    expect((await verify()).faults).toEqual([
      { kind: 'seal_backdated', seal: 3 },
      { kind: 'seal_gap', seal: 4 },
      { kind: 'seal_in_future', seal: 4 },
    ]);
  });

  test('PRIV-5: without AUDIT_KEY no chain can be made that passes, not even with the keys of the webhook', async () => {
    const foreign = testConfig('demo-unit', { AUDIT_KEY: Buffer.alloc(32, 7).toString('base64') });
    await db.recursiveDelete(db.collection('auditSeals'));
    await sealAuditLog({ ...deps(), config: foreign }, later());
    expect((await verify()).faults.map((fault) => fault.kind)).toContain('seal_altered');
  });
});
