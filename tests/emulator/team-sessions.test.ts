import { beforeEach, describe, expect, test } from 'vitest';
import { startApi, testPassword, testStart, type TestApi } from '../support/api-in-process.ts';
import { freshDatabase } from '../support/emulator.ts';

let parley: TestApi;

beforeEach(() => {
  parley = startApi(freshDatabase().db);
});

describe('a session', () => {
  test('OP-2: begins with a cookie that only the server reads, and says who, until when, and how to listen', async () => {
    const owner = await parley.addOperator('Olga', 'owner');
    const answer = await parley.call('POST', '/session', {
      body: { email: 'Olga@Example.com', password: testPassword },
      headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' },
    });
    expect(answer.status).toBe(201);
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(
      /^__session=[\w-]+\.[\w-]+\.[\w-]+; Path=\/; HttpOnly; Secure; SameSite=Strict; Max-Age=14400$/,
    );
    expect(answer.body).toMatchObject({
      operator: { id: owner.id, email: 'olga@example.com', name: 'Olga', role: 'owner' },
      endsAt: '2026-03-02T13:00:00.000Z',
      live: { token: `live-${owner.id}`, projectId: parley.config.projectId, emulator: null },
      settings: { smsMode: 'simulation', defaultCountry: 'US' },
      resets: [],
    });
    const [session] = (await parley.deps.db.collection('sessions').get()).docs;
    expect(session?.data()).toMatchObject({
      operatorId: owner.id,
      address: '198.51.100.7',
      device: 'Firefox on Linux',
      endedAt: null,
    });
  });

  test('OP-9: the live token carries role, session and its end', async () => {
    await parley.addOperator('Vera', 'viewer');
    const cookie = await parley.signIn('vera@example.com');
    const { body } = await parley.call('GET', '/session', { cookie });
    const end = testStart.getTime() / 1000 + 4 * 60 * 60;
    const sid = (body as { sessionId: string }).sessionId;
    expect(parley.claims).toEqual([
      { role: 'viewer', sid, end },
      { role: 'viewer', sid, end },
    ]);
  });

  test('OP-2: ends 4 hours after sign-in to the second, whatever the activity', async () => {
    await parley.addOperator('Vera', 'viewer');
    parley.clock.set(new Date('2026-03-02T09:00:00.900Z'));
    const cookie = await parley.signIn('vera@example.com');
    const status = async (instant: string) => {
      parley.clock.set(new Date(instant));
      const { status, body } = await parley.call('GET', '/session', { cookie });
      return [status, (body as { errorCode?: string }).errorCode];
    };
    expect(await status('2026-03-02T11:00:00.000Z')).toEqual([200, undefined]);
    expect(await status('2026-03-02T12:59:59.999Z')).toEqual([200, undefined]);
    expect(await status('2026-03-02T13:00:00.000Z')).toEqual([401, 'SESSION_EXPIRED']);
    expect(await status('2026-03-03T09:00:00.000Z')).toEqual([401, 'SESSION_EXPIRED']);
  });

  test('OP-2: ends at once at sign-out, which takes the cookie away', async () => {
    await parley.addOperator('Vera', 'viewer');
    const cookie = await parley.signIn('vera@example.com');
    const out = await parley.call('DELETE', '/session', { cookie });
    expect(out.status).toBe(204);
    expect(out.headers.getSetCookie()).toEqual([
      '__session=; Path=/; HttpOnly; Secure; SameSite=Strict; Max-Age=0',
    ]);
    const after = await parley.call('GET', '/session', { cookie });
    expect([after.status, after.body]).toMatchObject([
      401,
      { errorCode: 'SESSION_ENDED', message: 'This session was ended. Sign in again.' },
    ]);
  });

  test('OP-2: ends at once when the operator is deactivated', async () => {
    const viewer = await parley.addOperator('Vera', 'viewer');
    await parley.addOperator('Ada', 'admin');
    const [cookie, admin] = [await parley.signIn('vera@example.com'), await parley.signIn('ada@example.com')];
    const patched = await parley.call('PATCH', `/operators/${viewer.id}`, {
      cookie: admin,
      body: { status: 'deactivated' },
    });
    expect(patched.body).toMatchObject({ status: 'deactivated' });
    expect(await parley.call('GET', '/session', { cookie })).toMatchObject({
      status: 401,
      body: { errorCode: 'SESSION_ENDED' },
    });
    const again = await parley.call('POST', '/session', {
      body: { email: viewer.email, password: testPassword },
    });
    expect(again).toMatchObject({ status: 401, body: { errorCode: 'CREDENTIALS_WRONG', details: null } });
  });

  test('OP-2: every session of an operator ends when the password changes', async () => {
    await parley.addOperator('Vera', 'viewer');
    const [one, two] = [await parley.signIn('vera@example.com'), await parley.signIn('vera@example.com')];
    const body = { currentPassword: testPassword, newPassword: 'a new long password' };
    const changed = await parley.call('POST', '/session/password', { cookie: one, body });
    expect(changed.status).toBe(204);
    for (const cookie of [one, two]) {
      expect(await parley.call('GET', '/session', { cookie })).toMatchObject({
        status: 401,
        body: { errorCode: 'SESSION_ENDED' },
      });
    }
    const sign = (password: string) =>
      parley.call('POST', '/session', { body: { email: 'vera@example.com', password } });
    expect((await sign(testPassword)).status).toBe(401);
    expect((await sign('a new long password')).status).toBe(201);
  });

  test('OP-5: a stolen session cannot guess the current password', async () => {
    await parley.addOperator('Vera', 'viewer');
    const cookie = await parley.signIn('vera@example.com');
    const change = (currentPassword: string) =>
      parley.call('POST', '/session/password', {
        cookie,
        body: { currentPassword, newPassword: 'a new long password' },
      });
    for (let guess = 0; guess < 5; guess += 1) {
      expect(await change('guess')).toMatchObject({ status: 401, body: { errorCode: 'CREDENTIALS_WRONG' } });
    }
    expect(await change(testPassword)).toMatchObject({
      status: 429,
      body: { errorCode: 'SIGN_IN_LOCKED', details: { retryAfterSeconds: 600 } },
    });
    expect((await parley.call('GET', '/session', { cookie })).status).toBe(200);
    // It is about changing the password: who knows it signs in.
    expect(await parley.signIn('vera@example.com')).toMatch(/^__session=/);
  });

  test('OP-6: a new role counts from the next request on', async () => {
    const viewer = await parley.addOperator('Vera', 'viewer');
    await parley.addOperator('Olga', 'owner');
    const [cookie, owner] = [
      await parley.signIn('vera@example.com'),
      await parley.signIn('olga@example.com'),
    ];
    const audit = () => parley.call('GET', '/audit', { cookie });
    expect(await audit()).toMatchObject({
      status: 403,
      body: { errorCode: 'PERMISSION_DENIED', details: { needs: 'admin' } },
    });
    await parley.call('PATCH', `/operators/${viewer.id}`, { cookie: owner, body: { role: 'admin' } });
    expect((await audit()).status).toBe(200);
    expect(await parley.call('GET', '/session', { cookie })).toMatchObject({
      body: { operator: { role: 'admin' } },
    });
    expect(parley.claims.at(-1)).toMatchObject({ role: 'admin' });
    await parley.call('PATCH', `/operators/${viewer.id}`, { cookie: owner, body: { role: 'viewer' } });
    expect((await audit()).status).toBe(403);
  });

  test('OP-2: a deactivation at the same moment as a sign-in leaves no live session', async () => {
    await parley.addOperator('Ada', 'admin');
    const admin = await parley.signIn('ada@example.com');
    const viewer = await parley.addOperator('Vera', 'viewer');
    for (let round = 0; round < 2; round += 1) {
      const deactivate = () =>
        parley.call('PATCH', `/operators/${viewer.id}`, { cookie: admin, body: { status: 'deactivated' } });
      const signIn = () =>
        parley.call('POST', '/session', {
          body: { email: viewer.email, password: testPassword },
          address: `203.0.113.${round}`,
        });
      const answers = await Promise.all(
        round % 2 === 0 ? [signIn(), deactivate()] : [deactivate(), signIn()],
      );
      expect(answers.map(({ status }) => status)).toContain(200);
      const live = await parley.deps.db
        .collection('sessions')
        .where('operatorId', '==', viewer.id)
        .where('endedAt', '==', null)
        .get();
      expect(live.size).toBe(0);
      await parley.call('PATCH', `/operators/${viewer.id}`, { cookie: admin, body: { status: 'active' } });
      await parley.deps.db.recursiveDelete(parley.deps.db.collection('signInAttempts'));
    }
  });
});

describe('the list of sessions', () => {
  type Listed = {
    items: { id: string; operator: string; device: string; current: boolean; address: string }[];
    nextCursor: string | null;
  };
  const list = async (cookie: string, query = '') =>
    (await parley.call('GET', `/sessions${query}`, { cookie })).body as Listed;

  test('OP-7: everybody sees and ends their own; others are as if they were not there', async () => {
    await parley.addOperator('Vera', 'viewer');
    await parley.addOperator('Ole', 'operator');
    const [here, there] = [
      await parley.signIn('vera@example.com'),
      await parley.signIn('vera@example.com', '2001:db8::1'),
    ];
    const other = await parley.signIn('ole@example.com');
    const mine = await list(here);
    expect(mine.items.map((item) => [item.operator, item.current, item.address]).sort()).toEqual([
      ['Vera', false, '2001:db8::1'],
      ['Vera', true, '198.51.100.7'],
    ]);
    const elsewhere = mine.items.find((item) => !item.current);
    expect((await parley.call('DELETE', `/sessions/${elsewhere?.id}`, { cookie: here })).status).toBe(204);
    expect((await parley.call('GET', '/session', { cookie: there })).status).toBe(401);
    const [foreign] = (await list(other)).items;
    const end = await parley.call('DELETE', `/sessions/${foreign?.id}`, { cookie: here });
    const nowhere = await parley.call('DELETE', '/sessions/nosuch', { cookie: here });
    expect([end.status, nowhere.status]).toEqual([404, 404]);
    expect((await parley.call('GET', '/session', { cookie: other })).status).toBe(200);
    expect(await parley.call('GET', '/sessions?all=true', { cookie: here })).toMatchObject({
      status: 403,
      body: { errorCode: 'PERMISSION_DENIED' },
    });
  });

  test("OP-7: an admin sees all, page by page, and ends any but an owner's, which takes an owner", async () => {
    await parley.addOperator('Ada', 'admin');
    const owner = await parley.addOperator('Olga', 'owner');
    await parley.addOperator('Otto', 'owner');
    const admin = await parley.signIn('ada@example.com');
    const cookies = [];
    for (let second = 0; second < 4; second += 1) {
      parley.clock.forward(1);
      cookies.push(await parley.signIn('olga@example.com'));
    }
    const first = await list(admin, '?all=true&limit=3');
    const second = await list(admin, `?all=true&limit=3&cursor=${first.nextCursor ?? ''}`);
    expect(first.items.map((item) => item.operator)).toEqual(['Olga', 'Olga', 'Olga']);
    expect(second.items.map((item) => item.operator)).toEqual(['Olga', 'Ada']);
    expect(second.nextCursor).toBeNull();
    const seen = new Set([...first.items, ...second.items].map((item) => item.id));
    expect(seen.size).toBe(5);
    const newest = `/sessions/${first.items[0]?.id}`;
    expect(await parley.call('DELETE', newest, { cookie: admin })).toMatchObject({
      status: 403,
      body: { errorCode: 'PERMISSION_DENIED', message: "Only an owner ends an owner's session." },
    });
    const otto = await parley.signIn('otto@example.com');
    expect((await parley.call('DELETE', newest, { cookie: otto })).status).toBe(204);
    const states = await Promise.all(
      cookies.map(async (cookie) => (await parley.call('GET', '/session', { cookie })).status),
    );
    expect(states).toEqual([200, 200, 200, 401]);
    expect((await list(admin, '?all=true')).items).toHaveLength(5);
    const audit = await parley.call('GET', `/audit?action=session.ended`, { cookie: admin });
    expect(audit.body).toMatchObject({
      items: [
        {
          target: { kind: 'session', id: first.items[0]?.id },
          after: { reason: 'ended', operatorId: owner.id },
        },
      ],
    });
  });

  test('OP-7: a cursor for one list is no cursor for another', async () => {
    await parley.addOperator('Ada', 'admin');
    const cookie = await parley.signIn('ada@example.com');
    await parley.signIn('ada@example.com');
    const { nextCursor } = await list(cookie, '?limit=1');
    expect(nextCursor).not.toBeNull();
    expect(await parley.call('GET', `/sessions?all=true&cursor=${nextCursor}`, { cookie })).toMatchObject({
      status: 400,
      body: { errorCode: 'BAD_CURSOR' },
    });
    expect((await parley.call('GET', `/sessions?cursor=${nextCursor}`, { cookie })).status).toBe(200);
  });
});
