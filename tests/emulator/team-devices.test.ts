import { FieldValue } from '@google-cloud/firestore';
import { beforeEach, describe, expect, test } from 'vitest';
import type { InvitedOperator } from '../../functions/src/contract/team.ts';
import { startApi, testPassword, type TestApi } from '../support/api-in-process.ts';
import { freshDatabase } from '../support/emulator.ts';
import { textOf } from '../support/refusals.ts';

let parley: TestApi;
beforeEach(async () => {
  parley = startApi(freshDatabase().db);
  await parley.addOperator('Olga', 'owner');
});

const attempt = (
  password: string,
  devices: string[] = [],
  address = '198.51.100.7',
  email = 'olga@example.com',
) => parley.call('POST', '/session', { body: { email, password, devices }, address });
/** Signs in; answers what the browser keeps. */
const deviceOf = async (email = 'olga@example.com') =>
  textOf((await attempt(testPassword, [], '198.51.100.7', email)).body, 'device');

/** Strangers at many addresses lock the account, the address of its owner too. */
async function lockOut(): Promise<void> {
  for (let each = 0; each < 20; each += 1) await attempt('wrong', [], `203.0.113.${each}`);
  for (let each = 0; each < 5; each += 1)
    await attempt('wrong', [], '198.51.100.7', `nobody${each}@example.com`);
  expect((await attempt(testPassword)).status).toBe(429);
  expect((await attempt(testPassword, [], '192.0.2.1')).status).toBe(429);
}

describe('a device that has signed in before', () => {
  test('OP-5: gets in while strangers keep account and address locked', async () => {
    const device = await deviceOf();
    await lockOut();
    expect((await attempt(testPassword, [device])).status).toBe(201);
    expect((await attempt(testPassword, ['nonsense', device], '192.0.2.9')).status).toBe(201);
    // That frees nobody else.
    expect((await attempt(testPassword)).status).toBe(429);
  });

  test('OP-5: is counted by itself: five failures lock it for ten minutes, and nothing else', async () => {
    const device = await deviceOf();
    for (let each = 0; each < 5; each += 1) expect((await attempt('wrong', [device])).status).toBe(401);
    expect(await attempt(testPassword, [device])).toMatchObject({
      status: 429,
      body: { errorCode: 'SIGN_IN_LOCKED', details: { retryAfterSeconds: 600 } },
    });
    expect((await attempt(testPassword)).status).toBe(201);
    parley.clock.forward(600);
    expect((await attempt(testPassword, [device])).status).toBe(201);
  });

  test('OP-5: stays the same device, so that signing in gives nobody a fresh counter', async () => {
    const device = await deviceOf();
    for (let each = 0; each < 4; each += 1) await attempt('wrong', [device]);
    const second = textOf((await attempt(testPassword, [device])).body, 'device');
    for (let each = 0; each < 5; each += 1) await attempt('wrong', [second]);
    expect((await attempt(testPassword, [device])).status).toBe(429);
  });

  test('OP-5: opens nothing by itself, and is no session', async () => {
    const device = await deviceOf();
    expect((await attempt('wrong', [device])).status).toBe(401);
    expect((await parley.call('GET', '/session', { cookie: `__session=${device}` })).status).toBe(401);
  });

  test('OP-5: is a stranger to every other account, and so is a session token or a forged one', async () => {
    await parley.addOperator('Vera', 'viewer');
    const veras = await deviceOf('vera@example.com');
    const session = (await parley.signIn('olga@example.com')).slice('__session='.length);
    const own = await deviceOf();
    const [head, , signature] = own.split('.');
    const body = Buffer.from(
      JSON.stringify({ sub: 'x', jti: 'y', pwd: 0, exp: 9_999_999_999, iss: 'parley device' }),
    );
    await lockOut();
    for (const device of [veras, session, `${head}.${body.toString('base64url')}.${signature}`])
      expect((await attempt(testPassword, [device])).status).toBe(429);
  });

  test('OP-5: is a stranger again after 90 days, and after a new password', async () => {
    const old = await deviceOf();
    parley.clock.forward(1);
    const cookie = await parley.signIn('olga@example.com');
    const change = { currentPassword: testPassword, newPassword: 'a new long password' };
    expect((await parley.call('POST', '/session/password', { cookie, body: change })).status).toBe(204);
    const young = textOf((await attempt('a new long password')).body, 'device');
    await lockOut();
    expect((await attempt('a new long password', [old])).status).toBe(429);
    expect((await attempt('a new long password', [young])).status).toBe(201);
    parley.clock.forward(90 * 24 * 60 * 60);
    await lockOut();
    expect((await attempt('a new long password', [young])).status).toBe(429);
  });
});

describe('a reset of a password', () => {
  const reset = async (by: string, id: string) =>
    (
      (await parley.call('PATCH', `/operators/${id}`, { cookie: by, body: { reinvite: true } }))
        .body as InvitedOperator
    ).invitation;
  const join = (token: string, password: string) =>
    parley.call('POST', '/operators/invitation', { body: { token, password } });

  test('OP-5, OP-7: lifts the lock-out of who forgot it, at the very address', async () => {
    const vera = await parley.addOperator('Vera', 'viewer');
    const olga = await parley.signIn('olga@example.com');
    for (let each = 0; each < 6; each += 1) await attempt('forgotten', [], '192.0.2.9', 'vera@example.com');
    for (let each = 0; each < 16; each += 1)
      await attempt('guess', [], `203.0.113.${each}`, 'vera@example.com');
    expect((await attempt(testPassword, [], '192.0.2.77', 'vera@example.com')).status).toBe(429);
    parley.clock.forward(1);
    expect((await join(await reset(olga, vera.id), 'a password of hers')).status).toBe(200);
    expect((await attempt('a password of hers', [], '192.0.2.9', 'vera@example.com')).status).toBe(201);
    // The address stays locked to others, since not she alone could have been guessing there.
    expect((await attempt('x', [], '192.0.2.9', 'nobody@example.com')).status).toBe(429);
  });

  test('OP-7: is shown to the person at every sign-in for two weeks, with who made the link, also when that admin used it themselves', async () => {
    const vera = await parley.addOperator('Vera', 'viewer');
    await parley.addOperator('Ada', 'admin');
    const ada = await parley.signIn('ada@example.com');
    const before = await parley.signIn('vera@example.com');
    const first = await reset(ada, vera.id);
    parley.clock.forward(60);
    await join(first, 'known to the admin');
    expect((await parley.call('GET', '/session', { cookie: before })).status).toBe(401);
    // Later links, used or not, hide nothing.
    parley.clock.forward(60);
    await reset(ada, vera.id);
    await join(await reset(ada, vera.id), 'a password of hers');
    const told = async () => {
      const { body } = await attempt('a password of hers', [], '192.0.2.9', 'vera@example.com');
      return (body as { resets: unknown }).resets;
    };
    const both = [
      { by: 'Ada', at: '2026-03-02T09:00:00.000Z', usedAt: '2026-03-02T09:01:00.000Z' },
      { by: 'Ada', at: '2026-03-02T09:02:00.000Z', usedAt: '2026-03-02T09:02:00.000Z' },
    ];
    expect(await told()).toEqual(both);
    parley.clock.forward(13 * 24 * 60 * 60);
    expect(await told()).toEqual(both);
    parley.clock.forward(24 * 60 * 60);
    expect(await told()).toEqual([]);
  });

  test('OP-7: a link that was not used is shown as well', async () => {
    const vera = await parley.addOperator('Vera', 'viewer');
    await reset(await parley.signIn('olga@example.com'), vera.id);
    const { body } = await attempt(testPassword, [], '192.0.2.9', 'vera@example.com');
    expect(body).toMatchObject({ resets: [{ by: 'Olga', at: '2026-03-02T09:00:00.000Z', usedAt: null }] });
  });

  test('PRIV-5: is in the audit log on both sides: who made the link, and whose link was used', async () => {
    const vera = await parley.addOperator('Vera', 'viewer');
    const ada = await parley.addOperator('Ada', 'admin');
    const cookie = await parley.signIn('ada@example.com');
    await join(await reset(cookie, vera.id), 'a password of hers');
    const { body } = await parley.call('GET', '/audit', { cookie });
    const items = (
      body as { items: { action: string; actor: { id: string }; target: { id: string }; after: unknown }[] }
    ).items;
    const about = items.filter(({ target }) => target.id === vera.id);
    expect(about.map(({ action, actor, after }) => [action, actor.id, after]).reverse()).toEqual([
      ['operator.invited', ada.id, { role: 'viewer', again: true, reset: true }],
      ['operator.password_changed', vera.id, { status: 'active', sessionsEnded: 0, linkBy: ada.id }],
    ]);
  });

  test('OP-7: works for an operator and a link from before resets were kept', async () => {
    const { db } = parley.deps;
    const vera = await parley.addOperator('Vera', 'viewer');
    const token = await reset(await parley.signIn('olga@example.com'), vera.id);
    const { hash, expiresAt } = (await db.doc(`operators/${vera.id}`).get()).get('invitation') as Record<
      string,
      unknown
    >;
    await db
      .doc(`operators/${vera.id}`)
      .update({ invitation: { hash, expiresAt }, resets: FieldValue.delete() });
    expect((await join(token, 'a password of hers')).status).toBe(200);
    const { body } = await attempt('a password of hers', [], '192.0.2.9', 'vera@example.com');
    expect(body).toMatchObject({ resets: [{ by: 'An admin', usedAt: '2026-03-02T09:00:00.000Z' }] });
  });
});

test('OP-7: a viewer sees the team without e-mails; the others see them', async () => {
  const emails = async (name: string, role: 'viewer' | 'operator' | 'admin') => {
    await parley.addOperator(name, role);
    const cookie = await parley.signIn(`${name.toLowerCase()}@example.com`);
    const { body } = await parley.call('GET', '/operators', { cookie });
    return (body as { items: { email: string | null }[] }).items.map(({ email }) => email);
  };
  expect(await emails('Vera', 'viewer')).toEqual([null, null]);
  expect((await emails('Ole', 'operator')).sort()).toEqual([
    'ole@example.com',
    'olga@example.com',
    'vera@example.com',
  ]);
  expect(await emails('Ada', 'admin')).not.toContain(null);
});
