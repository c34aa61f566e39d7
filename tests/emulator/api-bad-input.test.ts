import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RouteInfo } from '../../functions/src/entry/http/route.ts';
import { startApi, testStart, type TestApi } from '../support/api-in-process.ts';
import { freshDatabase } from '../support/emulator.ts';
import { expectRefusal } from '../support/refusals.ts';

let parley: TestApi;
let cookie: string;
let before: Record<string, number>;

/** What there is, by collection. A wrong current password is counted, and rightly so. */
async function counts(): Promise<Record<string, number>> {
  const collections = (await parley.deps.db.listCollections()).filter((each) => each.id !== 'signInAttempts');
  const sizes = await Promise.all(
    collections.map(async (each) => [each.id, (await each.count().get()).data().count] as const),
  );
  return Object.fromEntries(sizes);
}

beforeAll(async () => {
  parley = startApi(freshDatabase().db);
  await parley.addOperator('Olga', 'owner');
  cookie = await parley.signIn('olga@example.com');
  before = await counts();
});

beforeEach(() => parley.clock.set(testStart));

afterAll(async () => {
  expect(await counts()).toEqual(before);
});

/** Signing out in between would end the session that the others need. */
const routes = () =>
  parley.api.routes.filter(
    (route) => route.access !== 'public' && !(route.method === 'DELETE' && route.path.endsWith('/session')),
  );
const withBody = () => routes().filter((route) => route.takesBody);
const lists = [
  '/operators',
  '/sessions',
  '/audit',
  '/people',
  '/messages/incoming',
  '/messages/outgoing',
  '/suppressions/flagged',
];

const pathOf = (route: RouteInfo, id = 'nosuch') =>
  route.path.slice('/api/v1'.length).replace(/\{\w+\}/g, id);
/** Keys of sends: a missing one would be refused before the body is looked at. */
const headers = { 'idempotency-key': 'key-1' };

describe('ids', () => {
  test.each([
    '%00',
    '%20',
    '%2e%2e',
    'a'.repeat(65),
    '%F0%9F%94%91',
    '%E2%80%AE',
    '%2B12025550143',
    '__proto__',
    'a%2Fb',
    '%ff',
  ])('ACC-5: %s is nobody', async (id) => {
    for (const route of routes().filter((each) => each.path.includes('{'))) {
      const body = route.method === 'GET' || route.method === 'DELETE' ? {} : { body: {} };
      const answer = await parley.call(route.method, pathOf(route, id), { cookie, headers, ...body });
      expectRefusal(answer, ['VALIDATION_FAILED', 'NOT_FOUND', 'PERSON_NOT_FOUND']);
      expect(JSON.stringify(answer.body)).not.toContain('2025550143');
    }
  });
});

describe('queries', () => {
  test.each([
    '?limit=0',
    '?limit=101',
    '?limit=-1',
    '?limit=1.5',
    '?limit=many',
    '?limit=5&limit=6',
    '?cursor=',
    '?extra=1',
    '?__proto__=1',
    '?constructor=1',
    `?cursor=${'A'.repeat(1025)}`,
  ])('ACC-5: a list asked for with %s is refused', async (query) => {
    for (const path of lists)
      expectRefusal(await parley.call('GET', path + query, { cookie }), ['VALIDATION_FAILED']);
  });

  test('ACC-5: a cursor that was made up is refused, a thousand times', async () => {
    const made = fc.oneof(
      fc.base64String({ minLength: 1, maxLength: 200 }),
      fc.string({ minLength: 1, maxLength: 100, unit: 'binary' }),
      fc.constantFrom('null', '[]', 'e30', '..', 'eyJhIjoxfQ.x'),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...lists), made, async (path, cursor) => {
        expectRefusal(await parley.call('GET', `${path}?cursor=${encodeURIComponent(cursor)}`, { cookie }), [
          'BAD_CURSOR',
          'VALIDATION_FAILED',
        ]);
      }),
      { numRuns: 1000 },
    );
  });

  test('ACC-5: a cursor that was given out is refused after any change of one character, and under other filters', async () => {
    await parley.addOperator('Zoe', 'viewer');
    const { body } = await parley.call('GET', '/operators?limit=1', { cookie });
    const cursor = (body as { nextCursor: string }).nextCursor;
    for (let index = 0; index < cursor.length; index += 1) {
      const changed = cursor.slice(0, index) + (cursor[index] === 'A' ? 'B' : 'A') + cursor.slice(index + 1);
      expectRefusal(await parley.call('GET', `/operators?cursor=${changed}`, { cookie }), ['BAD_CURSOR']);
    }
    for (const path of ['/sessions', '/audit', '/people'])
      expectRefusal(await parley.call('GET', `${path}?cursor=${cursor}`, { cookie }), ['BAD_CURSOR']);
    expect((await parley.call('GET', `/operators?cursor=${cursor}`, { cookie })).status).toBe(200);
    await parley.deps.db.recursiveDelete(
      parley.deps.db.collection('operators').doc((await operatorNamed('Zoe')) ?? ''),
    );
  });
});

async function operatorNamed(name: string): Promise<string | undefined> {
  return (await parley.deps.db.collection('operators').where('name', '==', name).get()).docs[0]?.id;
}

describe('bodies', () => {
  test.each<[string, string | Uint8Array<ArrayBuffer>, string]>([
    ['nothing', '', 'NOT_JSON'],
    ['what is no JSON', '{"a":', 'NOT_JSON'],
    ['what is no UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), 'NOT_JSON'],
    ['a prototype', '{"__proto__":{"role":"owner"}}', 'NOT_JSON'],
    ['10 MB', new Uint8Array(10 * 1024 * 1024).fill(0x20), 'BODY_TOO_LARGE'],
    ['a list', '[]', 'VALIDATION_FAILED'],
    ['a text', '"a"', 'VALIDATION_FAILED'],
    ['null', 'null', 'VALIDATION_FAILED'],
    ['no field', '{}', 'VALIDATION_FAILED'],
    ['a strange field', '{"strange":1}', 'VALIDATION_FAILED'],
  ])('ACC-5: %s is refused by every route that takes a body', async (_name, raw, code) => {
    for (const route of withBody())
      expect([
        route.path,
        expectRefusal(await parley.call(route.method, pathOf(route), { cookie, headers, raw })),
      ]).toEqual([route.path, code]);
  });

  test('ACC-5: a missing body and an empty one are refused by every route that takes one', async () => {
    const open = parley.api.routes.filter(({ access, takesBody }) => access === 'public' && takesBody);
    expect(withBody().length).toBeGreaterThan(15);
    for (const route of [...open, ...withBody()]) {
      const call = (options: object) => parley.call(route.method, pathOf(route), { cookie, ...options });
      const codes = [
        expectRefusal(await call({ headers })),
        expectRefusal(await call({ headers: { ...headers, 'content-type': 'application/json' } })),
        expectRefusal(await call({ headers, raw: '' })),
        expectRefusal(await call({ headers, body: {} })),
      ];
      expect([route.path, codes]).toEqual([
        route.path,
        ['UNSUPPORTED_MEDIA_TYPE', 'NOT_JSON', 'NOT_JSON', 'VALIDATION_FAILED'],
      ]);
    }
  });

  test('ACC-5: any JSON is refused by every route that takes a body, and nothing is written', async () => {
    const names = fc.constantFrom(
      'email',
      'password',
      'name',
      'role',
      'status',
      'userId',
      'body',
      'phoneNumber',
      'firstName',
      'tags',
      'customFields',
      'in',
      'words',
      'reason',
      'currentPassword',
      'newPassword',
      'reinvite',
      'kind',
      'as',
      'id',
      'codes',
      'since',
      'cursor',
      'limit',
      'sort',
    );
    const strange = fc.oneof(
      fc.jsonValue(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\u0000',
        '\ud800',
        '\u202e',
        '👩‍👩‍👧‍👦',
        'e\u0301'.repeat(50),
        '+1202',
        `+${'9'.repeat(30)}`,
        '+1-202-555-CALL',
      ),
    );
    const body = fc.oneof(
      fc.jsonValue(),
      fc.dictionary(names, strange, { maxKeys: 4, noNullPrototype: true }),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...withBody()), body, async (route, sent) => {
        const answer = await parley.call(route.method, pathOf(route), {
          cookie,
          headers,
          raw: JSON.stringify(sent),
        });
        // A search for anything is a search.
        if (answer.status === 200 && route.path.endsWith('/search')) return;
        expectRefusal(answer);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('operators', () => {
  const invite = { email: 'nadia@example.com', name: 'Nadia', role: 'viewer' };
  test.each<[string, object, string]>([
    ['an e-mail without an at', { ...invite, email: 'nadia' }, 'email'],
    ['an e-mail of another type', { ...invite, email: ['nadia@example.com'] }, 'email'],
    ['two e-mails', { ...invite, email: 'a@example.com,b@example.com' }, 'email'],
    ['an e-mail with a line break', { ...invite, email: 'nadia@example.com\r\nbcc: x@example.com' }, 'email'],
    ['no name', { ...invite, name: '   ' }, 'name'],
    ['a name of 81 characters', { ...invite, name: 'n'.repeat(81) }, 'name'],
    ['a name with a NUL', { ...invite, name: 'Na\u0000dia' }, 'name'],
    ['a name with half an emoji', { ...invite, name: 'Nadia \ud83d' }, 'name'],
    ['a name with a line break', { ...invite, name: 'Nadia\nAdmin' }, 'name'],
    ['a role that there is not', { ...invite, role: 'root' }, 'role'],
    ['a role of another type', { ...invite, role: { role: 'owner' } }, 'role'],
    ['a status', { ...invite, status: 'active' }, 'status'],
    ['a password', { ...invite, passwordHash: 'x' }, 'passwordHash'],
  ])('ACC-5: an invitation with %s is refused', async (_name, body, path) => {
    const answer = await parley.call('POST', '/operators', { cookie, body });
    expectRefusal(answer, ['VALIDATION_FAILED']);
    expect((answer.body as { details: { path: string }[] }).details.map((problem) => problem.path)).toContain(
      path,
    );
  });

  test('ACC-5: emoji, right-to-left and combining text make a name like any other', async () => {
    const id = (await operatorNamed('Olga')) ?? '';
    for (const name of ['Ольга 🌻', 'علجا', 'Oĺga\u0301', '👩‍💻', 'Olga']) {
      expect((await parley.call('PATCH', `/operators/${id}`, { cookie, body: { name } })).body).toMatchObject(
        { name },
      );
    }
    before = await counts();
  });
});
