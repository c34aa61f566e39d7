import { Timestamp, type Firestore } from '@google-cloud/firestore';
import { beforeEach, describe, expect, test } from 'vitest';
import { appendAudit, SYSTEM_ACTOR } from '../../functions/src/audit/append.ts';
import { sealAuditLog, SEAL_MARGIN_SECONDS } from '../../functions/src/audit/seal.ts';
import { verifyAuditLog, type AuditFault, type AuditReport } from '../../functions/src/audit/verify.ts';
import { randomIds } from '../../functions/src/platform/ids.ts';
import { createLog } from '../../functions/src/platform/log.ts';
import { testConfig } from '../support/api-in-process.ts';
import { freshDatabase } from '../support/emulator.ts';

let db: Firestore;
let lines: string[];
const config = testConfig();

beforeEach(() => {
  ({ db } = freshDatabase());
  lines = [];
});

const deps = () => ({ db, config, ids: randomIds, log: createLog((line) => lines.push(line)) });

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
  options: { now?: Date; expected?: { seq: number; hash: string } } = {},
): Promise<{ faults: AuditFault[]; report: AuditReport }> {
  const faults: AuditFault[] = [];
  const report = await verifyAuditLog(deps(), { now: new Date(), ...options }, (fault) => faults.push(fault));
  return { faults, report };
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
    expect((await verify()).report).toEqual({
      seals: 2,
      entries: 5,
      unsealed: 0,
      last: { seq: 2, hash: seals[1]?.get('hash') as string },
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
    const { last } = (await verify()).report;
    expect(JSON.parse(line)).toMatchObject({ event: 'audit.sealed', seq: 1, entries: 1, hash: last?.hash });
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

  test('PRIV-5: finds a tail that was cut off, by a seal known from the log', async () => {
    const expected = (await verify()).report.last ?? { seq: 0, hash: '' };
    await db.doc('auditSeals/000000000002').delete();
    for (const id of ids.slice(5)) await db.doc(`auditLog/${id}`).delete();
    expect((await verify()).faults).toEqual([]);
    expect((await verify({ expected })).faults).toEqual([{ kind: 'seal_unexpected', seal: 2 }]);
  });

  test('PRIV-5: finds seals that were taken away so that entries stand unsealed for long', async () => {
    await db.doc('auditSeals/000000000002').delete();
    const { faults } = await verify({ now: later(3601) });
    expect(faults).toEqual(ids.slice(5).map((entry) => ({ kind: 'unsealed_too_long', entry })));
  });

  test('PRIV-5: without the key no chain can be made that passes', async () => {
    const foreign = testConfig('demo-unit', { PHONE_HASH_KEY: Buffer.alloc(32, 7).toString('base64') });
    await db.recursiveDelete(db.collection('auditSeals'));
    await sealAuditLog({ ...deps(), config: foreign }, later());
    expect((await verify()).faults.map((fault) => fault.kind)).toContain('seal_altered');
  });
});
