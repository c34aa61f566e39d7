import { FieldValue } from '@google-cloud/firestore';
import { beforeEach, describe, expect, test } from 'vitest';
import { acceptOutgoing } from '../../functions/src/outbox/accept-outgoing.ts';
import { readLimits } from '../../functions/src/limits/send-limits-store.ts';
import { changeSendLimits, readSendLimits } from '../../functions/src/limits/change-send-limits.ts';
import type { SendLimitsPatch } from '../../functions/src/contract/send-limits.ts';
import { messagingWorld, type MessagingWorld } from '../support/messaging-world.ts';

let world: MessagingWorld;
let userId: string;

beforeEach(async () => {
  world = messagingWorld();
  userId = (await world.add('+12025550143')).id;
});

const limit = (patch: SendLimitsPatch) => changeSendLimits(world.deps, patch, world.audit);
const refusals = async () =>
  (await world.db.collection('auditLog').where('action', '==', 'message.refused').get()).docs.map(
    (each) => each.get('after') as unknown,
  );

describe('OUT-11: sending limits', () => {
  test('the eleventh message to one person within an hour is refused, and audited', async () => {
    for (let count = 0; count < 10; count += 1) await world.accepted(userId);
    expect(await world.accept(userId, 'Hello', 'eleventh')).toEqual({
      kind: 'guarded',
      code: 'PERSON_RATE_LIMITED',
      refusal: { code: 'PERSON_RATE_LIMITED', retryAfterSeconds: 3600, limit: 10 },
    });
    expect(await refusals()).toEqual([{ code: 'PERSON_RATE_LIMITED', limit: 10 }]);
    const other = (await world.add('+12025550144')).id;
    expect((await world.accept(other, 'Hello')).kind).toBe('accepted');
    world.clock.forward(3600);
    expect((await world.accept(userId, 'Hello', 'eleventh')).kind).toBe('accepted');
  });

  test('OUT-5: what was accepted before is answered the same, whatever the limits say now', async () => {
    await world.accept(userId, 'Hello', 'first');
    await limit({ personPerHour: 1 });
    expect(await world.accept(userId, 'Hello', 'first')).toMatchObject({ kind: 'accepted', repeated: true });
    expect((await world.accept(userId, 'Hello', 'second')).kind).toBe('guarded');
    expect(await refusals()).toHaveLength(1);
  });

  test('one operator sends no more in a minute than the limit, also when all are sent at once', async () => {
    await limit({ operatorPerMinute: 5, personPerHour: null });
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, index) => world.accept(userId, 'Hello', `at-once-${String(index)}`)),
    );
    expect(all.filter(({ kind }) => kind === 'accepted')).toHaveLength(5);
    expect(all.filter((each) => each.kind === 'guarded').map((each) => each.code)).toEqual([
      'OPERATOR_RATE_LIMITED',
      'OPERATOR_RATE_LIMITED',
      'OPERATOR_RATE_LIMITED',
    ]);
    world.clock.forward(60);
    expect((await world.accept(userId, 'Hello')).kind).toBe('accepted');
  });

  test('one person gets no more in an hour than the limit, also when several operators send at once', async () => {
    await limit({ personPerHour: 3 });
    const operators = Array.from({ length: 6 }, (_, index) => `op_${String(index)}`);
    const all = await Promise.all(
      operators.map((operatorId) => {
        const request = {
          userId,
          body: 'Hello',
          idempotencyKey: 'at-once',
          operatorId,
          operator: operatorId,
        };
        return acceptOutgoing(world.deps, request, world.audit);
      }),
    );
    expect(all.filter(({ kind }) => kind === 'accepted')).toHaveLength(3);
    expect(all.flatMap((each) => (each.kind === 'guarded' ? each.code : []))).toEqual([
      'PERSON_RATE_LIMITED',
      'PERSON_RATE_LIMITED',
      'PERSON_RATE_LIMITED',
    ]);
  });

  test('messages that are sent later count in the hour in which they were written', async () => {
    await limit({ personPerHour: 2 });
    const who = { userId, operatorId: 'op_1', operator: 'Olive' };
    const later = { ...who, body: 'Hello', idempotencyKey: 'first', undoSeconds: 30 };
    await acceptOutgoing(world.deps, later, world.audit);
    world.clock.forward(1800);
    await world.accepted(userId);
    expect((await world.accept(userId, 'Hello')).kind).toBe('guarded');
    world.clock.forward(1800);
    await world.accepted(userId);
    expect(await world.accept(userId, 'Hello')).toMatchObject({ refusal: { retryAfterSeconds: 1800 } });
  });

  test('a conversation from before messages to a person were counted counts from then on', async () => {
    await limit({ personPerHour: 1 });
    await world.db.doc(`conversations/${userId}`).update({ operatorTexts: FieldValue.delete() });
    expect((await world.accept(userId, 'Hello')).kind).toBe('accepted');
    expect((await world.accept(userId, 'Hello')).kind).toBe('guarded');
  });

  test('the day’s spending of all operators together is limited until midnight UTC', async () => {
    await limit({ dailySpend: 0.02, personPerHour: null });
    await world.accepted(userId);
    await world.accepted(userId);
    expect((await readSendLimits(world.deps)).spentToday).toBe(0.0166);
    expect(await world.accept(userId, 'Hello', 'third')).toMatchObject({
      kind: 'guarded',
      refusal: { code: 'SPEND_LIMIT_REACHED', limit: 0.02, retryAfterSeconds: 12 * 3600 },
    });
    world.clock.forward(12 * 3600);
    expect((await world.accept(userId, 'Hello', 'third')).kind).toBe('accepted');
  });

  test('a change holds from its answer on, in every process, and is audited', async () => {
    const other = messagingWorld({}, { projectId: world.projectId });
    await world.accepted(userId);
    expect((await other.accept(userId, 'Hello', 'other')).kind).toBe('accepted');
    const answer = await limit({ personPerHour: 2, operatorPerMinute: null });
    expect(answer).toMatchObject({
      personPerHour: 2,
      operatorPerMinute: null,
      dailySpend: 50,
      spentToday: 0.0166,
      updatedBy: 'Olive Operator',
    });
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        (index % 2 === 0 ? world : other).accept(userId, 'Hello', `after-${String(index)}`),
      ),
    );
    expect(results.map(({ kind }) => kind)).toEqual(Array.from({ length: 8 }, () => 'guarded'));
    await limit({ personPerHour: 3 });
    expect((await other.accept(userId, 'Hello', 'raised')).kind).toBe('accepted');
    const [change] = (await world.db.collection('auditLog').where('action', '==', 'settings.changed').get())
      .docs;
    expect(change?.get('after')).toMatchObject({ dailySpend: 50 });
  });

  test.each([
    ['per person', { personPerHour: 3 }, 'PERSON_RATE_LIMITED'],
    ['per operator', { operatorPerMinute: 3 }, 'OPERATOR_RATE_LIMITED'],
    ['of a day’s spending', { dailySpend: 0.03 }, 'SPEND_LIMIT_REACHED'],
  ] as const)('a limit %s that is set anew knows what was sent without one', async (_what, patch, code) => {
    await limit({ personPerHour: null, operatorPerMinute: null, dailySpend: null });
    for (let count = 0; count < 3; count += 1) await world.accepted(userId);
    await limit(patch);
    expect(await world.accept(userId, 'Hello')).toMatchObject({ kind: 'guarded', code });
  });

  test('limits that nobody can have set through the API count as not set', async () => {
    await world.db.doc('settings/limits').set({ personPerHour: -5, dailySpend: 'all' });
    expect((await readLimits(world.db)).limits).toEqual({
      personPerHour: 10,
      operatorPerMinute: 60,
      dailySpend: 50,
    });
  });
});

test('OUT-3, OUT-11: accepting costs 6 reads and 4 writes, a read less without a spending limit', async () => {
  const cost = async () => {
    world.counts.reset();
    await world.accepted(userId);
    return { reads: world.counts.reads, writes: world.counts.writes };
  };
  await world.accepted(userId);
  expect(await cost()).toEqual({ reads: 6, writes: 4 });
  await limit({ dailySpend: null });
  expect(await cost()).toEqual({ reads: 5, writes: 4 });
});
