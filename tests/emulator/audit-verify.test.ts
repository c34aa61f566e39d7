import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Firestore } from '@google-cloud/firestore';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sealAuditLog } from '../../functions/src/audit/seal.ts';
import { systemClock } from '../../functions/src/platform/clock.ts';
import { startApi, type TestApi } from '../support/api-in-process.ts';
import { freshDatabase } from '../support/emulator.ts';
import { runCommand } from '../support/run-command.ts';

let db: Firestore;
let projectId: string;
let parley: TestApi;
let folder: string;

const verify = (...words: string[]) => runCommand(['audit-verify', ...words, '--project', projectId]);
const soon = () => new Date(Date.now() + 600_000);
const seal = (clock = systemClock) => sealAuditLog({ ...parley.deps, clock }, soon());

/** The log lines of the seals so far, in a file, as Cloud Logging gives them. */
function logFile(): string {
  const file = join(folder, 'sealed.json');
  const entries = parley.lines.map((line) => ({ insertId: 'x', jsonPayload: JSON.parse(line) as object }));
  writeFileSync(file, JSON.stringify(entries));
  return file;
}

async function removeNewest(entries: number): Promise<void> {
  const newest = await db.collection('auditLog').orderBy('at', 'desc').limit(entries).get();
  await Promise.all(newest.docs.map((each) => each.ref.delete()));
  const [last] = (await db.collection('auditSeals').orderBy('seq', 'desc').limit(1).get()).docs;
  await last?.ref.delete();
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-audit-'));
  ({ db, projectId } = freshDatabase());
  parley = startApi(db);
  await parley.addOperator('Olga', 'owner');
  await parley.signIn('olga@example.com');
  await seal();
  await parley.signIn('olga@example.com');
  await seal();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('PRIV-5: npm run audit:verify', () => {
  test('PRIV-5: says what is sealed, and how much at the end cannot be proven', async () => {
    const ran = await verify('--log', logFile());
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(ran.out).toMatch(
      new RegExp(
        [
          `^The audit log of the emulator's project ${projectId}: 2 entries in 2 seals, 0 not sealed yet\\.`,
          'The last (1 minute is|\\d minutes are) not sealed yet and cannot be proven\\.',
          '2 seals known from elsewhere compared, up to seal 2\\.',
          'Last seal: 2:[0-9a-f]{64}  \\(note it down, and give it with --seal the next time\\)',
          'Nothing that is sealed was edited, removed, moved or slipped in\\.\\n$',
        ].join('\\n'),
      ),
    );
  });

  test('PRIV-5: a cut that is minutes old is found by the log lines, and not without them', async () => {
    const file = logFile();
    await removeNewest(1);
    const alone = await verify();
    expect(alone.code).toBe(0);
    expect(alone.out).toContain('shows only against the log: see --log.');
    const compared = await verify('--log', file);
    expect([compared.code, compared.err]).toEqual([
      1,
      'Seal 2 is known from elsewhere and not here: the log was cut off, or made anew.\n',
    ]);
  });

  test('PRIV-5: a cut that is half an hour old is found without anything else', async () => {
    await db.recursiveDelete(db.collection('auditSeals'));
    await seal({ now: () => new Date(Date.now() - 28 * 60_000) });
    const ran = await verify();
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/^Seal 1 is the newest and too old: newer seals were removed together/);
    expect(ran.out).toMatch(/The last 2[89] minutes are not sealed yet and cannot be proven/);
  });

  test('PRIV-5: an emptied log is a fault, with its seals and without', async () => {
    await db.recursiveDelete(db.collection('auditLog'));
    const sealed = await verify();
    expect([sealed.code, sealed.err.match(/was removed after it was sealed/g)?.length]).toEqual([1, 2]);
    await db.recursiveDelete(db.collection('auditSeals'));
    const empty = await verify();
    expect([empty.code, empty.err]).toEqual([
      1,
      'The log is empty, though there are operators or people, each added with an entry: it was emptied.\n',
    ]);
  });

  test('PRIV-5: prints some of many faults, and counts the rest', async () => {
    for (let each = 0; each < 13; each += 1) await parley.signIn('olga@example.com');
    await seal();
    await db.recursiveDelete(db.collection('auditLog'));
    const ran = await verify();
    expect(ran.err.split('\n')).toHaveLength(12);
    expect(ran.err).toContain('… and 5 more: was removed after it was sealed.\n');
    expect(ran.out.endsWith('15 faults.\n')).toBe(true);
  });

  test('PRIV-5: a log without a seal in it, a file that is not there and a seal that is none are refused', async () => {
    const file = join(folder, 'empty.json');
    writeFileSync(file, '[]');
    expect((await verify('--log', file)).err).toContain(`There is no seal in ${file}.`);
    expect((await verify('--log', join(folder, 'none.json'))).err).toContain('cannot be read.');
    expect((await verify('--seal', '2')).err).toContain(
      '--seal is a number, a colon and 64 hexadecimal digits.',
    );
  });
});
