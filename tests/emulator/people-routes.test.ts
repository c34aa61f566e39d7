import fc from 'fast-check';
import type { Firestore } from '@google-cloud/firestore';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ERROR_CODES } from '../../functions/src/contract/errors.ts';
import { startApi, type TestAnswer, type TestApi } from '../support/api-in-process.ts';
import { freshDatabase } from '../support/emulator.ts';
import { documentsOf } from '../support/people-world.ts';

let db: Firestore;
let api: TestApi;
const cookies = { viewer: '', operator: '', admin: '' };
type Caller = keyof typeof cookies;
let used = 0;

/** A fictional number that nobody has, below those of the last test. */
function freshNumber(): string {
  used += 1;
  if (used >= 50) throw new Error('All fictional numbers are taken.');
  return `+12025550${String(100 + used)}`;
}

/** Somebody whom the tests of bad input may try to change. */
let someone = '';

beforeAll(async () => {
  ({ db } = freshDatabase());
  api = startApi(db);
  for (const role of ['viewer', 'operator', 'admin'] as const) {
    await api.addOperator(role, role);
    cookies[role] = await api.signIn(`${role}@example.com`);
  }
  someone = (await added()).id;
});

// As a person works, and not as many look-ups at once as one operator may make.
beforeEach(() => {
  api.clock.forward(60);
});

afterAll(async () => {
  expect(api.lines.join('\n')).not.toMatch(/202\D{0,3}555/);
  await db.terminate();
});

const call = (caller: Caller, method: string, path: string, body?: unknown): Promise<TestAnswer> =>
  api.call(method, path, { cookie: cookies[caller], ...(body === undefined ? {} : { body }) });

async function added(fields: Record<string, unknown> = {}): Promise<{ id: string; number: string }> {
  const number = freshNumber();
  const { status, body } = await call('operator', 'POST', '/people', { phoneNumber: number, ...fields });
  expect(status).toBe(201);
  return { id: idOf(body), number };
}

function idOf(body: unknown): string {
  if (typeof body !== 'object' || body === null || !('id' in body)) throw new Error('no id');
  return String(body.id);
}

describe('PPL-1: the routes of people', () => {
  test('PPL-1: a person is added, read, changed and listed, and the number never comes back', async () => {
    const number = freshNumber();
    const answers = [
      await call('operator', 'POST', '/people', {
        phoneNumber: number,
        firstName: 'Grace',
        lastName: 'Hopper',
        tags: ['navy'],
      }),
    ];
    const id = idOf(answers[0]?.body);
    answers.push(
      await call('viewer', 'GET', `/people/${id}`),
      await call('operator', 'PATCH', `/people/${id}`, { status: 'inactive' }),
      await call('operator', 'GET', '/people?tag=navy&status=inactive'),
      await call('operator', 'POST', '/people/search', { phoneNumber: number }),
      await call('operator', 'POST', '/people/search', { last4: number.slice(-4) }),
      await call('operator', 'POST', '/people/search', { name: 'hop' }),
    );
    expect(answers.map((answer) => answer.status)).toEqual([201, 200, 200, 200, 200, 200, 200]);
    const person = {
      id,
      label: 'Grace Hopper',
      maskedPhone: `+1 ••• ••• ${number.slice(-4)}`,
      status: 'inactive',
      untextable: 'inactive',
    };
    expect(answers[2]?.body).toMatchObject(person);
    for (const answer of answers.slice(3))
      expect(answer.body).toMatchObject({ items: [person], nextCursor: null });
    expect(JSON.stringify(answers.map((answer) => answer.body))).not.toMatch(/202\D{0,3}555/);
  });

  test('PPL-1: a number that somebody has is answered with who has it', async () => {
    const { id, number } = await added();
    const again = await call('operator', 'POST', '/people', { phoneNumber: number });
    expect(again).toMatchObject({
      status: 409,
      body: { errorCode: 'PHONE_NUMBER_TAKEN', details: { userId: id } },
    });
    const other = await added();
    const moved = await call('operator', 'PATCH', `/people/${other.id}`, { phoneNumber: number });
    expect(moved).toMatchObject({
      status: 409,
      body: { errorCode: 'PHONE_NUMBER_TAKEN', details: { userId: id } },
    });
    const same = await call('operator', 'PATCH', `/people/${id}`, { phoneNumber: number });
    expect(same.status).toBe(200);
  });

  test('OP-6: reading is for viewers, writing for operators, revealing for admins', async () => {
    const { id, number } = await added();
    const denied = [
      await call('viewer', 'POST', '/people', { phoneNumber: freshNumber() }),
      await call('viewer', 'PATCH', `/people/${id}`, { notes: 'x' }),
      await call('viewer', 'POST', `/people/${id}/reveal`, { reason: 'curious' }),
      await call('operator', 'POST', `/people/${id}/reveal`, { reason: 'curious' }),
    ];
    for (const answer of denied)
      expect(answer).toMatchObject({ status: 403, body: { errorCode: 'PERMISSION_DENIED' } });
    const revealed = await call('admin', 'POST', `/people/${id}/reveal`, { reason: 'Asked for a call back' });
    expect(revealed).toMatchObject({ status: 200, body: { phoneNumber: number } });
    const entries = await db
      .collection('auditLog')
      .where('target.id', '==', id)
      .where('action', '==', 'person.revealed')
      .get();
    expect(entries.docs.map((each) => each.get('after') as unknown)).toEqual([
      { reason: 'Asked for a call back' },
    ]);
  });

  test('PPL-2: pages by cursor; one that was tampered with is refused', async () => {
    for (let index = 0; index < 3; index += 1) await added({ tags: ['paged'] });
    const first = await call('viewer', 'GET', '/people?tag=paged&limit=2');
    const cursor = (first.body as { nextCursor: string }).nextCursor;
    const second = await call('viewer', 'GET', `/people?tag=paged&limit=2&cursor=${cursor}`);
    expect(second.body).toMatchObject({ items: [{ tags: ['paged'] }], nextCursor: null });
    for (const wrong of [`${cursor}x`, 'x', cursor.slice(3), '%F0%9F%98%80']) {
      const answer = await call('viewer', 'GET', `/people?tag=paged&limit=2&cursor=${wrong}`);
      expect(answer).toMatchObject({ status: 400, body: { errorCode: 'BAD_CURSOR' } });
    }
  });
});

describe('PPL-1: bad input is refused with the field that is wrong', () => {
  const badNumbers: [text: unknown, code: string, problem: string | null][] = [
    ['1-800-FLOWERS', 'PHONE_NUMBER_INVALID', 'letters'],
    ['123', 'PHONE_NUMBER_INVALID', 'too_short'],
    ['1'.repeat(30), 'PHONE_NUMBER_INVALID', 'too_long'],
    ['+1 202 555 0143 ext. 5', 'PHONE_NUMBER_INVALID', 'extension'],
    ['+1\u0000202', 'PHONE_NUMBER_INVALID', 'characters'],
    ['+1 202 555 0\u0301143', 'PHONE_NUMBER_INVALID', 'characters'],
    [' ', 'PHONE_NUMBER_INVALID', 'empty'],
    ['مرحبا', 'PHONE_NUMBER_INVALID', 'letters'],
    ['', 'VALIDATION_FAILED', null],
    ['9'.repeat(41), 'VALIDATION_FAILED', null],
    [12025550143, 'VALIDATION_FAILED', null],
    [null, 'VALIDATION_FAILED', null],
    [['+12025550143'], 'VALIDATION_FAILED', null],
  ];
  test.each(badNumbers)('PPL-1: the number %j is %s', async (phoneNumber, errorCode, problem) => {
    for (const [method, path] of [
      ['POST', '/people'],
      ['PATCH', `/people/${someone}`],
      ['POST', '/people/search'],
    ] as const) {
      const answer = await call('operator', method, path, { phoneNumber });
      expect(answer).toMatchObject({ status: 400, body: { errorCode } });
      if (problem !== null)
        expect(answer.body).toMatchObject({ details: [{ path: 'phoneNumber', problem }] });
    }
  });

  const badFields: [name: string, fields: Record<string, unknown>, path: string][] = [
    ['an unknown field', { nickname: 'x' }, 'nickname'],
    ['a name that is too long', { firstName: 'x'.repeat(81) }, 'firstName'],
    ['a name with a NUL', { firstName: 'A\u0000da' }, 'firstName'],
    ['a name with half an emoji', { lastName: '\ud83d' }, 'lastName'],
    ['a name that turns the page round', { lastName: '\u202eecalevol' }, 'lastName'],
    ['a name that is a number', { firstName: '(202) 555-0143' }, 'firstName'],
    ['a note that holds a number', { notes: 'or call 202.555.0143' }, 'notes'],
    ['notes that are too long', { notes: 'x'.repeat(2001) }, 'notes'],
    ['too many tags', { tags: Array.from({ length: 21 }, (_, index) => `t${String(index)}`) }, 'tags'],
    ['an empty tag', { tags: [' '] }, 'tags.0'],
    ['a tag that is no text', { tags: [1] }, 'tags.0'],
    ['a field name that the store keeps', { customFields: { __id__: 'x' } }, 'customFields.__id__'],
    [
      'too many fields',
      {
        customFields: Object.fromEntries(
          Array.from({ length: 21 }, (_, index) => [`f${String(index)}`, 'x']),
        ),
      },
      'customFields',
    ],
    ['no time zone', { timeZone: 'Mars/Olympus' }, 'timeZone'],
    ['no language', { language: 'english!' }, 'language'],
    ['an unknown status', { status: 'gone' }, 'status'],
    ['consent without a source', { consent: { at: '2026-01-01T00:00:00Z', wording: '' } }, 'consent.source'],
    ['consent at no time', { consent: { source: 'form', at: 'yesterday', wording: '' } }, 'consent.at'],
    [
      'consent in the year 0',
      { consent: { source: 'form', at: '0000-01-01T00:00:00Z', wording: '' } },
      'consent.at',
    ],
  ];
  test.each(badFields)('PPL-1: %s', async (_name, fields, path) => {
    for (const answer of [
      await call('operator', 'POST', '/people', { phoneNumber: '+12025550199', ...fields }),
      await call('operator', 'PATCH', `/people/${someone}`, fields),
    ]) {
      expect(answer).toMatchObject({ status: 400, body: { errorCode: 'VALIDATION_FAILED' } });
      expect((answer.body as { details: { path: string }[] }).details.map((each) => each.path)).toContain(
        path,
      );
    }
  });

  test('PPL-1: emoji, right-to-left and combining text are names like others', async () => {
    for (const firstName of [
      '👩🏽‍🚀',
      'فاطمة',
      'e\u0301\u0302\u0303',
      '김지영',
      "Robert'); DROP TABLE",
      '=1+1',
      '<b>x</b>',
      'constructor',
    ]) {
      const { id } = await added({ firstName, customFields: { 'a.b`c': 'x', toString: 'y' } });
      expect(await call('viewer', 'GET', `/people/${id}`)).toMatchObject({
        body: { firstName, label: firstName },
      });
      const found = await call('viewer', 'POST', '/people/search', { name: firstName });
      expect((found.body as { items: { id: string }[] }).items.map((each) => each.id)).toContain(id);
    }
  });

  const badQueries = [
    'limit=0',
    'limit=101',
    'limit=x',
    'status=gone',
    'tag=',
    'page=2',
    'status=active&status=inactive',
    'cursor=',
    '__proto__=x',
  ];
  test.each(badQueries)('PPL-2: the query %s', async (query) => {
    expect(await call('viewer', 'GET', `/people?${query}`)).toMatchObject({
      status: 400,
      body: { errorCode: 'VALIDATION_FAILED' },
    });
  });

  const badSearches = [
    {},
    { name: '' },
    { name: 'a', last4: '0101' },
    { last4: '101' },
    { last4: '01o1' },
    { name: 'a', limit: 101 },
    { name: 'a', sort: 'x' },
    [],
    'x',
    null,
  ];
  test.each(badSearches)('PPL-2: the search %j', async (body) => {
    expect(await call('viewer', 'POST', '/people/search', body)).toMatchObject({
      status: 400,
      body: { errorCode: 'VALIDATION_FAILED' },
    });
  });

  test.each([
    {},
    { reason: '' },
    { reason: 'ab' },
    { reason: 'x'.repeat(201) },
    { reason: 'his number is 202 555 0143' },
    { reason: 'ok?', more: 1 },
  ])('PRIV-3: the reason %j', async (body) => {
    const { id } = await added();
    expect(await call('admin', 'POST', `/people/${id}/reveal`, body)).toMatchObject({
      status: 400,
      body: { errorCode: 'VALIDATION_FAILED' },
    });
  });

  test.each(['nobody', 'search', '0'.repeat(32)])('PPL-1: the unknown id %s', async (id) => {
    for (const answer of [
      await call('viewer', 'GET', `/people/${id}`),
      await call('operator', 'PATCH', `/people/${id}`, { notes: 'x' }),
      await call('admin', 'POST', `/people/${id}/reveal`, { reason: 'Asked for' }),
    ]) {
      expect(answer).toMatchObject({ status: 404, body: { errorCode: 'PERSON_NOT_FOUND' } });
    }
  });

  test.each(['__all__', 'a%20b', '%2B12025550143', '..%2Fusers', 'x'.repeat(65), '%F0%9F%98%80', '%00'])(
    'PPL-1: %s is no id',
    async (id) => {
      expect(await call('viewer', 'GET', `/people/${id}`)).toMatchObject({
        status: 400,
        body: { errorCode: 'VALIDATION_FAILED' },
      });
    },
  );
});

describe('PPL-1: arbitrary input to the routes of people', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 100 }),
    fc.string({ maxLength: 30 }),
    fc.constantFrom('', '\u0000', '\ud800', '__id__', '+12025550143', '٣'.repeat(10), 'e\u0301'.repeat(40)),
  );
  const value = fc.oneof(
    { weight: 4, arbitrary: text },
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom(null, 0, -1, 1e308, true, [], {}),
  );
  const field = fc.constantFrom(
    'phoneNumber',
    'firstName',
    'lastName',
    'tags',
    'customFields',
    'timeZone',
    'language',
    'notes',
    'consent',
    'status',
    'name',
    'last4',
    'cursor',
    'limit',
    'reason',
    'x',
  );
  const number = fc.integer({ min: 150, max: 199 }).map((tail) => `+12025550${String(tail)}`);
  const body = fc.oneof(
    {
      weight: 3,
      arbitrary: fc
        .tuple(number, fc.dictionary(field, value, { maxKeys: 4 }))
        .map(([phoneNumber, rest]) => ({ phoneNumber, ...rest })),
    },
    fc.dictionary(field, value, { maxKeys: 5 }),
    fc.jsonValue(),
  );
  const route = fc.constantFrom(
    ['POST', '/people'],
    ['PATCH', '/people/ID'],
    ['POST', '/people/search'],
    ['POST', '/people/ID/reveal'],
    ['GET', '/people?QUERY'],
  );

  test('PPL-1: gets an answer in the one error shape, never a 500, and leaves nothing half-written', async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(
        route,
        body,
        fc.webQueryParameters(),
        async ([method = '', path = ''], sent, query) => {
          // What is tried here is the input: the limit on look-ups would answer most of it before it is read.
          runs += 1;
          if (runs % 20 === 0) await db.recursiveDelete(db.collection('lookUps'));
          const address = path.replace('ID', someone).replace('QUERY', query);
          const answer = await call('admin', method, address, method === 'GET' ? undefined : sent);
          expect(answer.status).toBeLessThan(500);
          if (answer.status < 400) return;
          const { errorCode, message } = answer.body as {
            errorCode: keyof typeof ERROR_CODES;
            message: string;
          };
          expect(ERROR_CODES[errorCode].status).toBe(answer.status);
          expect(message).not.toMatch(/\d{7}/);
        },
      ),
      { numRuns: 1000 },
    );
    const [users, phoneKeys, conversations] = await Promise.all(
      ['users', 'phoneKeys', 'conversations'].map((name) => documentsOf(db, name)),
    );
    expect(Object.keys(conversations ?? {}).sort()).toEqual(Object.keys(users ?? {}).sort());
    const owners = Object.values(phoneKeys ?? {}).map((key) => String(key['userId']));
    expect(owners.sort()).toEqual(Object.keys(users ?? {}).sort());
    const raw = JSON.stringify([users, phoneKeys, conversations, await documentsOf(db, 'auditLog')]);
    expect(raw).not.toMatch(/202\D{0,3}555\D{0,3}01/);
  });
});
