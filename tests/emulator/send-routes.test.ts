import { beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from '../support/api-in-process.ts';
import { freshDatabase } from '../support/emulator.ts';
import { expectRefusal, textOf } from '../support/refusals.ts';

let api: TestApi;
const cookies: Record<string, string> = {};
let userId = '';
let keys = 0;

beforeAll(async () => {
  const { db } = freshDatabase();
  api = startApi(db);
  for (const role of ['viewer', 'operator', 'admin'] as const) {
    await api.addOperator(role, role);
    cookies[role] = await api.signIn(`${role}@example.com`);
  }
  await api.addOperator('colleague', 'operator');
  cookies['colleague'] = await api.signIn('colleague@example.com');
  const person = { body: { phoneNumber: '+12025550143', firstName: 'Ada' } };
  userId = textOf((await call('operator', 'POST', '/people', person.body)).body, 'id');
  await call('admin', 'PATCH', '/settings/limits', { personPerHour: null });
});

function call(caller: string, method: string, path: string, body?: unknown, headers = {}) {
  const cookie = cookies[caller] ?? '';
  return api.call(method, path, { cookie, headers, ...(body === undefined ? {} : { body }) });
}

const send = (fields: object) =>
  call(
    'operator',
    'POST',
    '/messages',
    { userId, body: 'Hello', ...fields },
    {
      'idempotency-key': `key-${String((keys += 1))}`,
    },
  );

describe('OUT-8, OUT-9: the routes of messages that wait', () => {
  test('OUT-8: a message is scheduled, edited and canceled', async () => {
    const first = await send({ sendAt: { local: '2026-03-08T02:30', timeZone: 'America/New_York' } });
    // In the hour that the change of clocks skips: the answer tells the instant.
    expect(first).toMatchObject({
      status: 202,
      body: { status: 'scheduled', dueAt: '2026-03-08T07:30:00.000Z' },
    });
    const path = `/messages/outgoing/${textOf(first.body, 'messageId')}`;
    expect(await call('operator', 'PATCH', path, { body: 'Hello again' })).toMatchObject({
      status: 200,
      body: { status: 'scheduled', body: 'Hello again', timeZone: 'America/New_York' },
    });
    expect(await call('operator', 'DELETE', path)).toMatchObject({
      status: 200,
      body: { status: 'canceled' },
    });
    expectRefusal(await call('operator', 'PATCH', path, { body: 'Too late' }), 'MESSAGE_ALREADY_LEFT');
  });

  test('OUT-9: a held message is undone, and one that is sent at once cannot be', async () => {
    const held = await send({ undoSeconds: 30 });
    expect(held).toMatchObject({ status: 202, body: { status: 'held', dueAt: '2026-03-02T09:00:30.000Z' } });
    const path = `/messages/outgoing/${textOf(held.body, 'messageId')}`;
    expect((await call('operator', 'DELETE', path)).status).toBe(200);
    const gone = await send({ undoSeconds: 0 });
    expect(gone).toMatchObject({ body: { status: 'queued', dueAt: null } });
    const left = `/messages/outgoing/${textOf(gone.body, 'messageId')}`;
    expectRefusal(await call('operator', 'DELETE', left), 'MESSAGE_ALREADY_LEFT');
    expectRefusal(await call('operator', 'DELETE', '/messages/outgoing/m_none'), 'NOT_FOUND');
    expectRefusal(await call('viewer', 'DELETE', left), 'PERMISSION_DENIED');
  });

  test('OUT-8: only its author and admins change or cancel a message, and the entry names all of them', async () => {
    const sendAt = { local: '2026-03-08T02:30', timeZone: 'America/New_York' };
    const path = `/messages/outgoing/${textOf((await send({ sendAt })).body, 'messageId')}`;
    expectRefusal(await call('colleague', 'PATCH', path, { body: 'Not mine' }), 'NOT_YOUR_MESSAGE');
    expectRefusal(await call('colleague', 'DELETE', path), 'NOT_YOUR_MESSAGE');
    expect(await call('admin', 'PATCH', path, { body: 'Hello again' })).toMatchObject({
      status: 200,
      body: {
        operator: 'operator',
        body: 'Hello again',
        edits: [{ operator: 'admin', body: 'Hello', dueAt: null }],
      },
    });
    expect(await call('admin', 'DELETE', path)).toMatchObject({ status: 200, body: { status: 'canceled' } });
  });

  test('OUT-11: an edit that a limit refuses is answered as a send is', async () => {
    const path = `/messages/outgoing/${textOf((await send({ undoSeconds: 30 })).body, 'messageId')}`;
    await call('admin', 'PATCH', '/settings/limits', { dailySpend: 0.1 });
    const refused = await call('operator', 'PATCH', path, { body: 'ж'.repeat(1600) });
    expectRefusal(refused, 'SPEND_LIMIT_REACHED');
    expect(refused).toMatchObject({
      status: 429,
      body: { details: { limit: 0.1, retryAfterSeconds: 15 * 3600 } },
    });
    await call('admin', 'PATCH', '/settings/limits', { dailySpend: null });
    expect((await call('operator', 'PATCH', path, { body: 'ж'.repeat(1600) })).status).toBe(200);
  });

  test.each<[string, object]>([
    ['a time in the past', { sendAt: { local: '2026-03-02T08:59', timeZone: 'UTC' } }],
    ['a time in 100 years', { sendAt: { local: '2126-03-02T09:00', timeZone: 'UTC' } }],
    ['a day that is none', { sendAt: { local: '2026-02-31T09:00', timeZone: 'UTC' } }],
    ['an unknown zone', { sendAt: { local: '2026-03-03T09:00', timeZone: 'Mars/Olympus' } }],
    ['an offset as the zone', { sendAt: { local: '2026-03-03T09:00', timeZone: '+05:00' } }],
    ['seconds', { sendAt: { local: '2026-03-03T09:00:00', timeZone: 'UTC' } }],
    ['no zone', { sendAt: { local: '2026-03-03T09:00' } }],
    ['a time that is a number', { sendAt: 1772442000 }],
    ['an undo window of 31 s', { undoSeconds: 31 }],
    ['a negative one', { undoSeconds: -1 }],
    ['half a second', { undoSeconds: 0.5 }],
    ['a text as the window', { undoSeconds: '5' }],
  ])('bad input: %s', async (_what, fields) => {
    expectRefusal(await send(fields), 'VALIDATION_FAILED');
  });

  test.each<[string, unknown]>([
    ['nothing', {}],
    ['another person', { userId: 'u' }],
    ['blank words', { body: ' ' }],
    ['invisible words', { body: '\u200b\u2800' }],
    ['a status', { status: 'delivered' }],
  ])('OUT-8: refuses an edit with %s', async (_what, patch) => {
    expectRefusal(await call('operator', 'PATCH', '/messages/outgoing/m_1', patch), 'VALIDATION_FAILED');
  });
});

describe('OUT-6: the route of messages that need review', () => {
  async function unclear(): Promise<string> {
    const id = textOf((await send({})).body, 'messageId');
    const attention = { reason: 'lost_twice', since: api.clock.now() };
    await api.deps.db
      .doc(`outgoingMessages/${id}`)
      .update({ status: 'unconfirmed', attention, checkAt: null });
    return id;
  }

  test.each([
    ['sent', 'sent', 'operator recorded that it arrived.'],
    ['failed', 'failed', 'operator recorded that it never arrived.'],
    ['resend', 'queued', 'operator sent it again.'],
  ])('OUT-6: decided as %s, it is %s, with who decided', async (as, status, note) => {
    const id = await unclear();
    api.queued.length = 0;
    const answer = await call('operator', 'POST', `/messages/outgoing/${id}/resolve`, { as });
    expect(answer).toMatchObject({ status: 200, body: { status, attention: null } });
    const { history } = answer.body as { history: { note: string | null; source: string }[] };
    expect(history.at(-1)).toMatchObject({ note, source: 'operator' });
    expect(api.queued).toEqual(as === 'resend' ? [id] : []);
    expectRefusal(
      await call('operator', 'POST', `/messages/outgoing/${id}/resolve`, { as }),
      'MESSAGE_NOT_UNCLEAR',
    );
  });

  test('OUT-6: refuses bad input, unknown and settled messages, and viewers', async () => {
    const id = await unclear();
    const path = `/messages/outgoing/${id}/resolve`;
    expectRefusal(await call('operator', 'POST', path, { as: 'delivered' }), 'VALIDATION_FAILED');
    expectRefusal(await call('operator', 'POST', path, {}), 'VALIDATION_FAILED');
    expectRefusal(await call('viewer', 'POST', path, { as: 'sent' }), 'PERMISSION_DENIED');
    expectRefusal(
      await call('operator', 'POST', '/messages/outgoing/m_none/resolve', { as: 'sent' }),
      'NOT_FOUND',
    );
    const clear = textOf((await send({})).body, 'messageId');
    expectRefusal(
      await call('operator', 'POST', `/messages/outgoing/${clear}/resolve`, { as: 'resend' }),
      'MESSAGE_NOT_UNCLEAR',
    );
  });
});

describe('OUT-11: the routes of the limits', () => {
  test('OUT-11: everybody reads the limits, an admin changes them, and a refusal names the limit', async () => {
    expect((await call('viewer', 'GET', '/settings/limits')).body).toMatchObject({ operatorPerMinute: 60 });
    expectRefusal(
      await call('operator', 'PATCH', '/settings/limits', { dailySpend: 1 }),
      'PERMISSION_DENIED',
    );
    await call('admin', 'PATCH', '/settings/limits', { dailySpend: 0.01 });
    const refused = await send({});
    expectRefusal(refused, 'SPEND_LIMIT_REACHED');
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ details: { limit: 0.01, retryAfterSeconds: 15 * 3600 } });
    await call('admin', 'PATCH', '/settings/limits', { dailySpend: null });
  });

  test.each<[string, unknown]>([
    ['nothing', {}],
    ['a negative spend', { dailySpend: -1 }],
    ['no spend', { dailySpend: 0 }],
    ['a thousandth of a dollar', { dailySpend: 0.001 }],
    ['a rate of 0', { personPerHour: 0 }],
    ['half a text', { operatorPerMinute: 0.5 }],
    ['a text', { personPerHour: '10' }],
    ['a million dollars', { dailySpend: 1_000_000 }],
    ['an unknown limit', { perDay: 1 }],
  ])('bad input: %s', async (_what, patch) => {
    expectRefusal(await call('admin', 'PATCH', '/settings/limits', patch), 'VALIDATION_FAILED');
  });
});

describe('OUT-9: one’s own undo window', () => {
  test('OUT-9: the undo window is 5 s until an operator chooses their own', async () => {
    const undo = async (caller: string) => (await call(caller, 'GET', '/session')).body;
    expect(await undo('operator')).toMatchObject({ settings: { undoSeconds: 5 } });
    expect(await call('operator', 'PATCH', '/session', { undoSeconds: 30 })).toMatchObject({
      status: 200,
      body: { settings: { undoSeconds: 30 } },
    });
    expect(await undo('operator')).toMatchObject({ settings: { undoSeconds: 30 } });
    expect(await undo('admin')).toMatchObject({ settings: { undoSeconds: 5 } });
  });

  test.each<[string, unknown]>([
    ['nothing', {}],
    ['31 s', { undoSeconds: 31 }],
    ['-1 s', { undoSeconds: -1 }],
    ['half a second', { undoSeconds: 0.5 }],
    ['a role', { undoSeconds: 5, role: 'owner' }],
  ])('bad input: %s', async (_what, patch) => {
    expectRefusal(await call('operator', 'PATCH', '/session', patch), 'VALIDATION_FAILED');
  });
});
