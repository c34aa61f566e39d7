import type { Firestore } from '@google-cloud/firestore';
import { beforeEach, describe, expect, test } from 'vitest';
import { ROLE_SCOPES, type Scope } from '../../functions/src/contract/permissions.ts';
import { startApi, type TestApi } from '../support/api-in-process.ts';
import { freshDatabase } from '../support/emulator.ts';
import { expectRefusal, textOf } from '../support/refusals.ts';
import { credentialsOf, testVerifier, type TestProgram } from '../support/test-program.ts';

let db: Firestore;
let parley: TestApi;

beforeEach(() => {
  ({ db } = freshDatabase());
  parley = startApi(db, {}, [testVerifier('key'), testVerifier('token')]);
});

const program = (kind: TestProgram['kind'], ...scopes: Scope[]): TestProgram => ({
  kind,
  id: `prg_${kind}`,
  label: 'Field survey',
  scopes,
});
const callAs = (caller: TestProgram, method: string, path: string, body?: unknown, headers = {}) =>
  parley.call(method, path, {
    ...(body === undefined ? {} : { body }),
    headers: { ...credentialsOf(caller), ...headers },
  });
const pathOf = (path: string) => path.slice('/api/v1'.length).replace(/\{\w+\}/g, 'nosuch');

describe.each(['key', 'token'] as const)('ACC-2: a program by %s', (kind) => {
  test('calls what its scopes allow, from anywhere, and is in the audit log as itself', async () => {
    const caller = program(kind, 'people:write', 'people:lookup', 'people:read');
    const added = await callAs(
      caller,
      'POST',
      '/people',
      { phoneNumber: '+1 202 555 0143', firstName: 'Ada' },
      { origin: 'https://program.example', 'sec-fetch-site': 'cross-site' },
    );
    expect(added.status).toBe(201);
    const id = textOf(added.body, 'id');
    expect((await callAs(caller, 'GET', `/people/${id}`)).body).toMatchObject({ firstName: 'Ada' });
    const entries = (await db.collection('auditLog').get()).docs.map((each) => each.data());
    expect(entries).toMatchObject([
      {
        actor: { kind: 'program', id: `prg_${kind}`, label: 'Field survey' },
        action: 'person.added',
        target: { kind: 'person', id },
        address: '198.51.100.7',
      },
    ]);
    const lines = parley.lines.filter((line) => line.includes('programId'));
    expect(lines.every((line) => !line.includes('operatorId'))).toBe(true);
  });

  test('is refused what its scopes do not name, also where it has others', async () => {
    const caller = program(kind, 'people:read');
    const refused = await callAs(caller, 'POST', '/people', { phoneNumber: '+1 202 555 0143' });
    expectRefusal(refused, 'PERMISSION_DENIED');
    expect(refused.body).toMatchObject({ details: { needs: 'people:write' } });
    expect((await callAs(caller, 'GET', '/people')).status).toBe(200);
    expectRefusal(await callAs(program(kind), 'GET', '/people'), 'PERMISSION_DENIED');
  });

  test('opens no route that is for operators only, whatever its scopes', async () => {
    const everything = program(kind, ...ROLE_SCOPES.owner);
    const routes = parley.api.routes.filter(({ access }) => access !== 'public' && access.by === 'operator');
    expect(routes.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      'DELETE /api/v1/session',
      'DELETE /api/v1/sessions/{sessionId}',
      'GET /api/v1/session',
      'GET /api/v1/sessions',
      'PATCH /api/v1/operators/{operatorId}',
      'PATCH /api/v1/session',
      'POST /api/v1/operators',
      'POST /api/v1/session/password',
    ]);
    for (const { method, path } of routes)
      expectRefusal(await callAs(everything, method, pathOf(path)), 'PERMISSION_DENIED');
  });

  test('comes with its own credentials or with a cookie, not with both', async () => {
    await parley.addOperator('Olga', 'owner');
    const cookie = await parley.signIn('olga@example.com');
    const headers = credentialsOf(program(kind, 'people:read'));
    for (const path of ['/people', '/health', '/session'])
      expectRefusal(await parley.call('GET', path, { cookie, headers }), 'CREDENTIALS_MIXED');
    expectRefusal(
      await parley.call('GET', '/people', { cookie: '__session=wrong', headers }),
      'CREDENTIALS_MIXED',
    );
    const elsewhere = { ...headers, origin: 'https://evil.example' };
    expectRefusal(
      await parley.call('POST', '/people', { cookie, headers: elsewhere, body: {} }),
      'CROSS_SITE_REFUSED',
    );
  });

  test('has look-ups, sending limits and idempotency keys of its own', async () => {
    const caller = program(kind, 'people:write', 'people:lookup', 'messages:send');
    const added = await callAs(caller, 'POST', '/people', { phoneNumber: '+1 202 555 0143' });
    const userId = textOf(added.body, 'id');
    const send = (as: TestProgram) =>
      callAs(as, 'POST', '/messages', { userId, body: 'Hello' }, { 'idempotency-key': 'k1' });
    const first = await send(caller);
    expect(first.status).toBe(202);
    expect(textOf((await send(caller)).body, 'messageId')).toBe(textOf(first.body, 'messageId'));
    const other = await send({ ...caller, id: 'prg_other' });
    expect(textOf(other.body, 'messageId')).not.toBe(textOf(first.body, 'messageId'));
    const idsOf = async (name: string) => (await db.collection(name).listDocuments()).map((each) => each.id);
    expect(await idsOf('lookUps')).toEqual([`prg_${kind}.look_up`]);
    expect((await idsOf('sendCounters')).map((id) => id.split('.')[0]).sort()).toEqual(
      [`prg_${kind}`, 'prg_other'].sort(),
    );
  });

  test('sees no digit of a number without people:lookup', async () => {
    await callAs(program(kind, 'people:write', 'people:lookup'), 'POST', '/people', {
      phoneNumber: '+1 202 555 0143',
    });
    const digits = async (...scopes: Scope[]) =>
      JSON.stringify((await callAs(program(kind, ...scopes), 'GET', '/people')).body).includes('0143');
    expect([await digits('people:read'), await digits('people:read', 'people:lookup')]).toEqual([
      false,
      true,
    ]);
  });

  test('with credentials that speak for nobody is not let in', async () => {
    const scheme = credentialsOf(program(kind)).authorization.split(' ')[0] ?? '';
    expectRefusal(
      await parley.call('GET', '/people', { headers: { authorization: scheme } }),
      'NOT_SIGNED_IN',
    );
  });
});

test('ACC-2: credentials that no verifier knows are no credentials', async () => {
  const plain = startApi(db);
  await plain.addOperator('Olga', 'owner');
  const cookie = await plain.signIn('olga@example.com');
  const headers = credentialsOf(program('key', 'people:read'));
  expectRefusal(await plain.call('GET', '/people', { headers }), 'NOT_SIGNED_IN');
  expect((await plain.call('GET', '/people', { cookie, headers })).status).toBe(200);
  expectRefusal(
    await plain.call('POST', '/people', {
      headers: { ...headers, origin: 'https://evil.example' },
      body: {},
    }),
    'CROSS_SITE_REFUSED',
  );
});
