import type { Firestore } from '@google-cloud/firestore';
import { beforeEach, describe, expect, test } from 'vitest';
import { sealAuditLog } from '../../functions/src/audit/seal.ts';
import { systemClock } from '../../functions/src/platform/clock.ts';
import { startApi, testPassword, type TestApi } from '../support/api-in-process.ts';
import { freshDatabase } from '../support/emulator.ts';
import { runCommand } from '../support/run-command.ts';

let db: Firestore;
let projectId: string;
let parley: TestApi;

beforeEach(() => {
  ({ db, projectId } = freshDatabase());
  parley = startApi(db);
});

/** Runs a command against this test's database. */
const run = (command: string, ...args: string[]) => runCommand([command, ...args, '--project', projectId]);

describe('npm run operators', () => {
  test('OP-7: adds the first owner by a link, who joins and signs in', async () => {
    const added = await run(
      'operators',
      'add',
      '--email',
      'Olga@Example.com',
      '--name',
      'Olga',
      '--role',
      'owner',
    );
    expect(added).toMatchObject({ code: 0, err: '' });
    const token = /^http:\/\/127\.0\.0\.1:5000\/join#([\w-]{43})$/m.exec(added.out)?.[1] ?? '';
    parley.clock.set(new Date());
    const body = { token, password: 'a password of hers' };
    expect(await parley.call('POST', '/operators/invitation', { body })).toMatchObject({
      status: 200,
      body: { email: 'olga@example.com' },
    });
    const signIn = await parley.call('POST', '/session', {
      body: { email: 'olga@example.com', password: 'a password of hers' },
    });
    expect(signIn).toMatchObject({ status: 201, body: { operator: { role: 'owner' } } });
    expect((await run('operators', 'list')).out).toBe('owner     active       olga@example.com  Olga\n');
  });

  test('OP-7: gives a new link to who lost theirs, and the old one is worth nothing', async () => {
    const link = (out: string) => /join#([\w-]{43})/.exec(out)?.[1] ?? '';
    const first = link(
      (await run('operators', 'add', '--email', 'olga@example.com', '--name', 'Olga', '--role', 'owner')).out,
    );
    const second = await run(
      'operators',
      'invite',
      '--email',
      'olga@example.com',
      '--console',
      'https://parley.example/',
    );
    expect(second.out).toContain('https://parley.example/join#');
    parley.clock.set(new Date());
    const join = (token: string) =>
      parley.call('POST', '/operators/invitation', { body: { token, password: 'a password of hers' } });
    expect((await join(first)).status).toBe(410);
    expect((await join(link(second.out))).status).toBe(200);
    const actions = (await db.collection('auditLog').orderBy('at').get()).docs.map((each) => [
      each.get('action') as string,
      (each.get('actor') as { label: string }).label,
    ]);
    expect(actions).toEqual([
      ['operator.invited', 'Command line'],
      ['operator.invited', 'Command line'],
      ['operator.joined', 'Olga'],
    ]);
  });

  test('OP-5: lifts a lock-out, on record, also at the address where it came about', async () => {
    const olga = await parley.addOperator('Olga', 'owner');
    const attempt = (password: string) =>
      parley.call('POST', '/session', { body: { email: 'olga@example.com', password } });
    parley.clock.set(new Date(Date.now() - 1000));
    for (let each = 0; each < 5; each += 1) await attempt('wrong');
    expect((await attempt(testPassword)).status).toBe(429);
    const unlocked = await run('operators', 'unlock', '--email', 'Olga@example.com');
    expect(unlocked).toMatchObject({ code: 0, err: '' });
    parley.clock.set(new Date());
    expect((await attempt(testPassword)).status).toBe(201);
    const entries = (await db.collection('auditLog').where('action', '==', 'operator.unlocked').get()).docs;
    expect(entries.map((each): unknown[] => [each.get('actor'), each.get('target')])).toEqual([
      [
        { kind: 'system', id: null, label: 'Command line' },
        { kind: 'operator', id: olga.id },
      ],
    ]);
    const unknown = await run('operators', 'unlock', '--email', 'nobody@example.com');
    expect(unknown.code).toBe(1);
    expect(unknown.err).toContain('There is no operator nobody@example.com.');
  });

  test('OP-7: refuses in words, with what to do', async () => {
    expect(await run('operators', 'add', '--email', 'nobody', '--role', 'king')).toMatchObject({
      code: 1,
      out: '',
    });
    await parley.addOperator('Olga', 'owner');
    const taken = await run(
      'operators',
      'add',
      '--email',
      'olga@example.com',
      '--name',
      'Olga',
      '--role',
      'owner',
    );
    expect([taken.code, taken.err]).toEqual([
      1,
      expect.stringContaining('There is an operator olga@example.com already.'),
    ]);
  });
});

test('PRIV-5: npm run audit:verify says that all is well, and with an exit code that it is not', async () => {
  await parley.addOperator('Olga', 'owner');
  await parley.signIn('olga@example.com');
  await sealAuditLog({ ...parley.deps, clock: systemClock }, new Date(Date.now() + 600_000));
  const good = await run('audit-verify');
  expect(good.code).toBe(0);
  expect(good.out).toContain('1 entry in 1 seal, 0 not sealed yet');
  const [, seal = ''] = /Last seal: (\d+:[0-9a-f]{64})/.exec(good.out) ?? [];
  expect((await run('audit-verify', '--seal', seal)).code).toBe(0);

  const [entry] = (await db.collection('auditLog').get()).docs;
  await entry?.ref.update({ address: '192.0.2.1' });
  const bad = await run('audit-verify');
  expect([bad.code, bad.err]).toEqual([
    1,
    `Entry ${entry?.id ?? ''} (seal 1) was changed after it was sealed.\n`,
  ]);
});
