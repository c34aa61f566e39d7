import { createHmac } from 'node:crypto';
import { Firestore } from '@google-cloud/firestore';
import { beforeAll, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../functions/src/contract/permissions.ts';
import { signSessionToken } from '../../functions/src/team/session-token.ts';
import { parseKeyRing } from '../../functions/src/platform/key-ring.ts';
import { startApi, testPassword, testStart, type TestApi } from '../support/api-in-process.ts';
import { freshDatabase } from '../support/emulator.ts';
import { expectRefusal } from '../support/refusals.ts';

/** Every route there is, with the lowest role that may call it. Who adds one decides here too. */
const ROUTES: Readonly<Record<string, Role | 'public'>> = {
  'GET /api/v1/health': 'public',
  'GET /api/v1/openapi.json': 'public',
  'POST /api/v1/session': 'public',
  'POST /api/v1/operators/invitation': 'public',
  'GET /api/v1/session': 'viewer',
  'PATCH /api/v1/session': 'viewer',
  'DELETE /api/v1/session': 'viewer',
  'POST /api/v1/session/password': 'viewer',
  'GET /api/v1/health/findings': 'viewer',
  'GET /api/v1/operators': 'viewer',
  'POST /api/v1/operators': 'admin',
  'PATCH /api/v1/operators/{operatorId}': 'admin',
  'GET /api/v1/sessions': 'viewer',
  'DELETE /api/v1/sessions/{sessionId}': 'viewer',
  'GET /api/v1/audit': 'admin',
  'GET /api/v1/people': 'viewer',
  'POST /api/v1/people': 'operator',
  'GET /api/v1/people/{userId}': 'viewer',
  'PATCH /api/v1/people/{userId}': 'operator',
  'POST /api/v1/people/search': 'viewer',
  'POST /api/v1/people/{userId}/reveal': 'admin',
  'GET /api/v1/people/{userId}/consent': 'viewer',
  'GET /api/v1/suppressions': 'viewer',
  'POST /api/v1/suppressions': 'operator',
  'POST /api/v1/suppressions/search': 'operator',
  'POST /api/v1/suppressions/lift': 'admin',
  'POST /api/v1/suppressions/backfill': 'admin',
  'GET /api/v1/suppressions/flagged': 'viewer',
  'POST /api/v1/suppressions/flagged/{messageId}': 'operator',
  'GET /api/v1/settings/error-codes': 'viewer',
  'PATCH /api/v1/settings/error-codes': 'admin',
  'GET /api/v1/messages/incoming': 'viewer',
  'GET /api/v1/messages/incoming/{messageId}': 'viewer',
  'GET /api/v1/messages/outgoing': 'viewer',
  'GET /api/v1/messages/outgoing/{messageId}': 'viewer',
  'POST /api/v1/messages/search': 'viewer',
  'POST /api/v1/messages': 'operator',
  'PATCH /api/v1/messages/outgoing/{messageId}': 'operator',
  'DELETE /api/v1/messages/outgoing/{messageId}': 'operator',
  'POST /api/v1/messages/outgoing/{messageId}/resolve': 'operator',
  'GET /api/v1/waiting': 'viewer',
  'GET /api/v1/settings/limits': 'viewer',
  'PATCH /api/v1/settings/limits': 'admin',
};

let parley: TestApi;
const cookies = new Map<Role, string>();

beforeAll(async () => {
  parley = startApi(freshDatabase().db);
  for (const role of ROLES) {
    await parley.addOperator(`The-${role}`, role);
    cookies.set(role, await parley.signIn(`the-${role}@example.com`));
  }
});

const named = (route: { method: string; path: string }) => `${route.method} ${route.path}`;
const guarded = Object.entries(ROUTES).filter(([, role]) => role !== 'public');

/** Calls a route without any input. */
function call(name: string, cookie?: string) {
  const [method = '', path = ''] = name.split(' ');
  const to = path.slice('/api/v1'.length).replace(/\{\w+\}/g, 'nosuch');
  return parley.call(method, to, cookie === undefined ? {} : { cookie });
}

test('OP-3: this list names every route', () => {
  expect(parley.api.routes.map(named).sort()).toEqual(Object.keys(ROUTES).sort());
});

test('OP-3: only sign-in, joining, health and the description of the API are open to all', () => {
  const open = parley.api.routes.filter((route) => route.access === 'public').map(named);
  expect(open.sort()).toEqual([
    'GET /api/v1/health',
    'GET /api/v1/openapi.json',
    'POST /api/v1/operators/invitation',
    'POST /api/v1/session',
  ]);
});

describe('without a live session', () => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const seconds = testStart.getTime() / 1000;
  const claims = { iss: 'parley', sub: 'op_1', sid: 's1', iat: seconds, exp: seconds + 14_400 };
  const foreign = (() => {
    const text = `${part({ alg: 'HS256', kid: 'local' })}.${part(claims)}`;
    return `${text}.${createHmac('sha256', Buffer.alloc(32, 9)).update(text).digest('base64url')}`;
  })();

  test.each(guarded)('OP-3: %s is refused', async (name) => {
    expectRefusal(await call(name), ['NOT_SIGNED_IN']);
    expectRefusal(await call(name, `__session=${part({ alg: 'none' })}.${part(claims)}.`), ['NOT_SIGNED_IN']);
    expectRefusal(await call(name, `__session=${foreign}`), ['NOT_SIGNED_IN']);
    const owner = cookies.get('owner') ?? '';
    expectRefusal(await call(name, `${owner.slice(0, -3)}AAA`), ['NOT_SIGNED_IN']);
    expectRefusal(await call(name, `${owner}; ${owner}`), ['NOT_SIGNED_IN']);
    expectRefusal(await call(name, owner.replace('__session', 'session')), ['NOT_SIGNED_IN']);
  });

  test.each(guarded)(
    'OP-3: %s is refused with the cookie of a session that is over, or that never was',
    async (name) => {
      const keys = parley.config.secrets.sessionKeys();
      const sign = (sessionId: string, operatorId: string, startedAt = testStart, ring = keys) =>
        signSessionToken(ring, {
          sessionId,
          operatorId,
          startedAt,
          endsAt: new Date(startedAt.getTime() + 14_400_000),
        });
      const session = (await parley.deps.db.collection('sessions').limit(1).get()).docs[0];
      const operatorId = session?.get('operatorId') as string;
      const expired = await sign(session?.id ?? '', operatorId, new Date(testStart.getTime() - 14_400_000));
      expectRefusal(await call(name, `__session=${expired}`), ['SESSION_EXPIRED']);
      expectRefusal(await call(name, `__session=${await sign('neverwas', operatorId)}`), ['NOT_SIGNED_IN']);
      expectRefusal(await call(name, `__session=${await sign(session?.id ?? '', 'op_other')}`), [
        'NOT_SIGNED_IN',
      ]);
      const gone = parseKeyRing('SESSION_KEYS', `gone:${Buffer.alloc(32, 3).toString('base64')}`);
      expectRefusal(
        await call(name, `__session=${await sign(session?.id ?? '', operatorId, testStart, gone)}`),
        ['NOT_SIGNED_IN'],
      );
    },
  );
});

describe('with a live session', () => {
  test.each(guarded.filter(([name]) => name !== 'DELETE /api/v1/session'))(
    'OP-6: %s is for %s and above',
    async (name, lowest) => {
      for (const role of ROLES) {
        const answer = await call(name, cookies.get(role));
        const denied = (answer.body as { errorCode?: string } | null)?.errorCode === 'PERMISSION_DENIED';
        expect([role, denied]).toEqual([role, ROLES.indexOf(role) < ROLES.indexOf(lowest as Role)]);
        expect(answer.status).toBeLessThan(500);
      }
    },
  );

  test.each(Object.keys(ROUTES))('OP-4: %s is never kept by anybody', async (name) => {
    const { headers } = await call(
      name,
      name === 'DELETE /api/v1/session' ? undefined : cookies.get('owner'),
    );
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{32}$/);
  });

  test.each(guarded.filter(([name]) => !name.startsWith('GET ')))(
    'OP-4: %s is refused to other sites, with or without a session',
    async (name) => {
      const [method = '', path = ''] = name.split(' ');
      const to = path.slice('/api/v1'.length).replace(/\{\w+\}/g, 'nosuch');
      const cookie = cookies.get('owner') ?? '';
      for (const headers of [
        { origin: 'https://evil.example' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site', origin: 'http://parley.invalid' },
      ]) {
        expectRefusal(await parley.call(method, to, { cookie, headers }), ['CROSS_SITE_REFUSED']);
        expectRefusal(await parley.call(method, to, { headers }), ['CROSS_SITE_REFUSED']);
      }
      expect((await parley.call('GET', '/session', { cookie })).status).toBe(200);
    },
  );
});

test('OP-4: signing in from another site is refused', async () => {
  const body = { email: 'the-owner@example.com', password: testPassword };
  expectRefusal(
    await parley.call('POST', '/session', { body, headers: { 'sec-fetch-site': 'cross-site' } }),
    ['CROSS_SITE_REFUSED'],
  );
});

test('OPS-3: health needs no session, says little, and is degraded when Firestore does not answer', async () => {
  expect((await parley.call('GET', '/health')).body).toEqual({
    status: 'ok',
    time: '2026-03-02T09:00:00.000Z',
  });
  const deaf = startApi(new Firestore({ projectId: 'demo-nowhere', host: '127.0.0.1:1', ssl: false }));
  expect((await deaf.call('GET', '/health')).body).toEqual({
    status: 'degraded',
    time: '2026-03-02T09:00:00.000Z',
  });
});

test('ACC-1: the description of the API names every route, and is served to everybody', async () => {
  const answer = await parley.call('GET', '/openapi.json');
  expect([answer.status, answer.body]).toMatchObject([200, { openapi: '3.1.0' }]);
  const { paths } = answer.body as { paths: Record<string, Record<string, unknown>> };
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(described.sort()).toEqual(Object.keys(ROUTES).sort());
});
