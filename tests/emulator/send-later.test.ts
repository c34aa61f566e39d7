import { beforeEach, describe, expect, test } from 'vitest';
import { acceptOutgoing, type SendRequest } from '../../functions/src/outbox/accept-outgoing.ts';
import { cancelOutgoing } from '../../functions/src/outbox/cancel-outgoing.ts';
import { editOutgoing } from '../../functions/src/outbox/edit-outgoing.ts';
import { receiveInbound } from '../../functions/src/inbound/receive-inbound.ts';
import { sendOutgoing } from '../../functions/src/outbox/send-outgoing.ts';
import { sweepQueued } from '../../functions/src/outbox/sweep-queued.ts';
import {
  author,
  liftLimits,
  messagingWorld,
  sidOf,
  type MessagingWorld,
} from '../support/messaging-world.ts';

const phone = '+12025550143';
let world: MessagingWorld;
let userId: string;

beforeEach(async () => {
  world = messagingWorld();
  userId = (await world.add(phone)).id;
});

const sweep = () => sweepQueued(world.deps, world.clock.now());
const edit = (id: string, patch: Parameters<typeof editOutgoing>[2]) =>
  editOutgoing(world.deps, id, patch, author, world.audit);
const cancel = (id: string) => cancelOutgoing(world.deps, id, author, world.audit);
const statusesOf = async (id: string) => (await world.entry(id)).item.history.map((each) => each.status);
const conversation = async () => (await world.db.doc(`conversations/${userId}`).get()).data();

async function accept(when: Pick<SendRequest, 'sendAt' | 'undoSeconds'>, key = 'key-1') {
  const request = { userId, body: 'Hello', operatorId: 'op_1', operator: 'Olive Operator', ...when };
  return acceptOutgoing(world.deps, { ...request, idempotencyKey: key }, world.audit);
}

async function accepted(when: Pick<SendRequest, 'sendAt' | 'undoSeconds'>, key?: string): Promise<string> {
  const result = await accept(when, key);
  if (result.kind !== 'accepted') throw new Error(result.kind);
  return result.answer.messageId;
}

/** 08:00 in New York; the world begins at 07:00 there. */
const inAnHour = { sendAt: { local: '2026-11-20T08:00', timeZone: 'America/New_York' } };

describe('OUT-8: send later', () => {
  test('OUT-8: a scheduled message is sent when it is due, once, and not before', async () => {
    const result = await accept(inAnHour);
    if (result.kind !== 'accepted') throw new Error(result.kind);
    const id = result.answer.messageId;
    expect(result.answer).toEqual({ messageId: id, status: 'scheduled', dueAt: '2026-11-20T13:00:00.000Z' });
    expect(world.queue).toEqual([]);
    expect(await sendOutgoing(world.deps, id)).toBe('early');
    world.clock.forward(3599);
    expect(await sweep()).toEqual({ released: 0, enqueued: 0, expired: 0 });
    world.clock.forward(1);
    expect(await sweep()).toEqual({ released: 1, enqueued: 0, expired: 0 });
    expect(world.queue).toEqual([id]);
    await sendOutgoing(world.deps, id);
    await sendOutgoing(world.deps, id);
    expect(world.texts).toHaveLength(1);
    const { item } = await world.entry(id);
    expect(item).toMatchObject({
      status: 'accepted',
      timeZone: 'America/New_York',
      dueAt: '2026-11-20T13:00:00.000Z',
    });
    expect(await statusesOf(id)).toEqual(['scheduled', 'queued', 'sending', 'accepted']);
  });

  test('OUT-8: two schedulers at once make one task and send one message', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 10; count += 1) ids.push(await accepted(inAnHour, `key-${String(count)}`));
    world.clock.forward(3600);
    const [one, two] = await Promise.all([sweep(), sweep()]);
    expect(one.released + two.released).toBe(10);
    expect([...world.queue].sort()).toEqual([...ids].sort());
    for (const id of world.queue) await sendOutgoing(world.deps, id);
    expect(world.texts).toHaveLength(10);
  });

  test('OUT-8: a message whose scheduler died before the queue gets its task a minute later', async () => {
    const id = await accepted(inAnHour);
    const { enqueue } = world.deps.tasks;
    world.deps.tasks.enqueue = () => Promise.reject(new Error('died'));
    world.clock.forward(3600);
    await expect(sweep()).rejects.toThrow('died');
    world.deps.tasks.enqueue = enqueue;
    world.clock.forward(60);
    expect(await sweep()).toEqual({ released: 0, enqueued: 1, expired: 0 });
    expect(world.queue).toEqual([id]);
  });

  test('OUT-8: who opts out before it is due does not get it', async () => {
    const id = await accepted(inAnHour);
    const stop = { sid: sidOf(7), from: phone, body: 'STOP', segments: 1, media: [], optOutType: null };
    await receiveInbound(world.deps, stop, 'request-2');
    world.clock.forward(3600);
    await sweep();
    expect(await sendOutgoing(world.deps, id)).toBe('blocked');
    expect((await world.entry(id)).item).toMatchObject({
      status: 'failed',
      errorReason: 'Not sent: this person had opted out.',
    });
    expect(world.texts).toEqual([]);
  });

  test('OUT-8: the conversation shows a scheduled message when it is sent, and what came in since stays unread', async () => {
    const id = await accepted(inAnHour);
    expect(await conversation()).toMatchObject({ lastText: '' });
    const hello = { sid: sidOf(8), from: phone, body: 'Hi', segments: 1, media: [], optOutType: null };
    await receiveInbound(world.deps, hello, 'request-2');
    world.clock.forward(3600);
    await sweep();
    await sendOutgoing(world.deps, id);
    expect(await conversation()).toMatchObject({ lastText: 'Hello', lastDirection: 'out', unread: 1 });
  });

  test('OUT-5: the same request is answered the same, also after its time', async () => {
    const first = await accept(inAnHour);
    world.clock.forward(7200);
    expect(await accept(inAnHour)).toEqual({ ...first, repeated: true });
    expect(await accept({})).toEqual({ kind: 'refused', code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  test('OUT-8: a time in the past is refused, and nothing is kept', async () => {
    const past = { sendAt: { local: '2026-11-20T06:00', timeZone: 'America/New_York' } };
    expect(await accept(past)).toMatchObject({ kind: 'bad_time', problem: { path: 'sendAt.local' } });
    expect((await world.db.collection('outgoingMessages').get()).size).toBe(0);
  });
});

describe('OUT-9: undo', () => {
  test('OUT-9: a held message can be canceled until it is sent, and is then never sent', async () => {
    const id = await accepted({ undoSeconds: 5 });
    expect(world.queue).toEqual([id]);
    world.clock.forward(4);
    expect(await cancel(id)).toBe('canceled');
    expect(await cancel(id)).toBe('canceled');
    world.clock.forward(1);
    expect(await sendOutgoing(world.deps, id)).toBe('idle');
    expect(world.texts).toEqual([]);
    const { item } = await world.entry(id);
    expect(item.history.at(-1)).toMatchObject({
      status: 'canceled',
      source: 'operator',
      note: 'Olive Operator canceled it.',
    });
    expect(await conversation()).toMatchObject({ lastText: '' });
  });

  test('OUT-9: the task sends it in one step when the window is over', async () => {
    const id = await accepted({ undoSeconds: 5 });
    world.clock.forward(5);
    expect(await sendOutgoing(world.deps, id)).toBe('accepted');
    expect(await cancel(id)).toBe('left');
    expect(await edit(id, { body: 'Too late' })).toEqual({ kind: 'left' });
    expect(await statusesOf(id)).toEqual(['held', 'queued', 'sending', 'accepted']);
    expect(await conversation()).toMatchObject({ lastText: 'Hello', lastDirection: 'out' });
  });

  test('OUT-9: a task that comes early, as on the emulator, waits for the window', async () => {
    const id = await accepted({ undoSeconds: 30 });
    const waited: number[] = [];
    const wait = async (milliseconds: number) => {
      waited.push(milliseconds);
      world.clock.forward(milliseconds / 1000);
    };
    expect(await sendOutgoing({ ...world.deps, wait }, id)).toBe('accepted');
    expect(waited).toEqual([30_000]);
  });

  test('OUT-9: the sweep replaces a lost task', async () => {
    const id = await accepted({ undoSeconds: 5 });
    world.queue.length = 0;
    world.clock.forward(60);
    expect((await sweep()).released).toBe(1);
    expect(world.queue).toEqual([id]);
  });

  test('OUT-9: a message that is canceled and sent at once is one of the two, never both', async () => {
    for (let count = 0; count < 3; count += 1) {
      world.texts.length = 0;
      const id = await accepted({ undoSeconds: 1 }, `race-${String(count)}`);
      world.clock.forward(1);
      const [withdrawn, sent] = await Promise.all([cancel(id), sendOutgoing(world.deps, id)]);
      expect(world.texts).toHaveLength(withdrawn === 'canceled' ? 0 : 1);
      expect([withdrawn, sent]).toEqual(
        withdrawn === 'canceled' ? ['canceled', 'idle'] : ['left', 'accepted'],
      );
    }
  });
});

describe('OUT-8: change and cancel', () => {
  test('OUT-8: words and time change until it is sent, with a line of history and an audit entry', async () => {
    const id = await accepted(inAnHour);
    const sendAt = { local: '2026-11-21T09:30', timeZone: 'Europe/Berlin' };
    const result = await edit(id, { body: 'Good morning 🌞', sendAt });
    if (result.kind !== 'edited') throw new Error(result.kind);
    expect(result.item).toMatchObject({
      status: 'scheduled',
      body: 'Good morning 🌞',
      encoding: 'UCS-2',
      dueAt: '2026-11-21T08:30:00.000Z',
      timeZone: 'Europe/Berlin',
    });
    expect(result.item.history.at(-1)?.note).toBe('Olive Operator changed the text and the time.');
    world.clock.forward(3600);
    expect((await sweep()).released).toBe(0);
    world.clock.forward(24 * 3600);
    expect((await sweep()).released).toBe(1);
    await sendOutgoing(world.deps, id);
    expect(world.texts.map(({ body }) => body)).toEqual(['Good morning 🌞']);
    const audited = (await world.db.collection('auditLog').where('action', '==', 'message.edited').get())
      .docs;
    expect(audited.map((each) => each.get('after.fields') as unknown)).toEqual([['text', 'time']]);
  });

  test('OUT-8: a held message that is given a time is scheduled, and its early task does nothing', async () => {
    const id = await accepted({ undoSeconds: 5 });
    expect((await edit(id, inAnHour)).kind).toBe('edited');
    world.clock.forward(5);
    expect(await sendOutgoing(world.deps, id)).toBe('early');
    expect((await world.entry(id)).item.status).toBe('scheduled');
  });

  test('OUT-8: refuses what does not exist, what has been sent, and an impossible time', async () => {
    expect(await edit('m_none', { body: 'x' })).toEqual({ kind: 'not_found' });
    expect(await cancel('m_none')).toBe('not_found');
    const id = await world.accepted(userId);
    expect(await edit(id, { body: 'x' })).toEqual({ kind: 'left' });
    expect(await cancel(id)).toBe('left');
    const later = await accepted(inAnHour, 'key-later');
    const sendAt = { local: '2126-11-21T09:30', timeZone: 'Europe/Berlin' };
    expect((await edit(later, { sendAt })).kind).toBe('bad_time');
  });
});

test('OUT-8: the sweep costs reads for what is due, not for what is scheduled', async () => {
  await liftLimits(world.db);
  for (let count = 0; count < 20; count += 1) await accepted(inAnHour, `later-${String(count)}`);
  await accepted({ sendAt: { local: '2026-11-20T07:30', timeZone: 'America/New_York' } }, 'sooner');
  world.clock.forward(1800);
  world.counts.reset();
  expect((await sweep()).released).toBe(1);
  expect([world.counts.reads, world.counts.writes]).toEqual([1, 2]);
});
