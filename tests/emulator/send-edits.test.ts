import { FieldValue } from '@google-cloud/firestore';
import { beforeEach, describe, expect, test } from 'vitest';
import type { SendLimitsPatch } from '../../functions/src/contract/send-limits.ts';
import { acceptOutgoing, type SendRequest } from '../../functions/src/outbox/accept-outgoing.ts';
import { ROLE_SCOPES } from '../../functions/src/contract/permissions.ts';
import type { Editor } from '../../functions/src/outbox/authorship.ts';
import { cancelOutgoing } from '../../functions/src/outbox/cancel-outgoing.ts';
import { changeSendLimits, readSendLimits } from '../../functions/src/limits/change-send-limits.ts';
import { editOutgoing } from '../../functions/src/outbox/edit-outgoing.ts';
import { receiveInbound } from '../../functions/src/inbound/receive-inbound.ts';
import { resolveOutgoing } from '../../functions/src/outbox/resolve-outgoing.ts';
import { sendOutgoing } from '../../functions/src/outbox/send-outgoing.ts';
import { author, messagingWorld, sidOf, type MessagingWorld } from '../support/messaging-world.ts';

const phone = '+12025550143';
/** 24 segments of 33 suns, which are two UCS-2 characters each. */
const LONG = '🌞'.repeat(24 * 33);
const admin: Editor = { operatorId: 'op_2', operator: 'Ada Admin', scopes: ROLE_SCOPES.admin };
const stranger: Editor = { operatorId: 'op_3', operator: 'Otis Operator', scopes: ROLE_SCOPES.operator };

let world: MessagingWorld;
let userId: string;
let keys = 0;

beforeEach(async () => {
  world = messagingWorld();
  userId = (await world.add(phone)).id;
});

const limit = (patch: SendLimitsPatch) => changeSendLimits(world.deps, patch, world.audit);
const contextOf = ({ operatorId, operator }: Editor) => ({
  ...world.audit,
  actor: { kind: 'operator' as const, id: operatorId, label: operator },
});
const edit = (id: string, patch: Parameters<typeof editOutgoing>[2], by = author) =>
  editOutgoing(world.deps, id, patch, by, contextOf(by));
const cancel = (id: string, by = author) => cancelOutgoing(world.deps, id, by, contextOf(by));
const spent = async () => (await readSendLimits(world.deps)).spentToday;
const hour = async () => {
  const times: unknown = (await world.db.doc(`conversations/${userId}`).get()).get('operatorTexts');
  return Array.isArray(times) ? times.length : null;
};
const audited = async (action: string) =>
  (await world.db.collection('auditLog').where('action', '==', action).get()).docs.map((each) => ({
    before: each.get('before') as unknown,
    after: each.get('after') as unknown,
  }));

/** 08:00 in New York; the world begins at 07:00 there. */
const inAnHour = { sendAt: { local: '2026-11-20T08:00', timeZone: 'America/New_York' } };
const inADay = { sendAt: { local: '2026-11-22T08:00', timeZone: 'America/New_York' } };
const held = { undoSeconds: 30 };

async function accepted(when: Pick<SendRequest, 'sendAt' | 'undoSeconds'>, body = 'Hello'): Promise<string> {
  const request = { userId, body, operatorId: 'op_1', operator: 'Olive Operator', ...when };
  const key = `edit-${String((keys += 1))}`;
  const result = await acceptOutgoing(world.deps, { ...request, idempotencyKey: key }, world.audit);
  if (result.kind !== 'accepted') throw new Error(result.kind);
  return result.answer.messageId;
}

describe('OUT-11: an edit is charged what it adds, and held against the day’s spending', () => {
  test.each([
    ['within its undo window', held],
    ['while it is scheduled', inAnHour],
  ])('a message of one segment is not made into 24 %s', async (_what, when) => {
    await limit({ dailySpend: 0.1 });
    const id = await accepted(when);
    expect(await edit(id, { body: LONG })).toEqual({
      kind: 'guarded',
      userId,
      refusal: { code: 'SPEND_LIMIT_REACHED', limit: 0.1, retryAfterSeconds: 12 * 3600 },
    });
    expect((await world.entry(id)).item).toMatchObject({ body: 'Hello', segments: 1, edits: [] });
    expect(await spent()).toBe(0.0083);
    expect(await audited('message.refused')).toEqual([
      { before: null, after: { code: 'SPEND_LIMIT_REACHED', limit: 0.1, userId } },
    ]);
    expect(await audited('message.edited')).toEqual([]);
  });

  test('what it grows by is charged, what it shrinks by is given back, over any number of edits', async () => {
    const id = await accepted(inAnHour);
    await edit(id, { body: LONG });
    expect(await spent()).toBe(0.1992);
    await edit(id, { body: 'Hello' });
    expect(await spent()).toBe(0.0083);
    await edit(id, { body: `${'a'.repeat(160)}!` });
    expect(await spent()).toBe(0.0166);
    await edit(id, { ...inAnHour, body: 'Hello again' });
    expect(await spent()).toBe(0.0083);
  });

  test('edits of several messages at once are all charged, and pass the limit together no more than alone', async () => {
    await limit({ dailySpend: 0.25, personPerHour: null });
    const ids = [
      await accepted(inAnHour, 'One'),
      await accepted(inAnHour, 'Two'),
      await accepted(held, 'Three'),
    ];
    const results = await Promise.all(ids.map((id) => edit(id, { body: LONG })));
    expect(results.map(({ kind }) => kind).sort()).toEqual(['edited', 'guarded', 'guarded']);
    expect(await spent()).toBe(0.2158);
  });

  test('growth is charged on the day of the edit, by the limits of that moment', async () => {
    const sendAt = { local: '2026-11-24T08:00', timeZone: 'America/New_York' };
    const id = await accepted({ sendAt });
    world.clock.forward(24 * 3600);
    expect(await spent()).toBe(0);
    await limit({ dailySpend: 0.19 });
    expect((await edit(id, { body: LONG })).kind).toBe('guarded');
    await limit({ dailySpend: 0.2 });
    expect((await edit(id, { body: LONG })).kind).toBe('edited');
    expect(await spent()).toBe(0.1909);
    await edit(id, { body: 'Hello' });
    expect(await spent()).toBe(0);
  });

  test('shorter words, the same words and another time pass, though the limit is reached', async () => {
    const id = await accepted(inAnHour, LONG);
    await limit({ dailySpend: 0.01 });
    expect((await edit(id, { body: LONG })).kind).toBe('edited');
    expect((await edit(id, { sendAt: { ...inAnHour.sendAt, local: '2026-11-20T09:00' } })).kind).toBe(
      'edited',
    );
    expect((await edit(id, { body: `${LONG.slice(2)}` })).kind).toBe('edited');
  });

  test('an admin’s edit is charged to the message’s author', async () => {
    const id = await accepted(inAnHour);
    await edit(id, { body: LONG }, admin);
    const counters = (await world.db.collection('sendCounters').get()).docs;
    expect(counters.map((each) => [each.id, each.get('spentMicros') as unknown])).toEqual([
      ['op_1.2026-11-20', 199_200],
    ]);
  });

  test('a message from before charges were kept is charged what it grows by, and gives nothing back', async () => {
    const id = await accepted(inAnHour);
    await world.db
      .doc(`outgoingMessages/${id}`)
      .update({ charges: FieldValue.delete(), edits: FieldValue.delete() });
    await edit(id, { body: `${'a'.repeat(160)}!` });
    expect(await spent()).toBe(0.0166);
    expect((await world.entry(id)).item.edits).toHaveLength(1);
    await cancel(id);
    expect(await spent()).toBe(0.0083);
  });

  test('OUT-6: sending a lost message again is one more message: limited, counted and charged', async () => {
    const id = await world.accepted(userId);
    world.answers.push({ kind: 'unknown', reason: 'Cut.' });
    await sendOutgoing(world.deps, id);
    await world.db.doc(`outgoingMessages/${id}`).update({ checkAt: null });
    const again = () => resolveOutgoing(world.deps, id, 'resend', stranger, contextOf(stranger));
    await limit({ personPerHour: 1 });
    expect(await again()).toMatchObject({ kind: 'guarded', refusal: { code: 'PERSON_RATE_LIMITED' } });
    expect((await world.entry(id)).item.status).toBe('unconfirmed');
    await limit({ personPerHour: 2 });
    expect((await again()).kind).toBe('resolved');
    expect(await spent()).toBe(0.0166);
    expect(await hour()).toBe(2);
    const { item } = await world.entry(id);
    expect(item.operator).toBe('Olive Operator');
    expect(item.history.at(-1)?.note).toBe('Otis Operator sent it again.');
    expect(await audited('message.resolved')).toEqual([
      { before: { status: 'unconfirmed', reason: null }, after: { as: 'resend', userId } },
    ]);
  });
});

describe('OUT-11: a message that is never sent gives back what it used up', () => {
  test.each([
    ['scheduled', inAnHour],
    ['held', held],
  ])(
    'a %s one that is canceled makes room in the person’s hour, the operator’s minute and the day',
    async (_what, when) => {
      await limit({ personPerHour: 1, operatorPerMinute: 1, dailySpend: 0.01 });
      const id = await accepted(when);
      expect((await world.accept(userId, 'Hello')).kind).toBe('guarded');
      expect(await cancel(id)).toBe('canceled');
      expect([await spent(), await hour()]).toEqual([0, 0]);
      expect((await world.accept(userId, 'Hello')).kind).toBe('accepted');
      expect((await world.accept(userId, 'Hello')).kind).toBe('guarded');
    },
  );

  test('canceling twice, also at once, gives back once', async () => {
    await accepted(inAnHour, 'Stays');
    const id = await accepted(inAnHour, LONG);
    await Promise.all([cancel(id), cancel(id), cancel(id, admin)]);
    await cancel(id);
    expect([await spent(), await hour()]).toEqual([0.0083, 1]);
    expect(await audited('message.canceled')).toEqual([
      { before: { status: 'scheduled' }, after: { status: 'canceled', userId } },
    ]);
  });

  test('what was charged on another day stays charged there', async () => {
    const sendAt = { local: '2026-11-24T08:00', timeZone: 'America/New_York' };
    const id = await accepted({ sendAt });
    world.clock.forward(24 * 3600);
    await accepted(inADay, 'Today');
    expect(await spent()).toBe(0.0083);
    expect(await cancel(id)).toBe('canceled');
    expect(await spent()).toBe(0.0083);
  });

  test('who opts out before it is sent does not use up the day', async () => {
    const id = await accepted(held, LONG);
    const stop = { sid: sidOf(7), from: phone, body: 'STOP', segments: 1, media: [], optOutType: null };
    await receiveInbound(world.deps, stop, 'request-2');
    world.clock.forward(30);
    expect(await sendOutgoing(world.deps, id)).toBe('blocked');
    expect(await sendOutgoing(world.deps, id)).toBe('idle');
    expect([await spent(), await hour()]).toEqual([0, 0]);
  });

  test('what the carrier may have had gives nothing back', async () => {
    const id = await accepted({});
    world.answers.push({ kind: 'refused', errorCode: 21211, reason: 'No such number.' });
    expect(await sendOutgoing(world.deps, id)).toBe('refused');
    expect([await spent(), await hour()]).toEqual([0.0083, 1]);
  });
});

describe('OUT-8: only its author or an admin changes or cancels a message', () => {
  test.each([
    ['scheduled', inAnHour],
    ['held', held],
  ])('another operator neither changes, moves nor cancels a %s one', async (_what, when) => {
    const id = await accepted(when);
    const before = (await world.entry(id)).item;
    expect(await edit(id, { body: 'I owe you money' }, stranger)).toEqual({ kind: 'not_yours' });
    expect(await edit(id, { sendAt: { ...inAnHour.sendAt, local: '2026-11-20T09:00' } }, stranger)).toEqual({
      kind: 'not_yours',
    });
    expect(await cancel(id, stranger)).toBe('not_yours');
    expect((await world.entry(id)).item).toEqual(before);
    expect(await audited('message.edited')).toEqual([]);
  });

  test('the entry keeps its author, each editor, and every earlier wording and time', async () => {
    const id = await accepted(inAnHour);
    world.clock.forward(60);
    await edit(id, { body: 'Hello again' });
    world.clock.forward(60);
    const sendAt = { local: '2026-11-20T09:00', timeZone: 'America/New_York' };
    await edit(id, { body: 'Good morning', sendAt }, admin);
    await edit(id, { sendAt: inAnHour.sendAt }, admin);
    const { item } = await world.entry(id);
    expect(item).toMatchObject({ operatorId: 'op_1', operator: 'Olive Operator', body: 'Good morning' });
    expect(item.edits).toEqual([
      {
        at: '2026-11-20T12:01:00.000Z',
        operatorId: 'op_1',
        operator: 'Olive Operator',
        body: 'Hello',
        dueAt: null,
      },
      {
        at: '2026-11-20T12:02:00.000Z',
        operatorId: 'op_2',
        operator: 'Ada Admin',
        body: 'Hello again',
        dueAt: '2026-11-20T13:00:00.000Z',
      },
      {
        at: '2026-11-20T12:02:00.000Z',
        operatorId: 'op_2',
        operator: 'Ada Admin',
        body: null,
        dueAt: '2026-11-20T14:00:00.000Z',
      },
    ]);
    expect(item.history.map(({ note }) => note)).toEqual([
      null,
      'Olive Operator changed the text.',
      'Ada Admin changed the text and the time.',
      'Ada Admin changed the time.',
    ]);
    expect(await audited('message.edited')).toContainEqual({
      before: { dueAt: '2026-11-20T13:00:00.000Z', segments: 1 },
      after: { userId, fields: ['text', 'time'], dueAt: '2026-11-20T14:00:00.000Z', segments: 1 },
    });
  });

  test('what asks for nothing new is answered and leaves no trace', async () => {
    const id = await accepted(inAnHour);
    expect((await edit(id, { body: 'Hello', ...inAnHour })).kind).toBe('edited');
    expect((await world.entry(id)).item).toMatchObject({ edits: [], history: [{ status: 'scheduled' }] });
    expect(await audited('message.edited')).toEqual([]);
  });

  test('a message is changed 20 times at most', async () => {
    const id = await accepted(inAnHour);
    for (let count = 0; count < 20; count += 1)
      expect((await edit(id, { body: `Hello ${String(count)}` })).kind).toBe('edited');
    expect(await edit(id, { body: 'Once more' })).toEqual({ kind: 'too_many' });
    expect((await world.entry(id)).item.body).toBe('Hello 19');
    expect(await cancel(id)).toBe('canceled');
  });

  test('an admin cancels what somebody else scheduled', async () => {
    const id = await accepted(inAnHour);
    expect(await cancel(id, admin)).toBe('canceled');
    expect((await world.entry(id)).item.history.at(-1)?.note).toBe('Ada Admin canceled it.');
  });
});
