import type { Firestore } from '@google-cloud/firestore';
import { beforeEach, describe, expect, test } from 'vitest';
import { createConversation } from '../../functions/src/conversations/conversations-store.ts';
import { wordsOf } from '../../functions/src/platform/words.ts';
import { startApi, type TestAnswer, type TestApi } from '../support/api-in-process.ts';
import { freshDatabase } from '../support/emulator.ts';
import { expectRefusal, textOf } from '../support/refusals.ts';

let db: Firestore;
let parley: TestApi;
let operator: string;
let operatorId: string;

const KNOWN = '+1 202 555 0143';
const UNKNOWN = '+1 202 555 0199';

beforeEach(async () => {
  ({ db } = freshDatabase());
  parley = startApi(db);
  operatorId = (await parley.addOperator('Ole', 'operator')).id;
  operator = await parley.signIn('ole@example.com');
});

const call = (method: string, path: string, body: object, cookie = operator) =>
  parley.call(method, path, { cookie, body });
const add = async (fields: object, cookie = operator) => {
  const answer = await call('POST', '/people', fields, cookie);
  expect(answer.status).toBe(201);
  return textOf(answer.body, 'id');
};
const entries = async (action: string) =>
  (await db.collection('auditLog').where('action', '==', action).orderBy('at').get()).docs.map((each) =>
    each.data(),
  );
/** As after a break of a minute. */
const rest = () => {
  parley.clock.forward(60);
};

interface Way {
  name: string;
  ask: (number: string, cookie?: string) => Promise<TestAnswer>;
  /** What a look-up of a registered and of an unknown number is answered with. */
  statuses: [number, number];
}

/** Every way in which a number can be asked for. `other` is a person whom the edit is tried on. */
const ways = (other: string): Way[] => [
  {
    name: 'POST /people/search',
    ask: (phoneNumber, as) => call('POST', '/people/search', { phoneNumber }, as),
    statuses: [200, 200],
  },
  ...(['incoming', 'outgoing'] as const).map((log): Way => ({
    name: 'POST /messages/search',
    ask: (phoneNumber, as) => call('POST', '/messages/search', { in: log, phoneNumber }, as),
    statuses: [200, 200],
  })),
  {
    name: 'POST /suppressions/search',
    ask: (phoneNumber, as) => call('POST', '/suppressions/search', { phoneNumber }, as),
    statuses: [200, 200],
  },
  {
    name: 'POST /suppressions',
    ask: (phoneNumber, as) =>
      call('POST', '/suppressions', { phoneNumber, kind: 'opted_out', reason: 'Asked by mail' }, as),
    statuses: [201, 201],
  },
  {
    name: 'POST /people',
    ask: (phoneNumber, as) => call('POST', '/people', { phoneNumber }, as),
    statuses: [409, 201],
  },
  {
    name: 'PATCH /people/{userId}',
    ask: (phoneNumber, as) => call('PATCH', `/people/${other}`, { phoneNumber }, as),
    statuses: [409, 200],
  },
];

test('PRIV-3: every route whose body holds a phone number, or its end, counts as a look-up', () => {
  type Schema = { properties?: Record<string, Schema>; anyOf?: Schema[]; allOf?: Schema[] };
  const names = ({ properties = {}, anyOf = [], allOf = [] }: Schema): string[] => [
    ...Object.keys(properties),
    ...[...Object.values(properties), ...anyOf, ...allOf].flatMap(names),
  ];
  type Described = { requestBody?: { content: { 'application/json': { schema: Schema } } } };
  const { paths } = parley.api.describe() as { paths: Record<string, Record<string, Described>> };
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { requestBody }]) => {
      const fields = requestBody === undefined ? [] : names(requestBody.content['application/json'].schema);
      return fields.some((field) => /phone|last4|number/i.test(field))
        ? [`${method.toUpperCase()} ${path}`]
        : [];
    }),
  );
  const counted = parley.api.routes
    .filter(({ looksUp }) => looksUp)
    .map(({ method, path }) => `${method} ${path}`);
  expect(described.sort()).toEqual(counted.sort());
  expect(new Set(counted)).toEqual(new Set(ways('').map(({ name }) => name.replace(' /', ' /api/v1/'))));
});

test('PRIV-3: all of them share one limit, and answers tell when it ends', async () => {
  const other = await add({ phoneNumber: '+1 202 555 0101', firstName: 'Bea' });
  rest();
  const all = ways(other);
  for (let each = 0; each < 30; each += 1) {
    const answer = await all[each % all.length]?.ask(UNKNOWN);
    expect(answer?.status).toBeLessThan(410);
  }
  for (const { name, ask } of all) {
    const refused = await ask(UNKNOWN);
    expectRefusal(refused, 'LOOKUP_LIMITED');
    expect([name, refused.headers.get('retry-after'), refused.body]).toMatchObject([
      name,
      '60',
      { details: { retryAfterSeconds: 60 } },
    ]);
  }
  expectRefusal(await call('POST', '/people/search', { last4: '0199' }), 'LOOKUP_LIMITED');
  // What takes no number goes on.
  expect((await call('POST', '/people/search', { name: 'Bea' })).status).toBe(200);
  expect((await call('PATCH', `/people/${other}`, { firstName: 'Beatrix' })).status).toBe(200);
  parley.clock.forward(60);
  expect((await call('POST', '/people/search', { phoneNumber: UNKNOWN })).status).toBe(200);
});

test('PRIV-3: the limit is exact for look-ups that run at once, over several processes, and each operator has their own', async () => {
  await parley.addOperator('Oda', 'operator');
  const processes = Array.from({ length: 3 }, () => startApi(db));
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, each) =>
      (processes[each % 3] ?? parley).call('POST', '/people/search', {
        cookie: operator,
        body: { phoneNumber: UNKNOWN },
      }),
    ),
  );
  const statuses = answers.map((answer) => answer?.status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(30);
  expect(statuses.filter((status) => status === 429)).toHaveLength(30);
  const oda = await parley.signIn('oda@example.com');
  expect((await call('POST', '/people/search', { phoneNumber: UNKNOWN }, oda)).status).toBe(200);
});

test('PRIV-3: a cursor makes no look-up free', async () => {
  for (let each = 0; each < 30; each += 1)
    await call('POST', '/people/search', { phoneNumber: UNKNOWN, cursor: 'anything' });
  expectRefusal(
    await call('POST', '/people/search', { phoneNumber: KNOWN, cursor: 'anything' }),
    'LOOKUP_LIMITED',
  );
});

test('PRIV-3: 300 in a day, whatever the breaks', async () => {
  const at = Array.from({ length: 300 }, () => parley.clock.now());
  await db.doc(`lookUps/${operatorId}.look_up`).set({ at, notedAt: null, expiresAt: parley.clock.now() });
  parley.clock.forward(3 * 60 * 60);
  expect((await call('POST', '/people/search', { phoneNumber: KNOWN })).body).toMatchObject({
    errorCode: 'LOOKUP_LIMITED',
    details: { retryAfterSeconds: 21 * 60 * 60 },
  });
});

test('PRIV-3, PRIV-5: each look-up is in the audit log with whom it led to, and never with the number', async () => {
  const ada = await add({ phoneNumber: KNOWN, firstName: 'Ada' });
  const other = await add({ phoneNumber: '+1 202 555 0101', firstName: 'Bea' });
  for (const { name, ask, statuses } of ways(other)) {
    rest();
    const before = (await entries('person.looked_up')).length;
    expect([name, (await ask(KNOWN)).status]).toEqual([name, statuses[0]]);
    const [made, ...more] = (await entries('person.looked_up')).slice(before).concat();
    expect(more).toEqual([]);
    // A search of messages leads to those who have some.
    const led = !name.includes('messages') && name !== 'POST /suppressions/search';
    expect([name, made?.['actor'], made?.['target'], made?.['after']]).toEqual([
      name,
      { kind: 'operator', id: operatorId, label: 'Ole' },
      { kind: 'person', id: led ? ada : null },
      {
        in: /\/(people|messages|suppressions)/.exec(name)?.[1]?.replace('suppressions', 'opt_outs'),
        found: led,
      },
    ]);
  }
  rest();
  await call('POST', '/suppressions/search', { phoneNumber: KNOWN });
  await call('POST', '/people/search', { phoneNumber: UNKNOWN });
  const last = (await entries('person.looked_up')).map(({ target, after }): unknown[] => [
    (target as { id: unknown }).id,
    after,
  ]);
  expect(last).toContainEqual([ada, { in: 'opt_outs', found: true }]);
  expect(last).toContainEqual([null, { in: 'people', found: false }]);
  expect(JSON.stringify(last)).not.toMatch(/555|0143|0199/);
  expect(JSON.stringify((await db.collection('lookUps').get()).docs.map((each) => each.data()))).not.toMatch(
    /555/,
  );
});

test('PRIV-5: refused look-ups are in the audit log once a window, not once a try', async () => {
  for (let each = 0; each < 40; each += 1) await call('POST', '/people/search', { phoneNumber: UNKNOWN });
  expect((await entries('person.lookup_limited')).map(({ after }) => after as object)).toEqual([
    { of: 'look_up' },
  ]);
  expect(await entries('person.looked_up')).toHaveLength(30);
});

test('PRIV-3: an admin has at most 20 numbers revealed in an hour', async () => {
  const ada = await add({ phoneNumber: KNOWN, firstName: 'Ada' });
  await parley.addOperator('Anna', 'admin');
  const admin = await parley.signIn('anna@example.com');
  const reveal = () => call('POST', `/people/${ada}/reveal`, { reason: 'To call her back' }, admin);
  for (let each = 0; each < 20; each += 1) expect((await reveal()).status).toBe(200);
  const refused = await reveal();
  expectRefusal(refused, 'LOOKUP_LIMITED');
  expect(refused.headers.get('retry-after')).toBe('3600');
  expect((await entries('person.revealed')).length).toBe(20);
  expect((await entries('person.lookup_limited')).map(({ after }) => after as object)).toEqual([
    { of: 'reveal' },
  ]);
  parley.clock.forward(3600);
  expect((await reveal()).status).toBe(200);
});

describe('a viewer', () => {
  let viewer: string;
  let nobody: string;
  beforeEach(async () => {
    await parley.addOperator('Vera', 'viewer');
    viewer = await parley.signIn('vera@example.com');
    nobody = await add({ phoneNumber: KNOWN });
    await add({ phoneNumber: '+44 20 7946 0199' });
    await call('POST', '/suppressions', { userId: nobody, kind: 'opted_out', reason: 'Asked by mail' });
    const received = {
      receivedAt: parley.clock.now(),
      userId: nobody,
      senderHash: null,
      sender: '+1 ••• ••• 0143',
      body: 'My code is +1 ••• ••• 0143',
      status: 'registered',
      responded: false,
      responseReason: 'inactive',
      responseId: null,
      keyword: 'revocation',
      segments: 1,
      media: [],
      words: wordsOf('My code is +1 ••• ••• 0143'),
    };
    await db.doc('incomingMessages/SM1').set(received);
    await db.doc('revocations/SM1').set({
      phoneKey: 'key',
      receivedAt: parley.clock.now(),
      state: 'open',
      decision: null,
    });
    const batch = db.batch();
    createConversation(batch, db, 'other', 'Other');
    await batch.commit();
  });

  test('PRIV-3: looks up no number, whole or its end, and no try is counted or answered differently', async () => {
    for (const phoneNumber of [KNOWN, UNKNOWN]) {
      for (const { name, ask } of ways(nobody)) {
        const answer = await ask(phoneNumber, viewer);
        expect([name, answer.status, answer.body]).toMatchObject([
          name,
          403,
          { errorCode: 'PERMISSION_DENIED', details: { needs: 'operator' } },
        ]);
      }
      expectRefusal(
        await call('POST', '/people/search', { last4: phoneNumber.slice(-4) }, viewer),
        'PERMISSION_DENIED',
      );
    }
    expect((await call('POST', '/people/search', { name: 'ada' }, viewer)).status).toBe(200);
    expect((await call('POST', '/messages/search', { in: 'incoming', words: 'code' }, viewer)).status).toBe(
      200,
    );
  });

  test('PRIV-3: sees no digit of a masked number, in whatever answer and field', async () => {
    const paths = [
      '/people',
      `/people/${nobody}`,
      `/people/${nobody}/consent`,
      '/suppressions?kind=opted_out',
      '/suppressions/flagged',
      '/messages/incoming',
      '/messages/incoming/SM1',
      '/messages/outgoing',
    ];
    const asked = async (cookie: string) => {
      const answers = await Promise.all(paths.map((path) => parley.call('GET', path, { cookie })));
      answers.push(await call('POST', '/messages/search', { in: 'incoming', words: 'code' }, cookie));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      return answers.map(({ body }) =>
        JSON.stringify(body).replaceAll('"body":"My code is +1 ••• ••• 0143"', ''),
      );
    };
    const [seen, known] = [await asked(viewer), await asked(operator)];
    expect(seen.join('\n')).not.toMatch(/[• ](?:0143|0199)/);
    expect(seen[0]).toContain('"maskedPhone":"+1 ••• ••• ••••"');
    expect(seen[0]).toContain('"label":"+44 •• •••• ••••"');
    expect(seen[4]).toContain('"sender":"+1 ••• ••• ••••"');
    expect(known.filter((text) => text.includes('••• 0143'))).toHaveLength(7);
    // Texts are shown as they came.
    expect((await parley.call('GET', '/messages/incoming/SM1', { cookie: viewer })).body).toMatchObject({
      body: 'My code is +1 ••• ••• 0143',
    });
  });
});
