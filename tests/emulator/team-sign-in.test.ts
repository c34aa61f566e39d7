import type { Timestamp } from '@google-cloud/firestore';
import { beforeEach, describe, expect, test } from 'vitest';
import { createApi } from '../../functions/src/entry/http/app.ts';
import { directBcrypt, type Bcrypt } from '../../functions/src/platform/bcrypt.ts';
import { passwordGate } from '../../functions/src/team/password-gate.ts';
import { startApi, testPassword, testStart, type TestApi } from '../support/api-in-process.ts';
import { freshDatabase } from '../support/emulator.ts';

let parley: TestApi;

beforeEach(async () => {
  parley = startApi(freshDatabase().db);
  await parley.addOperator('Vera', 'viewer');
});

const attempt = (email: string, password: string, address = '198.51.100.7') =>
  parley.call('POST', '/session', { body: { email, password }, address });

/** What a caller can tell two answers apart by, but for the request's own id and time. */
function look(answer: Awaited<ReturnType<typeof attempt>>) {
  const { requestId: _id, timestamp: _time, ...body } = answer.body as Record<string, unknown>;
  const headers = Object.fromEntries([...answer.headers].filter(([name]) => name !== 'x-request-id'));
  return { status: answer.status, body, headers };
}

describe('a sign-in that fails', () => {
  test('OP-1: an unknown e-mail and a wrong password look the same, the whole way to the lock', async () => {
    const looks = { known: [] as unknown[], unknown: [] as unknown[] };
    for (let each = 0; each < 7; each += 1) {
      looks.known.push(look(await attempt('vera@example.com', 'wrong', '203.0.113.1')));
      looks.unknown.push(look(await attempt('nobody@example.com', 'wrong', '192.0.2.1')));
    }
    expect(looks.unknown).toEqual(looks.known);
    expect(looks.known.map((each) => (each as { status: number }).status)).toEqual([
      401, 401, 401, 401, 401, 429, 429,
    ]);
  });

  test('OP-1: an operator who has not joined or is deactivated looks like an unknown one', async () => {
    await parley.addOperator('Ina', 'viewer', { status: 'invited', passwordHash: null });
    await parley.addOperator('Dora', 'viewer', { status: 'deactivated' });
    const wrong = look(await attempt('nobody@example.com', testPassword, '203.0.113.1'));
    expect(look(await attempt('ina@example.com', testPassword, '203.0.113.2'))).toEqual(wrong);
    expect(look(await attempt('dora@example.com', testPassword, '203.0.113.3'))).toEqual(wrong);
  });

  test('OP-1: a password of 73 bytes is refused, not cut to the 72 that would be right', async () => {
    const long = 'p'.repeat(72);
    const cookie = await parley.signIn('vera@example.com');
    const change = (newPassword: string) =>
      parley.call('POST', '/session/password', {
        cookie,
        body: { currentPassword: testPassword, newPassword },
      });
    expect(await change(`${long}p`)).toMatchObject({
      status: 400,
      body: { errorCode: 'PASSWORD_UNACCEPTABLE' },
    });
    expect((await change(long)).status).toBe(204);
    expect((await attempt('vera@example.com', `${long}p`)).status).toBe(401);
    expect((await attempt('vera@example.com', long)).status).toBe(201);
  });

  test('OP-1: 12 bytes are enough and 11 are not, counted as UTF-8', async () => {
    const cookie = await parley.signIn('vera@example.com');
    const change = (newPassword: string) =>
      parley.call('POST', '/session/password', {
        cookie,
        body: { currentPassword: testPassword, newPassword },
      });
    for (const refused of [
      'elevenbytes',
      '🔑🔑'.padEnd(7, 'x'),
      `twelve\u0000bytes`,
      'twelve bytes\ud800',
      '🔑'.repeat(19),
    ]) {
      expect(await change(refused)).toMatchObject({ status: 400 });
    }
    expect((await change('🔑🔑🔑')).status).toBe(204);
    expect((await attempt('vera@example.com', '🔑🔑🔑')).status).toBe(201);
  });

  test('OP-1: the stored password is a bcrypt hash of cost 12 and nothing else', async () => {
    const cookie = await parley.signIn('vera@example.com');
    const body = { currentPassword: testPassword, newPassword: 'a new long password' };
    await parley.call('POST', '/session/password', { cookie, body });
    const [document] = (await parley.deps.db.collection('operators').get()).docs;
    expect(document?.get('passwordHash')).toMatch(/^\$2[aby]\$12\$.{53}$/);
    expect(JSON.stringify(document?.data())).not.toContain('a new long password');
    expect(parley.lines.join('\n')).not.toMatch(/horse|a new long|example\.com/);
  });
});

describe('too many failures', () => {
  test('OP-5: five failures in five minutes from one address lock an account there for ten, with the time left, whatever the password', async () => {
    for (let each = 0; each < 5; each += 1) {
      expect((await attempt('vera@example.com', 'wrong')).status).toBe(401);
      parley.clock.forward(59);
    }
    const locked = await attempt('vera@example.com', testPassword);
    expect(locked).toMatchObject({
      status: 429,
      body: { errorCode: 'SIGN_IN_LOCKED', details: { retryAfterSeconds: 541 } },
    });
    expect(locked.headers.get('retry-after')).toBe('541');
    parley.clock.forward(540);
    expect((await attempt('vera@example.com', testPassword)).status).toBe(429);
    parley.clock.forward(1);
    expect((await attempt('vera@example.com', testPassword)).status).toBe(201);
  });

  test('OP-5: a stranger who locks an account at their address keeps nobody out at another', async () => {
    for (let each = 0; each < 6; each += 1) await attempt('vera@example.com', 'wrong', '203.0.113.9');
    expect((await attempt('vera@example.com', testPassword, '203.0.113.9')).status).toBe(429);
    expect((await attempt('vera@example.com', testPassword, '192.0.2.1')).status).toBe(201);
  });

  test('OP-5: twenty in five minutes lock an account for ten, from whatever addresses they come', async () => {
    const statuses: number[] = [];
    for (let each = 0; each < 21; each += 1)
      statuses.push((await attempt('vera@example.com', 'wrong', `203.0.113.${each}`)).status);
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 401), 429]);
    expect(await attempt('vera@example.com', testPassword, '192.0.2.1')).toMatchObject({
      status: 429,
      body: { errorCode: 'SIGN_IN_LOCKED', details: { retryAfterSeconds: 600 } },
    });
  });

  test('OP-5: where no address is known, five lock the account', async () => {
    for (let each = 0; each < 5; each += 1) await attempt('vera@example.com', 'wrong', '');
    expect((await attempt('vera@example.com', testPassword, '')).status).toBe(429);
    expect((await attempt('vera@example.com', testPassword, '192.0.2.1')).status).toBe(201);
  });

  test('OP-5: five in five minutes lock an address for ten, for every account', async () => {
    for (let each = 0; each < 5; each += 1)
      await attempt(`nobody${each}@example.com`, 'wrong', '203.0.113.9');
    expect(await attempt('vera@example.com', testPassword, '203.0.113.9')).toMatchObject({
      status: 429,
      body: { details: { retryAfterSeconds: 600 } },
    });
    expect((await attempt('vera@example.com', testPassword, '203.0.113.10')).status).toBe(201);
  });

  test('OP-5: on one laptop, where everybody has the same address, five lock the account and nobody else', async () => {
    await parley.addOperator('Olga', 'operator');
    for (let each = 0; each < 5; each += 1) await attempt('vera@example.com', 'wrong', '127.0.0.1');
    expect((await attempt('vera@example.com', testPassword, '127.0.0.1')).status).toBe(429);
    expect((await attempt('olga@example.com', testPassword, '127.0.0.1')).status).toBe(201);
  });

  test('OP-5: all addresses of one IPv6 customer count as one', async () => {
    for (let each = 0; each < 5; each += 1)
      await attempt(`nobody${each}@example.com`, 'wrong', `2001:db8:1:2:${each}::1`);
    expect((await attempt('vera@example.com', testPassword, '2001:db8:1:2:ffff::9')).status).toBe(429);
    expect((await attempt('vera@example.com', testPassword, '2001:db8:1:3::9')).status).toBe(201);
  });

  test('OP-5: failures that are spread over more than five minutes do not lock', async () => {
    for (let each = 0; each < 12; each += 1) {
      expect((await attempt('vera@example.com', 'wrong')).status).toBe(401);
      parley.clock.forward(76);
    }
    expect((await attempt('vera@example.com', testPassword)).status).toBe(201);
  });

  test('OP-5: a sign-in that succeeds clears the account, but not the address', async () => {
    const wrong = async (times: number, email: string) => {
      for (let each = 0; each < times; each += 1) await attempt(email, 'wrong');
    };
    await wrong(4, 'vera@example.com');
    expect((await attempt('vera@example.com', testPassword)).status).toBe(201);
    await wrong(1, 'nobody@example.com');
    expect((await attempt('vera@example.com', testPassword)).status).toBe(429);
    expect((await attempt('vera@example.com', testPassword, '203.0.113.1')).status).toBe(201);
  });

  test('OP-5: it is counted in the datastore: a fresh process knows of the lock', async () => {
    for (let each = 0; each < 5; each += 1) await attempt('vera@example.com', 'wrong');
    const other = startApi(parley.deps.db);
    const answer = await other.call('POST', '/session', {
      body: { email: 'vera@example.com', password: testPassword },
    });
    expect(answer.status).toBe(429);
  });

  test('OP-5: of 24 guesses at once, over eight processes, no more than five are ever compared', async () => {
    let compared = 0;
    const bcrypt: Bcrypt = {
      ...directBcrypt,
      compare: (password, hash) => {
        compared += 1;
        return directBcrypt.compare(password, hash);
      },
    };
    const processes = Array.from({ length: 8 }, () =>
      createApi({ ...parley.deps, bcrypt, passwordGate: passwordGate() }),
    );
    const guess = async (each: number): Promise<number> => {
      const request = new Request('http://parley.invalid/api/v1/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'vera@example.com', password: `guess ${each}` }),
      });
      const answer = await processes[each % 8]?.fetch(request, { address: '203.0.113.9' });
      return answer?.status ?? 0;
    };
    const statuses = await Promise.all(Array.from({ length: 24 }, (_, each) => guess(each)));
    expect(statuses.filter((status) => status === 401)).toHaveLength(compared);
    expect(compared).toBeLessThanOrEqual(5);
    expect(statuses.every((status) => [401, 429, 503].includes(status))).toBe(true);
    const audits = await parley.deps.db.collection('auditLog').where('action', '==', 'session.refused').get();
    expect(audits.size).toBe(compared);
    // As many as are left, and not one more.
    for (let each = compared; each < 5; each += 1) expect(await guess(each)).toBe(401);
    expect((await attempt('vera@example.com', testPassword, '203.0.113.9')).status).toBe(429);
  });

  test('OP-5: beyond what one process may compare at once it says that it is busy, counts nothing and compares nothing', async () => {
    const held = Promise.withResolvers<boolean>();
    let begun = 0;
    const bcrypt: Bcrypt = {
      ...directBcrypt,
      compare: () => {
        begun += 1;
        return held.promise;
      },
    };
    const api = createApi({ ...parley.deps, bcrypt });
    const guess = (each: number, address: string) =>
      api.fetch(
        new Request('http://parley.invalid/api/v1/session', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ email: `nobody${each}@example.com`, password: 'guess' }),
        }),
        { address },
      );
    const waiting = Array.from({ length: 6 }, (_, each) => guess(each, `203.0.113.${each}`));
    const busy = await guess(7, '203.0.113.7');
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '2']);
    expect(await busy.json()).toMatchObject({ errorCode: 'SIGN_IN_BUSY', details: { retryAfterSeconds: 2 } });
    held.resolve(false);
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 401]);
    expect(begun).toBe(6);
    expect((await guess(7, '203.0.113.7')).status).toBe(401);
  });

  test('OP-5: an attempt whose process dies while it compares counts as one that failed', async () => {
    const dying: Bcrypt = { ...directBcrypt, compare: () => Promise.reject(new Error('the process died')) };
    const api = createApi({ ...parley.deps, bcrypt: dying });
    const statuses: number[] = [];
    for (let each = 0; each < 6; each += 1) {
      const request = new Request('http://parley.invalid/api/v1/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'vera@example.com', password: 'guess' }),
      });
      statuses.push((await api.fetch(request, { address: '203.0.113.9' })).status);
    }
    expect(statuses).toEqual([500, 500, 500, 500, 500, 429]);
    parley.clock.forward(60);
    expect(await attempt('vera@example.com', testPassword, '203.0.113.9')).toMatchObject({
      body: { errorCode: 'SIGN_IN_LOCKED' },
    });
    expect((await attempt('vera@example.com', testPassword, '192.0.2.1')).status).toBe(201);
  });

  test('PRIV-5: what is kept of failures names neither e-mail nor address, and goes by itself', async () => {
    const vera = await attempt('vera@example.com', 'wrong');
    expect(vera.status).toBe(401);
    const kept = (await parley.deps.db.collection('signInAttempts').get()).docs;
    expect(kept).toHaveLength(3);
    for (const document of kept) {
      expect(document.id).toMatch(/^[0-9a-f]{64}$/);
      expect(Object.keys(document.data()).sort()).toEqual(['expiresAt', 'failures', 'lock', 'open']);
      expect(JSON.stringify(document.data())).not.toMatch(/vera|198\.51|op_/);
      expect((document.get('expiresAt') as Timestamp).toDate()).toEqual(
        new Date(testStart.getTime() + 300_000),
      );
    }
  });

  test('PRIV-5: sign-ins and refused ones are in the audit log, with the address', async () => {
    await parley.addOperator('Ada', 'admin');
    await attempt('vera@example.com', 'wrong', '203.0.113.5');
    await attempt('nobody@example.com', 'wrong', '203.0.113.6');
    const cookie = await parley.signIn('ada@example.com', '203.0.113.7');
    const { body } = await parley.call('GET', '/audit', { cookie });
    const items = (
      body as {
        items: {
          action: string;
          actor: { label: string };
          address: string;
          after: unknown;
          requestId: string;
        }[];
      }
    ).items;
    expect(items.map(({ action, actor, address, after }) => [action, actor.label, address, after])).toEqual([
      ['session.started', 'Ada', '203.0.113.7', { role: 'admin' }],
      ['session.refused', 'Parley', '203.0.113.6', { reason: 'credentials', locked: false }],
      ['session.refused', 'Parley', '203.0.113.5', { reason: 'credentials', locked: false }],
    ]);
    expect(items.every((item) => /^[0-9a-f]{32}$/.test(item.requestId))).toBe(true);
  });
});
