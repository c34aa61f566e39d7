import { beforeEach, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../functions/src/contract/errors.ts';
import type {
  ConsentHistory,
  RevocationItem,
  SuppressionItem,
} from '../../functions/src/contract/suppressions.ts';
import { receiveInbound } from '../../functions/src/messaging/receive-inbound.ts';
import { startApi, testStart, type TestAnswer, type TestApi } from '../support/api-in-process.ts';
import { freshDatabase, newMessageSid } from '../support/emulator.ts';
import { expectRefusal } from '../support/refusals.ts';

let parley: TestApi;
const cookies: Record<string, string> = {};
const ADA = '+12025550143';
const NOBODY = '+12025550199';

beforeEach(async () => {
  parley = startApi(freshDatabase().db);
  for (const [name, role] of [
    ['Vera', 'viewer'],
    ['Olive', 'operator'],
    ['Adam', 'admin'],
  ] as const) {
    await parley.addOperator(name, role);
    cookies[role] = await parley.signIn(`${name.toLowerCase()}@example.com`);
  }
});

const as = (role: string) => ({ cookie: cookies[role] ?? '' });
const get = (path: string, role = 'viewer') => parley.call('GET', path, as(role));
const post = (path: string, body: unknown, role = 'operator') =>
  parley.call('POST', path, { ...as(role), body });
const items = <T>(answer: TestAnswer) => (answer.body as { items: T[] }).items;
const hash = (number: string) => parley.deps.vault.hash(number);

async function addAda(): Promise<string> {
  const { body } = await post('/people', { phoneNumber: ADA, firstName: 'Ada', lastName: 'Lovelace' });
  return (body as { id: string }).id;
}

async function text(body: string, from = ADA): Promise<string> {
  const sid = newMessageSid();
  await receiveInbound(
    parley.deps,
    { sid, from, body, segments: 1, media: [], optOutType: null },
    'request-in',
  );
  return sid;
}

async function history(userId: string): Promise<ConsentHistory> {
  return (await get(`/people/${userId}/consent`)).body as ConsentHistory;
}

/** Audit entries about consent, oldest first. */
async function audited(): Promise<Record<string, unknown>[]> {
  const { docs } = await parley.deps.db.collection('auditLog').orderBy('at').get();
  return docs.map((each) => each.data()).filter(({ action }) => String(action).startsWith('consent.'));
}

describe('SUPP-1: opt-outs and suppressed numbers, each with reason, source and time', () => {
  test('SUPP-1: STOP and START are in the consent history of the person, each with its message', async () => {
    const userId = await addAda();
    const stop = await text('STOP');
    expect(items<SuppressionItem>(await get('/suppressions?kind=opted_out'))).toEqual([
      {
        id: hash(ADA),
        kind: 'opted_out',
        userId,
        label: 'Ada Lovelace',
        maskedPhone: '+1 ••• ••• ••••',
        at: testStart.toISOString(),
        source: 'keyword',
        reason: null,
        errorCode: null,
        operator: null,
      },
    ]);
    expect(items(await get('/suppressions?kind=suppressed'))).toEqual([]);
    parley.clock.forward(60);
    const start = await text('START');
    const found = await history(userId);
    expect(found).toMatchObject({ id: hash(ADA), optedOut: null, suppressed: null, nextCursor: null });
    expect(
      found.items.map(({ kind, change, source, messageId }) => [kind, change, source, messageId]),
    ).toEqual([
      ['opted_out', 'lifted', 'keyword', start],
      ['opted_out', 'added', 'keyword', stop],
    ]);
    expect(items(await get('/suppressions?kind=opted_out'))).toEqual([]);
  });

  test('SUPP-3: consent that an operator records and removes is in the same history as opt-outs', async () => {
    const consent = { source: 'Sign-up sheet', at: '2026-03-01T10:00:00Z', wording: 'Yes.' };
    const { body } = await post('/people', { phoneNumber: ADA, consent });
    const userId = (body as { id: string }).id;
    parley.clock.forward(60);
    const taken = await parley.call('PATCH', `/people/${userId}`, {
      ...as('operator'),
      body: { consent: null },
    });
    expect(taken.status).toBe(200);
    parley.clock.forward(60);
    await text('STOP');
    expect((await history(userId)).items).toMatchObject([
      { kind: 'opted_out', change: 'added', source: 'keyword' },
      { kind: 'consent', change: 'lifted', source: 'operator', operator: 'Olive' },
      { kind: 'consent', change: 'added', source: 'operator', reason: 'Sign-up sheet', operator: 'Olive' },
    ]);
  });

  test('SUPP-1: a second STOP changes nothing and adds no second event', async () => {
    const userId = await addAda();
    await text('STOP');
    await text('STOP');
    expect((await history(userId)).items).toHaveLength(1);
  });

  test('SUPP-1: 10 STOPs at the same time make one opt-out, one event and one audit entry', async () => {
    const userId = await addAda();
    await Promise.all(Array.from({ length: 10 }, () => text('STOP')));
    expect((await history(userId)).items).toHaveLength(1);
    expect((await audited()).map(({ action }) => action)).toEqual(['consent.opted_out']);
  });

  test('SUPP-1: STOP from an unknown number is listed, and is in the history of a person who is registered with it later', async () => {
    await text('STOP', NOBODY);
    expect(items<SuppressionItem>(await get('/suppressions?kind=opted_out'))).toMatchObject([
      { userId: null, label: `Unknown · ${hash(NOBODY).slice(0, 6)}`, maskedPhone: null, source: 'keyword' },
    ]);
    const { body } = await post('/people', { phoneNumber: NOBODY });
    const found = await history((body as { id: string }).id);
    expect(found.optedOut).toMatchObject({ source: 'keyword' });
    expect(found.items).toMatchObject([{ kind: 'opted_out', change: 'added', currentNumber: true }]);
  });
});

describe('SUPP-3: list, search, add, lift with a reason', () => {
  test('SUPP-3: an operator suppresses a person’s number, an admin lifts it; event and audit entry say who and why', async () => {
    const userId = await addAda();
    const added = await post('/suppressions', {
      userId,
      kind: 'suppressed',
      reason: 'Letters say a landline',
    });
    expect(added).toMatchObject({
      status: 201,
      body: {
        id: hash(ADA),
        kind: 'suppressed',
        source: 'operator',
        operator: 'Olive',
        reason: 'Letters say a landline',
      },
    });
    expect((await get(`/people/${userId}`)).body).toMatchObject({ untextable: 'suppressed' });
    parley.clock.forward(60);
    const lift = { id: hash(ADA), kind: 'suppressed', reason: 'It was a typo' };
    expectRefusal(await post('/suppressions/lift', lift, 'operator'), ['PERMISSION_DENIED']);
    expect((await post('/suppressions/lift', lift, 'admin')).status).toBe(204);
    expect((await get(`/people/${userId}`)).body).toMatchObject({ untextable: null });
    expect((await history(userId)).items).toMatchObject([
      { kind: 'suppressed', change: 'lifted', operator: 'Adam', reason: 'It was a typo' },
      { kind: 'suppressed', change: 'added', operator: 'Olive', reason: 'Letters say a landline' },
    ]);
    expect(await audited()).toMatchObject([
      {
        action: 'consent.suppressed',
        target: { kind: 'person', id: userId },
        after: { source: 'operator', reason: 'Letters say a landline' },
      },
      { action: 'consent.unsuppressed', actor: { label: 'Adam' }, after: { reason: 'It was a typo' } },
    ]);
    expectRefusal(await post('/suppressions/lift', lift, 'admin'), ['NOT_FOUND']);
  });

  test('SUPP-3: adding an opt-out that exists keeps its own reason', async () => {
    const userId = await addAda();
    await text('STOP');
    const again = await post('/suppressions', { userId, kind: 'opted_out', reason: 'Told us by phone' });
    expect(again).toMatchObject({ status: 201, body: { source: 'keyword', reason: null } });
    expect((await history(userId)).items).toHaveLength(1);
  });

  test('SUPP-3: an opt-out of an unregistered number is found by search, and holds for the person registered with it later', async () => {
    const added = await post('/suppressions', {
      phoneNumber: '(202) 555-0199',
      kind: 'opted_out',
      reason: 'Letter',
    });
    expect(added).toMatchObject({ status: 201, body: { userId: null, maskedPhone: null } });
    const found = await post('/suppressions/search', { phoneNumber: NOBODY });
    expect(items(found)).toEqual([added.body]);
    expect((await post('/people', { phoneNumber: NOBODY })).body).toMatchObject({ untextable: 'opted_out' });
    expect(items(await post('/suppressions/search', { phoneNumber: '+12025550111' }))).toEqual([]);
    expect(JSON.stringify(await audited())).not.toContain('2025550199');
  });

  test('SUPP-3: the list is newest first, and each page continues where the one before ended', async () => {
    for (const last of ['01', '02', '03', '04', '05']) {
      await post('/suppressions', {
        phoneNumber: `+120255501${last}`,
        kind: 'suppressed',
        reason: `No ${last}`,
      });
      parley.clock.forward(1);
    }
    const seen: (string | null)[] = [];
    let path = '/suppressions?kind=suppressed&limit=2';
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await get(path + (cursor && `&cursor=${cursor}`));
      const page = body as { items: SuppressionItem[]; nextCursor: string | null };
      seen.push(...page.items.map(({ reason }) => reason));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(['No 05', 'No 04', 'No 03', 'No 02', 'No 01']);
    path = '/suppressions?kind=opted_out&limit=2';
    const first = (await get('/suppressions?kind=suppressed&limit=2')).body as { nextCursor: string };
    expectRefusal(await get(`${path}&cursor=${first.nextCursor}`), ['BAD_CURSOR']);
  });

  test.each<[string, string, unknown, ErrorCode]>([
    ['neither person nor number', '/suppressions', { kind: 'opted_out', reason: 'Why' }, 'VALIDATION_FAILED'],
    [
      'both person and number',
      '/suppressions',
      { userId: 'u', phoneNumber: ADA, kind: 'opted_out', reason: 'Why' },
      'VALIDATION_FAILED',
    ],
    [
      'a person who does not exist',
      '/suppressions',
      { userId: 'u', kind: 'opted_out', reason: 'Why' },
      'PERSON_NOT_FOUND',
    ],
    [
      'a text that is not a number',
      '/suppressions',
      { phoneNumber: '12', kind: 'opted_out', reason: 'Why' },
      'PHONE_NUMBER_INVALID',
    ],
    ['no reason', '/suppressions', { userId: 'u', kind: 'opted_out', reason: '  ' }, 'VALIDATION_FAILED'],
    [
      'a number in the reason',
      '/suppressions',
      { userId: 'u', kind: 'opted_out', reason: `Call ${ADA}` },
      'VALIDATION_FAILED',
    ],
    [
      'a reason that turns the direction of the page',
      '/suppressions',
      { userId: 'u', kind: 'opted_out', reason: 'Why\u202e' },
      'VALIDATION_FAILED',
    ],
    [
      'a kind that does not exist',
      '/suppressions',
      { userId: 'u', kind: 'inactive', reason: 'Why' },
      'VALIDATION_FAILED',
    ],
    [
      'the id of an unknown number',
      '/suppressions/lift',
      { id: 'f'.repeat(64), kind: 'opted_out', reason: 'Why' },
      'NOT_FOUND',
    ],
    [
      'a search for words as a number',
      '/suppressions/search',
      { phoneNumber: 'call me' },
      'PHONE_NUMBER_INVALID',
    ],
  ])('ACC-5: %s is refused', async (_what, path, body, code) => {
    const answer = await post(path, body, 'admin');
    expectRefusal(answer, [code]);
    expect(JSON.stringify(answer.body)).not.toContain('2025550143');
    expect(await audited()).toEqual([]);
  });
});

describe('IN-7: opt-out requests', () => {
  test('IN-7: opt-out requests are listed oldest first, and an operator turns one into an opt-out', async () => {
    const userId = await addAda();
    const sid = await text('Please stop texting me');
    parley.clock.forward(5);
    const later = await text('leave me alone', NOBODY);
    const flagged = items<RevocationItem>(await get('/suppressions/flagged'));
    expect(flagged.map(({ message, optedOut }) => [message.id, message.body, optedOut])).toEqual([
      [sid, 'Please stop texting me', false],
      [later, 'leave me alone', false],
    ]);
    expectRefusal(await post(`/suppressions/flagged/${sid}`, { as: 'opted_out' }, 'viewer'), [
      'PERMISSION_DENIED',
    ]);
    expect((await post(`/suppressions/flagged/${sid}`, { as: 'opted_out' })).status).toBe(204);
    expect((await post(`/suppressions/flagged/${sid}`, { as: 'opted_out' })).status).toBe(204);
    expectRefusal(await post(`/suppressions/flagged/${sid}`, { as: 'dismissed' }), ['ALREADY_DECIDED']);
    expect((await get(`/people/${userId}`)).body).toMatchObject({ untextable: 'opted_out' });
    expect((await history(userId)).items).toMatchObject([
      { kind: 'opted_out', change: 'added', source: 'operator', operator: 'Olive', messageId: sid },
    ]);
    expect(await audited()).toMatchObject([{ action: 'consent.opted_out', target: { id: userId } }]);
    expect(items<RevocationItem>(await get('/suppressions/flagged'))).toMatchObject([
      { message: { id: later } },
    ]);
  });

  test('IN-7: a request is dismissed with a reason, which the audit log keeps; the person can still be texted', async () => {
    const userId = await addAda();
    const sid = await text('Stop texting me so early. After nine is fine');
    expect(
      (await post(`/suppressions/flagged/${sid}`, { as: 'dismissed', reason: 'About the hour' })).status,
    ).toBe(204);
    expect((await get(`/people/${userId}`)).body).toMatchObject({ untextable: null });
    expect(await audited()).toMatchObject([
      {
        action: 'consent.dismissed',
        target: { id: userId },
        after: { messageId: sid, reason: 'About the hour' },
      },
    ]);
    expect(items(await get('/suppressions/flagged'))).toEqual([]);
  });

  test('IN-7: the opt-out is of the number that asked, even when the person has another number by then', async () => {
    const userId = await addAda();
    const sid = await text('take me off your list');
    await parley.call('PATCH', `/people/${userId}`, {
      ...as('operator'),
      body: { phoneNumber: '+12025550150' },
    });
    await post(`/suppressions/flagged/${sid}`, { as: 'opted_out' });
    expect((await get(`/people/${userId}`)).body).toMatchObject({ untextable: null });
    expect(items<SuppressionItem>(await get('/suppressions?kind=opted_out'))).toMatchObject([
      { id: hash(ADA), userId: null },
    ]);
  });

  test('IN-7: of operators who decide differently at the same time, only one decision counts', async () => {
    await addAda();
    const sid = await text('Please stop texting me');
    const answers = await Promise.all(
      (['opted_out', 'dismissed', 'opted_out', 'dismissed'] as const).map((each) =>
        post(`/suppressions/flagged/${sid}`, { as: each }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 204, 409, 409]);
    expect(await audited()).toHaveLength(1);
  });

  test('IN-7: a person who has opted out already is not flagged, and a message that was not flagged cannot be decided on', async () => {
    await addAda();
    await text('STOP');
    const sid = await text('Please stop texting me');
    expect(items(await get('/suppressions/flagged'))).toEqual([]);
    expectRefusal(await post(`/suppressions/flagged/${sid}`, { as: 'opted_out' }), ['NOT_FOUND']);
  });
});

describe('SUPP-2: the table of error codes', () => {
  const patch = (codes: unknown, role = 'admin') =>
    parley.call('PATCH', '/settings/error-codes', { ...as(role), body: { codes } });
  const entry = (answer: TestAnswer, code: number) =>
    (answer.body as { codes: { code: number; category: string; default: string }[] }).codes.find(
      (each) => each.code === code,
    );
  let table: TestAnswer;

  beforeEach(async () => {
    table = await get('/settings/error-codes');
  });

  test.each([
    [21610, 'opt_out', true],
    [21211, 'suppress', true],
    [30005, 'suppress', true],
    [30006, 'suppress', true],
    [30003, 'transient', false],
    [30007, 'transient', false],
    [20429, 'transient', true],
    [30034, 'permanent', true],
  ])('SUPP-2: error code %i is %s by default', (code, category, maySuppress) => {
    expect(entry(table, code)).toMatchObject({ category, default: category, maySuppress });
  });

  test('SUPP-2: only an admin changes error codes; null resets one to its default; the audit log has before and after', async () => {
    expectRefusal(await patch({ 30004: 'suppress' }, 'operator'), ['PERMISSION_DENIED']);
    const changed = await patch({ 30004: 'suppress', 30005: 'permanent', 63038: 'transient' });
    expect(changed).toMatchObject({
      status: 200,
      body: { updatedBy: 'Adam', updatedAt: testStart.toISOString() },
    });
    expect(entry(changed, 30004)).toMatchObject({ category: 'suppress', default: 'permanent' });
    expect(entry(changed, 63038)).toMatchObject({ category: 'transient', default: 'permanent' });
    const back = await patch({ 30004: null, 63038: null });
    expect(entry(back, 30004)).toMatchObject({ category: 'permanent' });
    expect(entry(back, 63038)).toBeUndefined();
    expect(entry(back, 30005)).toMatchObject({ category: 'permanent' });
    const { docs } = await parley.deps.db
      .collection('auditLog')
      .where('action', '==', 'settings.changed')
      .get();
    expect(docs.map((each) => [each.get('before') as unknown, each.get('after') as unknown])).toContainEqual([
      { 30004: 'permanent', 30005: 'suppress', 63038: 'permanent' },
      { 30004: 'suppress', 30005: 'permanent', 63038: 'transient' },
    ]);
  });

  test.each<[string, unknown]>([
    ['30003 as a suppression', { 30003: 'suppress' }],
    ['30007 as an opt-out', { 30007: 'opt_out' }],
    ['a category that does not exist', { 30004: 'ignore' }],
    ['words as a code', { 'drop table': 'permanent' }],
    ['a code of four digits', { 3000: 'permanent' }],
    ['a code with a fraction', { '30004.5': 'permanent' }],
    ['a prototype', { constructor: 'permanent' }],
    ['no code at all', {}],
    ['a list', ['suppress']],
    [
      '201 codes',
      Object.fromEntries(Array.from({ length: 201 }, (_, index) => [String(40000 + index), 'permanent'])),
    ],
  ])('SUPP-2: a table with %s is refused, and nothing is written', async (_what, codes) => {
    expectRefusal(await patch(codes), ['VALIDATION_FAILED']);
    expect((await parley.deps.db.doc('settings/errorCodes').get()).exists).toBe(false);
  });

  test('SUPP-2: changes of different codes at the same time all succeed', async () => {
    await Promise.all([
      patch({ 30004: 'suppress' }),
      patch({ 30008: 'permanent' }),
      patch({ 21612: 'suppress' }),
    ]);
    const now = await get('/settings/error-codes');
    expect([30004, 30008, 21612].map((code) => entry(now, code)?.category)).toEqual([
      'suppress',
      'permanent',
      'suppress',
    ]);
  });
});
