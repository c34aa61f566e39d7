import type { Firestore } from '@google-cloud/firestore';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createIncoming } from '../../functions/src/inbound/incoming-store.ts';
import { startApi, type TestAnswer, type TestApi, type TestCall } from '../support/api-in-process.ts';
import { freshDatabase } from '../support/emulator.ts';
import { documentsOf } from '../support/people-world.ts';
import { expectRefusal, textOf } from '../support/refusals.ts';

let db: Firestore;
let api: TestApi;
const cookies = { viewer: '', operator: '' };
let userId = '';

beforeAll(async () => {
  ({ db } = freshDatabase());
  api = startApi(db);
  for (const role of ['viewer', 'operator'] as const) {
    await api.addOperator(role, role);
    cookies[role] = await api.signIn(`${role}@example.com`);
  }
  const added = await call('operator', 'POST', '/people', {
    body: { phoneNumber: '+12025550143', firstName: 'Ada' },
  });
  userId = textOf(added.body, 'id');
  const batch = db.batch();
  createIncoming(batch, db, {
    sid: 'SM00000000000000000000000000000001',
    receivedAt: api.clock.now(),
    userId,
    senderHash: null,
    sender: 'Ada',
    body: '',
    status: 'registered',
    responded: true,
    responseReason: 'acknowledged',
    responseId: 'r_SM00000000000000000000000000000001',
    keyword: null,
    segments: 1,
    media: [{ contentType: 'image/png' }],
    requestId: 'r',
  });
  await batch.commit();
});

afterAll(async () => {
  expect(api.lines.join('\n')).not.toMatch(/202\D{0,3}555/);
  await db.terminate();
});

function call(
  caller: keyof typeof cookies,
  method: string,
  path: string,
  options: TestCall = {},
): Promise<TestAnswer> {
  return api.call(method, path, { cookie: cookies[caller], ...options });
}

function send(
  body: unknown,
  key: string | null = 'key',
  caller: keyof typeof cookies = 'operator',
): Promise<TestAnswer> {
  return call(caller, 'POST', '/messages', { body, headers: key === null ? {} : { 'idempotency-key': key } });
}

describe('OUT-3: POST /messages', () => {
  test('OUT-5: 202 with the id; the same again, 202 with the same', async () => {
    const first = await send({ userId, body: 'Hello Ada' }, 'key-1');
    expect(first.status).toBe(202);
    expect(first.body).toEqual({
      messageId: expect.stringMatching(/^m_[\w-]{32}$/) as unknown,
      status: 'queued',
      dueAt: null,
    });
    expect(await send({ userId, body: 'Hello Ada' }, 'key-1')).toMatchObject({
      status: 202,
      body: first.body,
    });
    expectRefusal(await send({ userId, body: 'Other' }, 'key-1'), 'IDEMPOTENCY_KEY_REUSED');
    const one = await call('viewer', 'GET', `/messages/outgoing/${textOf(first.body, 'messageId')}`);
    expect(one).toMatchObject({
      status: 200,
      body: { recipient: 'Ada', operator: 'operator', status: 'queued', body: 'Hello Ada' },
    });
    expect(api.queued).toContain(textOf(first.body, 'messageId'));
  });

  test('OUT-2: somebody who is not there, or inactive', async () => {
    expectRefusal(await send({ userId: 'nobody', body: 'Hello' }, 'key-2'), 'PERSON_NOT_FOUND');
    const other = await call('operator', 'POST', '/people', {
      body: { phoneNumber: '+12025550144', status: 'inactive' },
    });
    expectRefusal(
      await send({ userId: textOf(other.body, 'id'), body: 'Hello' }, 'key-3'),
      'PERSON_INACTIVE',
    );
  });

  test('OPS-1: disabled: said so, with how to enable it', async () => {
    const disabled = startApi(db, { SMS_MODE: 'disabled' });
    const cookie = await disabled.signIn('operator@example.com');
    const answer = await disabled.call('POST', '/messages', {
      cookie,
      body: { userId, body: 'Hello' },
      headers: { 'idempotency-key': 'key-4' },
    });
    expect(answer).toMatchObject({
      status: 503,
      body: {
        errorCode: 'SMS_DISABLED',
        message: 'Sending is disabled. Set SMS_MODE to simulation or live.',
      },
    });
  });

  test('OP-6: a viewer does not send', async () => {
    expectRefusal(await send({ userId, body: 'Hello' }, 'key-5', 'viewer'), 'PERMISSION_DENIED');
  });

  test.each([
    ['an emoji', 'Hello 🎉'],
    ['right to left', 'שלום'],
    ['combining', 'e\u0301'],
    ['an override of direction', '\u202eabc'],
    ['1,600 letters', 'x'.repeat(1600)],
    ['1,600 units of emoji', '👋🏽'.repeat(400)],
  ])('OUT-1: %s is kept as it is written', async (what, body) => {
    const answer = await send({ userId, body }, what.replaceAll(' ', '-'));
    expect(answer.status).toBe(202);
    const one = await call('viewer', 'GET', `/messages/outgoing/${textOf(answer.body, 'messageId')}`);
    expect(textOf(one.body, 'body')).toBe(body);
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a list', []],
    ['a text', 'Hello'],
    ['no person', { body: 'Hello' }],
    ['no text', { userId: 'u' }],
    ['an empty text', { userId: 'u', body: '' }],
    ['a blank text', { userId: 'u', body: ' \n\t\u00a0' }],
    ['1,601 characters', { userId: 'u', body: 'x'.repeat(1601) }],
    ['a NUL byte', { userId: 'u', body: 'a\u0000b' }],
    ['half an emoji', { userId: 'u', body: 'a\ud83d' }],
    ['a text that is a number', { userId: 'u', body: 5 }],
    ['a person that is a list', { userId: ['u'], body: 'Hello' }],
    ['a phone number as the person', { userId: '+12025550143', body: 'Hello' }],
    ['a path as the person', { userId: 'a/b', body: 'Hello' }],
    ['a person of 65 characters', { userId: 'u'.repeat(65), body: 'Hello' }],
    ['a field too many', { userId: 'u', body: 'Hello', to: '+12025550143' }],
  ])('bad input: %s', async (_what, body) => {
    const before = Object.keys(await documentsOf(db, 'outgoingMessages')).length;
    const answer =
      body === undefined
        ? await call('operator', 'POST', '/messages', { headers: { 'idempotency-key': 'bad' } })
        : await send(body, 'bad');
    expectRefusal(answer);
    expect(Object.keys(await documentsOf(db, 'outgoingMessages'))).toHaveLength(before);
  });

  test.each<[string | null, string]>([
    [null, 'IDEMPOTENCY_KEY_MISSING'],
    ['', 'IDEMPOTENCY_KEY_MISSING'],
    ['with a space', 'VALIDATION_FAILED'],
    ['x'.repeat(129), 'VALIDATION_FAILED'],
    ['é', 'VALIDATION_FAILED'],
  ])('OUT-5: the key %j: %s', async (key, code) => {
    expectRefusal(await send({ userId, body: 'Hello' }, key), code);
  });
});

describe('LOG-1: reading the logs', () => {
  test('IN-4: an incoming entry has every field, also an empty text', async () => {
    const item = {
      id: 'SM00000000000000000000000000000001',
      receivedAt: '2026-03-02T09:00:00.000Z',
      userId,
      sender: 'Ada',
      body: '',
      status: 'registered',
      responded: true,
      responseReason: 'acknowledged',
      responseId: 'r_SM00000000000000000000000000000001',
      keyword: null,
      segments: 1,
      media: [{ contentType: 'image/png' }],
      irregularities: [],
    };
    expect((await call('viewer', 'GET', '/messages/incoming')).body).toEqual({
      items: [item],
      nextCursor: null,
    });
    expect((await call('viewer', 'GET', `/messages/incoming/${item.id}`)).body).toEqual(item);
    const found = await call('operator', 'POST', '/messages/search', {
      body: { in: 'incoming', phoneNumber: '(202) 555-0143' },
    });
    expect(found).toMatchObject({ status: 200, body: { items: [item], nextCursor: null } });
  });

  test('LOG-2: words are found in the outgoing log, with every field', async () => {
    const { body } = await send({ userId, body: 'Unusual wording' }, 'words-1');
    const found = await call('viewer', 'POST', '/messages/search', {
      body: { in: 'outgoing', words: 'WORDING' },
    });
    expect(found.body).toMatchObject({
      items: [{ id: textOf(body, 'messageId'), history: [{ status: 'queued' }], price: null }],
    });
  });

  test.each(['/messages/incoming/nothing', '/messages/outgoing/nothing'])(
    'an unknown id: %s',
    async (path) => {
      expectRefusal(await call('viewer', 'GET', path), 'NOT_FOUND');
    },
  );

  test.each([
    '/messages/incoming?status=delivered',
    '/messages/outgoing?status=unknown',
    '/messages/incoming?sort=operator',
    '/messages/incoming?sort=',
    '/messages/incoming?operatorId=op_1',
    '/messages/incoming?limit=0',
    '/messages/incoming?limit=101',
    '/messages/incoming?limit=1e9',
    '/messages/incoming?limit=',
    '/messages/incoming?limit=1&limit=2',
    '/messages/incoming?from=yesterday',
    '/messages/incoming?from=2026-02-30T00:00:00Z',
    '/messages/incoming?from=2026-01-01',
    '/messages/incoming?to=0000-01-01T00:00:00Z',
    '/messages/incoming?userId=%2B12025550143',
    '/messages/incoming?userId=a%2Fb',
    '/messages/incoming?phoneNumber=%2B12025550143',
    '/messages/incoming?__proto__=1',
    '/messages/outgoing?operatorId=%00',
    '/messages/outgoing?words=hello',
    `/messages/outgoing/${'x'.repeat(65)}`,
    '/messages/outgoing/%2E%2E%2Fusers',
  ])('bad input: GET %s', async (path) => {
    expectRefusal(await call('viewer', 'GET', path), 'VALIDATION_FAILED');
  });

  test.each(['x', 'AAAA', '..', 'e30', `${'A'.repeat(200)}`])(
    'LOG-4: a cursor that we did not give out: %s',
    async (cursor) => {
      expectRefusal(await call('viewer', 'GET', `/messages/outgoing?cursor=${cursor}`), 'BAD_CURSOR');
      expectRefusal(
        await call('viewer', 'POST', '/messages/search', {
          body: { in: 'outgoing', words: 'hello', cursor },
        }),
        'BAD_CURSOR',
      );
    },
  );

  test.each<[unknown]>([
    [{}],
    [{ in: 'incoming' }],
    [{ in: 'nowhere', words: 'a' }],
    [{ in: 'incoming', words: 'a', phoneNumber: '+12025550143' }],
    [{ in: 'incoming', words: ' ' }],
    [{ in: 'incoming', words: '!!!' }],
    [{ in: 'incoming', words: 'x'.repeat(201) }],
    [{ in: 'incoming', words: 7 }],
    [{ in: 'incoming', phoneNumber: '12' }],
    [{ in: 'incoming', phoneNumber: '202-555-CALL' }],
    [{ in: 'incoming', phoneNumber: '1'.repeat(30) }],
    [{ in: 'incoming', phoneNumber: 12025550143 }],
    [{ in: 'incoming', words: 'a', sort: 'operator' }],
    [{ in: 'incoming', words: 'a', status: 'delivered' }],
    [{ in: 'incoming', words: 'a', limit: '10' }],
    [{ in: 'incoming', words: 'a', extra: true }],
  ])('bad input: POST /messages/search %j', async (body) => {
    expectRefusal(await call('operator', 'POST', '/messages/search', { body }), 'VALIDATION_FAILED');
  });
});
