import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Timestamp } from '@google-cloud/firestore';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { receiveInbound } from '../../functions/src/inbound/receive-inbound.ts';
import { newMessageSid } from '../support/emulator.ts';
import { messagingWorld, type MessagingWorld } from '../support/messaging-world.ts';
import { documentsOf } from '../support/people-world.ts';
import { runCommand, type Ran } from '../support/run-command.ts';

// The commands on stored data, as a person starts them: words in, lines and an exit code out.

const NUMBERS = ['+12025550143', '+12025550144', '+12025550199'] as const;
const KEYS = {
  old: `2025:${Buffer.alloc(32, 'a').toString('base64')}`,
  fresh: `2026:${Buffer.alloc(32, 'b').toString('base64')}`,
};
let world: MessagingWorld;
let folder: string;

const run = (words: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  runCommand([...words, '--project', world.projectId], environment);
const where = () => `the emulator's project ${world.projectId}`;
const printed = ({ out, err }: Ran) => out + err;

/** Two people with a number each, a text of one of them, and an opt-out of somebody unknown. */
async function live(settings: Readonly<Record<string, string>> = {}): Promise<[string, string]> {
  world = messagingWorld(settings);
  const ada = (await world.add(NUMBERS[0], { firstName: 'Ada' })).id;
  const ben = (await world.add(NUMBERS[1], { firstName: 'Ben' })).id;
  for (const [from, body] of [
    [NUMBERS[0], 'Hello'],
    [NUMBERS[2], 'STOP'],
  ] as const) {
    const text = { sid: newMessageSid(), from, body, segments: 1, media: [], optOutType: null };
    await receiveInbound(world.deps, text, 'request-in');
  }
  return [ada, ben];
}

async function actions(): Promise<unknown[]> {
  return Object.values(await documentsOf(world.db, 'auditLog'))
    .map(({ action }) => action)
    .filter((action) => String(action).startsWith('system.'));
}

function expectNoNumbers(text: string): void {
  for (const number of NUMBERS) expect(text).not.toContain(number.slice(2));
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('OPS-4: commands that are called wrongly', () => {
  const commands = ['integrity', 'migrate', 'export', 'restore', 'audit-verify', 'keys rotate'];

  test.each(commands)(
    'OPS-4: %s explains itself with --help, and refuses unknown options and a missing project name',
    async (command) => {
      const words = command.split(' ');
      const help = await runCommand([...words, '--help']);
      expect([help.code, help.err]).toEqual([0, '']);
      expect(help.out).toMatch(/^npm run /);
      const unknown = await runCommand([...words, '--frog']);
      expect([unknown.code, unknown.out]).toEqual([1, '']);
      expect(unknown.err).toMatch(/^\nUnknown option '--frog'\.?\nnpm run /);
      const nameless = await runCommand([...words, '--project']);
      expect([nameless.code, nameless.out]).toEqual([1, '']);
      expect(nameless.err).toContain("Option '--project <value>' argument missing\nnpm run ");
    },
  );

  test.each([
    ['a project that nobody has', ['--project', '../x'], {}, '\nThere is no project "../x".\n'],
    [
      'a project without credentials',
      ['--project', 'some-project'],
      { FIRESTORE_EMULATOR_HOST: '', PHONE_HASH_KEY: Buffer.alloc(32, 'x').toString('base64') },
      '\nThere are no credentials for some-project.\nSign in with `gcloud auth application-default login`.\n',
    ],
    [
      'a project beside an emulator',
      ['--project', 'some-project'],
      {},
      '\nA project is named, but FIRESTORE_EMULATOR_HOST is set.\n',
    ],
    [
      'no emulator',
      [],
      { FIRESTORE_EMULATOR_HOST: '127.0.0.1:1' },
      '\nNo Firestore emulator answers at 127.0.0.1:1.\nRun `npm start` first, or name a project with --project.\n',
    ],
    [
      'a key that is none',
      [],
      { PHONE_HASH_KEY: 'short' },
      '\nThe setting PHONE_HASH_KEY needs 32 bytes in base64.\n',
    ],
  ])(
    'OPS-4: %s is refused in words, with exit code 1 and without a stack',
    async (_what, words, environment, says) => {
      const { code, out, err } = await runCommand(['integrity', ...words], environment);
      expect([code, out]).toEqual([1, '']);
      expect(err.startsWith(says), err).toBe(true);
      expect(err).not.toContain('    at ');
    },
  );
});

describe('PRIV-4: npm run keys', () => {
  test('PRIV-4: prints a fresh value for each key, new ones each time', async () => {
    const [one, two] = [await runCommand(['keys']), await runCommand(['keys'])];
    const day = new Date().toISOString().slice(0, 10);
    const key = '[A-Za-z0-9+/]{43}=';
    expect(one.out).toMatch(
      new RegExp(
        `^PHONE_KEYS=${day}:${key}\nPHONE_HASH_KEY=${key}\nSESSION_KEYS=${day}:${key}\nAUDIT_KEY=${key}\n$`,
      ),
    );
    expect([one.code, one.err]).toEqual([0, '']);
    expect(two.out).not.toBe(one.out);
    expect((await runCommand(['keys', 'PHONE_HASH_KEY'])).out).toMatch(
      new RegExp(`^PHONE_HASH_KEY=${key}\n$`),
    );
    const wrong = await runCommand(['keys', 'FROG']);
    expect([wrong.code, wrong.out]).toEqual([1, '']);
    expect(wrong.err).toContain(
      '\nThere is no key FROG; there are PHONE_KEYS, PHONE_HASH_KEY, SESSION_KEYS, AUDIT_KEY.\n',
    );
  });

  test('PRIV-4: rotate counts with --dry-run, re-encrypts once, and then finds nothing to do', async () => {
    await live({ PHONE_KEYS: KEYS.old });
    const environment = { PHONE_KEYS: `${KEYS.fresh},${KEYS.old}` };
    const before = await documentsOf(world.db, 'users');
    const rotate = (...words: string[]) => run(['keys', 'rotate', ...words], environment);

    expect(await rotate('--dry-run')).toEqual({
      code: 0,
      out: `${where()}: 2 people.\nUnder 2026 before: 0.\nTo seal anew: 2 (2025 2).\n`,
      err: '  2 people, 2 to seal anew …\n',
    });
    expect(await documentsOf(world.db, 'users')).toEqual(before);
    expect(await rotate()).toEqual({
      code: 0,
      out: `${where()}: 2 people.\nUnder 2026 before: 0.\nSealed anew: 2 (2025 2).\n`,
      err: '  2 people, 2 sealed anew …\n',
    });
    const after = await documentsOf(world.db, 'users');
    for (const user of Object.values(after)) expect(user['phoneNumber']).toMatch(/^2026\./);
    expect((await rotate()).out).toBe(`${where()}: 2 people.\nUnder 2026 before: 2.\nSealed anew: 0.\n`);
    expect(await documentsOf(world.db, 'users')).toEqual(after);
    expect(await actions()).toEqual(['system.keys_rotated']);
  });

  test('PRIV-4: rotate names the person whose number no key opens, with exit code 1', async () => {
    const [ada] = await live({ PHONE_KEYS: KEYS.old });
    await world.db.doc(`users/${ada}`).update({ phoneNumber: '2020.x.y.z', sealedWith: '2020' });
    const ran = await run(['keys', 'rotate'], { PHONE_KEYS: `${KEYS.fresh},${KEYS.old}` });
    expect(ran.code).toBe(1);
    expect(ran.out).toContain(
      `Sealed anew: 1 (2025 1).\nNo key of the ring opens the numbers of 1: ${ada}.\n`,
    );
    expectNoNumbers(printed(ran));
  });
});

describe('OPS-4: npm run migrate', () => {
  const lines = (what: string, changed: string) =>
    `${where()}:\n${[
      ['numbers-name-their-key', 2],
      ['consent-events', 3],
      ['flagged-texts', 0],
      ['one-number', 2],
      ['search-words', 5],
    ]
      .map(([id, examined]) => `  ${String(id)}: .+: ${changed} of ${String(examined)} ${what}\\.\n`)
      .join('')}`;

  test('OPS-4: migrate counts with --dry-run, runs once, and says so the second time', async () => {
    await live();
    await world.db.doc('settings/schema').delete();
    for (const { ref } of (await world.db.collection('users').get()).docs)
      await ref.update({ sealedWith: 'x' });
    const dry = await run(['migrate', '--dry-run']);
    expect([dry.code, dry.err]).toEqual([0, '']);
    expect(dry.out).toMatch(new RegExp(`^${lines('to change', '\\d+')}$`));
    expect(await actions()).toEqual([]);

    const done = await run(['migrate']);
    expect(done.out).toMatch(new RegExp(`^${lines('changed', '\\d+')}$`));
    expect([done.code, done.err]).toEqual([0, '']);
    expect(await run(['migrate'])).toEqual({
      code: 0,
      out: `${where()}:\n  numbers-name-their-key: done before.\n  consent-events: done before.\n  flagged-texts: done before.\n  one-number: done before.\n  search-words: done before.\n`,
      err: '',
    });
    const again = await run(['migrate', '--again']);
    expect(again.out).toMatch(new RegExp(`^${lines('changed', '0')}$`));
    expect((await world.db.doc('settings/schema').get()).get('version')).toBe(5);
  });
});

describe('OPS-4: npm run integrity', () => {
  beforeEach(async () => void (await live()));

  test('OPS-4: integrity says what it checked, and that everything fits together', async () => {
    expect(await run(['integrity'])).toEqual({
      code: 0,
      out: `${where()}: 2 people, 3 numbers, 3 texts, 2 conversations, 1 events, 3 audit entries.\nEverything fits together.\n`,
      err: '',
    });
  });

  test('OPS-4: integrity names each fault by an id, never by a number, and exits with 1', async () => {
    const [ada, ben] = Object.entries(await documentsOf(world.db, 'users'))
      .toSorted(([, one], [, other]) => (String(one['firstName']) < String(other['firstName']) ? -1 : 1))
      .map(([id]) => id) as [string, string];
    await world.db.doc(`phoneKeys/${world.deps.vault.hash(NUMBERS[1])}`).delete();
    await world.db.doc(`conversations/${ada}`).update({ unread: 7 });
    // What no check expects in a field must not come out of it either.
    await world.db.doc('outgoingMessages/m_broken').set({ body: NUMBERS[0], queuedAt: Timestamp.now() });
    const found = await run(['integrity']);
    expect(found.code).toBe(1);
    expect(found.err.trimEnd().split('\n').toSorted()).toEqual(
      [
        `${ben}: is not found by their number.`,
        `${ada}: counts other unread messages than its log.`,
        'm_broken: is a log entry that cannot be read.',
      ].toSorted(),
    );
    expect(found.out).toContain('\n3 faults. A change during the run can look like one: run it again');
    expectNoNumbers(printed(found));
  });
});

describe('OPS-4: npm run export', () => {
  test('OPS-4: an export holds every document and no plain number, in files that only their owner can read', async () => {
    await live();
    const to = join(folder, 'good');
    const ran = await run(['export', '--to', to]);
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(ran.out).toContain('  users.jsonl: 2\n');
    expect(ran.out.endsWith(`Exported ${where()} to ${to}.\n`)).toBe(true);
    expect(statSync(to).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(to)) {
      expect(statSync(join(to, name)).mode & 0o777).toBe(0o600);
      const text = readFileSync(join(to, name), 'utf8');
      expectNoNumbers(text);
    }
    const users = readFileSync(join(to, 'users.jsonl'), 'utf8').trimEnd().split('\n');
    expect(
      users.map((line) => (JSON.parse(line) as { data: { firstName: string } }).data.firstName).toSorted(),
    ).toEqual(['Ada', 'Ben']);
    expect(await actions()).toEqual(['system.exported']);
    expect(ran.out).toContain('  auditLog.jsonl: 4\n');
  });

  test('OPS-4: an export overwrites nothing, and a second one is the same', async () => {
    await live();
    const [one, two] = [join(folder, 'one'), join(folder, 'two')];
    expect((await run(['export', '--to', one])).code).toBe(0);
    const again = await run(['export', '--to', one]);
    expect([again.code, again.out]).toEqual([1, '']);
    expect(again.err).toBe(`\n${one} is not empty.\nName a folder that is empty or does not exist yet.\n\n`);
    expect((await run(['export', '--to', two])).code).toBe(0);
    for (const name of ['users.jsonl', 'incomingMessages.jsonl', 'phoneKeys.jsonl'])
      expect(readFileSync(join(two, name), 'utf8')).toBe(readFileSync(join(one, name), 'utf8'));
    expect(await actions()).toEqual(['system.exported', 'system.exported']);
    const nowhere = await run(['export']);
    expect([nowhere.code, nowhere.err.startsWith('\nName the folder to write to.\nnpm run export')]).toEqual([
      1,
      true,
    ]);
    const file = await run(['export', '--to', join(one, 'users.jsonl')]);
    expect([file.code, file.out]).toEqual([1, '']);
    expect(file.err).toBe(
      `\n${join(one, 'users.jsonl')} is not a folder.\nName a folder that is empty or does not exist yet.\n\n`,
    );
    expect(existsSync(join(folder, 'three'))).toBe(false);
  });
});
