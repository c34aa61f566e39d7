import { beforeEach, describe, expect, test } from 'vitest';
import { handleTask } from '../../functions/src/entry/tasks/handle-task.ts';
import { sendOutgoing } from '../../functions/src/outbox/send-outgoing.ts';
import { recordStatus } from '../../functions/src/outbox/record-status.ts';
import { messagingWorld, sidOf, worldStart, type MessagingWorld } from '../support/messaging-world.ts';
import { documentsOf } from '../support/people-world.ts';

let world: MessagingWorld;
let userId: string;

beforeEach(async () => {
  world = messagingWorld();
  userId = (await world.add('+12025550143', { firstName: 'Ada' })).id;
});

const send = (id: string) => sendOutgoing(world.deps, id);
const statusesOf = async (id: string) => (await world.entry(id)).item.history.map((each) => each.status);

async function phoneKey(change: Record<string, unknown>): Promise<void> {
  await world.db.doc(`phoneKeys/${world.deps.vault.hash('+12025550143')}`).update(change);
}

describe('OUT-3: one run of the worker', () => {
  test('OUT-3: hands the message to the carrier, with our id in the callback, and records the carrier ID', async () => {
    const id = await world.accepted(userId, 'Hello Ada');
    world.clock.forward(2);
    expect(await send(id)).toBe('accepted');
    expect(world.texts).toEqual([
      {
        to: '+12025550143',
        body: 'Hello Ada',
        sender: { kind: 'number', value: '+15005550006' },
        statusCallback: `http://127.0.0.1:5001/demo-parley/us-central1/webhook/status?m=${id}`,
      },
    ]);
    const { item, delivery } = await world.entry(id);
    expect(item).toMatchObject({ status: 'accepted', providerId: sidOf(1), sentAt: null });
    expect(item.history).toEqual([
      { status: 'queued', at: '2026-11-20T12:00:00.000Z', source: 'operator', note: null, errorCode: null },
      {
        status: 'sending',
        at: '2026-11-20T12:00:02.000Z',
        source: 'worker',
        note: 'Attempt 1.',
        errorCode: null,
      },
      { status: 'accepted', at: '2026-11-20T12:00:02.000Z', source: 'worker', note: null, errorCode: null },
    ]);
    // The carrier is asked when it says nothing for a quarter of an hour.
    expect(delivery).toMatchObject({
      attempts: 1,
      lease: null,
      checkAt: new Date('2026-11-20T12:15:02.000Z'),
    });
  });

  test('OUT-3: a message costs 4 writes until it is accepted, and 4 more until it is delivered', async () => {
    world.counts.reset();
    const id = await world.accepted(userId);
    expect(world.counts.writes).toBe(4);
    world.counts.reset();
    await send(id);
    for (const status of ['queued', 'sent', 'delivered']) {
      await recordStatus(world.deps, { messageId: id, sid: sidOf(1), status, errorCode: null, price: null });
    }
    expect(world.counts.writes).toBe(4);
    expect((await world.entry(id)).item.status).toBe('delivered');
  });

  test('OUT-6: a run that stood still for longer than its lease sends nothing, and the carrier is asked', async () => {
    const id = await world.accepted(userId, 'Hello Ada');
    const times = [worldStart, new Date(worldStart.getTime() + 60_000)];
    const clock = { now: () => times.shift() ?? new Date(worldStart.getTime() + 60_000) };
    await expect(sendOutgoing({ ...world.deps, clock }, id)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(world.texts).toEqual([]);
    world.clock.forward(60);
    expect(await send(id)).toBe('expired');
    expect(await statusesOf(id)).toEqual(['queued', 'sending', 'unconfirmed']);
    expect(world.texts).toEqual([]);
  });

  test('LOG-3: only the fields of delivery change', async () => {
    const id = await world.accepted(userId, 'Hello Ada');
    const before = (await world.db.doc(`outgoingMessages/${id}`).get()).data() ?? {};
    await send(id);
    const after = (await world.db.doc(`outgoingMessages/${id}`).get()).data() ?? {};
    const changed = Object.keys(after).filter(
      (name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]),
    );
    expect(changed.sort()).toEqual(['attempts', 'history', 'providerId', 'status', 'checkAt'].sort());
    expect(Object.keys(after).sort()).toEqual(Object.keys(before).sort());
  });

  test('OUT-3: a task for an unknown message counts as done', async () => {
    expect(await send('m_nothing')).toBe('not_found');
    expect(world.texts).toEqual([]);
  });

  test('OUT-3: a payload that is no task is logged and counts as done', async () => {
    const deps = { ...world.deps };
    for (const payload of [
      null,
      7,
      'm_1',
      [],
      {},
      { kind: 'send', version: 2, messageId: 'm_1' },
      { kind: 'send', version: 1, messageId: 'a/b' },
      { kind: 'send', version: 1, messageId: 'm_1', to: '+12025550143' },
    ]) {
      await handleTask(deps, payload);
    }
    expect(world.lines.filter((line) => line.includes('send.bad_task'))).toHaveLength(8);
    expect(world.lines.join('\n')).not.toContain('12025550143');
    expect(world.texts).toEqual([]);
  });
});

describe('OUT-2, OUT-8: consent at the moment of sending', () => {
  test.each([
    [
      'opted out',
      { optedOut: { at: worldStart, source: 'keyword' } },
      'Not sent: this person had opted out.',
    ],
    ['became inactive', { active: false }, 'Not sent: this person had become inactive.'],
    [
      'was suppressed',
      { suppressed: { at: worldStart, reason: 'A landline.' } },
      'Not sent: this number had been suppressed.',
    ],
  ])(
    '%s between acceptance and sending: never sent, and the entry says why',
    async (_what, change, reason) => {
      const id = await world.accepted(userId);
      await phoneKey(change);
      expect(await send(id)).toBe('blocked');
      expect(world.texts).toEqual([]);
      expect((await world.entry(id)).item).toMatchObject({
        status: 'failed',
        errorReason: reason,
        errorCode: null,
      });
    },
  );

  test('OPS-1: a message is never sent once sending is disabled, and its entry has the reason', async () => {
    const id = await world.accepted(userId);
    const disabled = messagingWorld({ SMS_MODE: 'disabled' }, { projectId: world.projectId });
    expect(await sendOutgoing(disabled.deps, id)).toBe('blocked');
    expect((await world.entry(id)).item).toMatchObject({
      status: 'failed',
      errorReason: 'Not sent: sending was disabled.',
    });
  });

  test('OUT-2: a message goes to the number that its person has when it is sent', async () => {
    const id = await world.accepted(userId);
    const other = await world.add('+12025550144');
    const sealed = world.deps.vault.encrypt(
      userId,
      '+12025550144' as Parameters<typeof world.deps.vault.encrypt>[1],
    );
    const key = world.deps.vault.hash('+12025550144');
    await world.db.doc(`users/${userId}`).update({ phoneNumber: sealed, phoneKey: key });
    await world.db.doc(`phoneKeys/${key}`).update({ userId });
    expect(await send(id)).toBe('accepted');
    expect(world.texts.map((text) => text.to)).toEqual(['+12025550144']);
    expect(other.id).not.toBe(userId);
  });
});

describe('OUT-6: answers of the carrier', () => {
  test('OUT-6: a refusal for good fails at once, with code and reason, and is not tried again', async () => {
    const id = await world.accepted(userId);
    world.answers.push({ kind: 'refused', errorCode: 21211, reason: 'This is not a valid phone number.' });
    expect(await send(id)).toBe('refused');
    expect((await world.entry(id)).item).toMatchObject({
      status: 'failed',
      errorCode: 21211,
      errorReason: 'This is not a valid phone number.',
    });
    expect(await send(id)).toBe('idle');
    expect(world.texts).toEqual([]);
  });

  test('OUT-6: 429 or 5xx puts it back into the queue, which waits and tries again', async () => {
    const id = await world.accepted(userId);
    world.answers.push({ kind: 'retry', errorCode: 20429, reason: 'Too many.' });
    await expect(send(id)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect((await world.entry(id)).item.status).toBe('queued');
    expect(await send(id)).toBe('accepted');
    expect(await statusesOf(id)).toEqual(['queued', 'sending', 'queued', 'sending', 'accepted']);
    expect(world.texts).toHaveLength(1);
  });

  test('OUT-6: the eighth postponement fails it with the reason, and the task is done', async () => {
    const id = await world.accepted(userId);
    for (let attempt = 1; attempt <= 8; attempt += 1)
      world.answers.push({ kind: 'retry', errorCode: 20503, reason: 'Not available.' });
    for (let attempt = 1; attempt < 8; attempt += 1)
      await expect(send(id)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await send(id)).toBe('retry');
    expect((await world.entry(id)).item).toMatchObject({
      status: 'failed',
      errorCode: 20503,
      errorReason: 'Given up after 8 attempts. Not available.',
    });
  });

  test('OUT-6: an unknown outcome is marked as unconfirmed and not sent again', async () => {
    const id = await world.accepted(userId);
    world.answers.push({ kind: 'unknown', reason: 'The connection broke.' });
    expect(await send(id)).toBe('unknown');
    for (let run = 0; run < 3; run += 1) {
      world.clock.forward(3600);
      expect(await send(id)).toBe('idle');
    }
    expect(world.texts).toHaveLength(1);
    expect((await world.entry(id)).item).toMatchObject({ status: 'unconfirmed' });
  });

  test('OUT-7: a later report settles an unconfirmed message', async () => {
    const id = await world.accepted(userId);
    world.answers.push({ kind: 'unknown', reason: 'The connection broke.' });
    await send(id);
    await recordStatus(world.deps, {
      messageId: id,
      sid: sidOf(9),
      status: 'delivered',
      errorCode: null,
      price: null,
    });
    expect((await world.entry(id)).item).toMatchObject({ status: 'delivered', providerId: sidOf(9) });
  });

  test('SUPP-1: 21610 records the opt-out with the number, and audits it', async () => {
    const id = await world.accepted(userId);
    world.answers.push({ kind: 'refused', errorCode: 21610, reason: 'Opted out.' });
    await send(id);
    const key = await world.db.doc(`phoneKeys/${world.deps.vault.hash('+12025550143')}`).get();
    expect(key.get('optedOut')).toMatchObject({ source: 'carrier' });
    const audited = Object.values(await documentsOf(world.db, 'auditLog')).filter(
      (each) => each['action'] === 'consent.opted_out',
    );
    expect(audited).toHaveLength(1);
    expect(audited[0]).toMatchObject({
      actor: { kind: 'system', id: null, label: 'Parley' },
      target: { kind: 'person', id: userId },
      requestId: 'request-1',
    });
    expect(await world.accept(userId, 'Again')).toEqual({ kind: 'refused', code: 'PERSON_OPTED_OUT' });
  });

  test('OUT-7: a report that comes before the answer is recorded stays, with the carrier ID', async () => {
    const id = await world.accepted(userId);
    const { gateway } = world.deps;
    const early = {
      ...world.deps,
      gateway: {
        send: async (text: Parameters<typeof gateway.send>[0]) => {
          const outcome = await gateway.send(text);
          await recordStatus(world.deps, {
            messageId: id,
            sid: sidOf(1),
            status: 'delivered',
            errorCode: null,
            price: null,
          });
          return outcome;
        },
      },
    };
    expect(await sendOutgoing(early, id)).toBe('accepted');
    expect((await world.entry(id)).item).toMatchObject({ status: 'delivered', providerId: sidOf(1) });
    expect(await statusesOf(id)).toEqual(['queued', 'sending', 'delivered']);
  });
});
