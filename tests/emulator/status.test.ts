import { beforeAll, describe, expect, test } from 'vitest';
import { createAutoReply } from '../../functions/src/inbound/auto-reply.ts';
import { STATES } from '../../functions/src/outbox/delivery-status.ts';
import { attemptTimes } from '../../functions/src/outbox/lookup-decision.ts';
import { recordOutcome } from '../../functions/src/outbox/record-outcome.ts';
import type { StatusReport } from '../../functions/src/carrier/webhook.ts';
import { recordStatus } from '../../functions/src/outbox/record-status.ts';
import { sendOutgoing } from '../../functions/src/outbox/send-outgoing.ts';
import { liftLimits, messagingWorld, sidOf, type MessagingWorld } from '../support/messaging-world.ts';

const SID = 'SM00000000000000000000000000000001';
let world: MessagingWorld;
let userId: string;

beforeAll(async () => {
  world = messagingWorld();
  await liftLimits(world.db);
  userId = (await world.add('+12025550143', { firstName: 'Ada' })).id;
});

function report(messageId: string, status: string, change: Partial<StatusReport> = {}): Promise<string> {
  return recordStatus(world.deps, { messageId, sid: SID, status, errorCode: null, price: null, ...change });
}

/** An entry that a worker holds: the provider has it, and nothing has been recorded yet. */
async function inHand(): Promise<string> {
  const id = await world.accepted(userId);
  const { deps } = world;
  const dying = { ...deps, gateway: { send: () => Promise.reject(new Error('killed')) } };
  await expect(sendOutgoing(dying, id)).rejects.toThrow('killed');
  return id;
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}

async function holdsForward(id: string): Promise<void> {
  const { item, delivery } = await world.entry(id);
  expect(item).toMatchObject({ status: 'delivered', providerId: SID });
  expect(item.sentAt).not.toBeNull();
  expect(delivery).toMatchObject({ lease: null, checkAt: null });
  const ranks = item.history.map((each) => STATES[each.status].rank);
  expect(ranks).toEqual([...new Set(ranks)].sort());
  expect(item.history.at(-1)?.status).toBe('delivered');
}

const taken = { kind: 'accepted', providerId: SID } as const;

describe('OUT-7: status callbacks against the store', () => {
  test('OUT-7: every order of queued, sending, sent, delivered with the record of the send in between ends delivered', async () => {
    const orders = permutations(['queued', 'sending', 'sent', 'delivered', 'record']);
    expect(orders).toHaveLength(120);
    await Promise.all(
      [0, 1, 2, 3].map(async (lane) => {
        for (const order of orders.filter((_, index) => index % 4 === lane)) {
          const id = await inHand();
          for (const step of order) {
            if (step === 'record') await recordOutcome(world.deps, id, 1, taken);
            else await report(id, step);
          }
          await holdsForward(id);
        }
      }),
    );
  });

  test('OUT-7: all reports at once, each three times, with the record of the send, end delivered and double nothing', async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = await inHand();
      const told = ['delivered', 'sent', 'queued', 'sending'].flatMap((status) => [status, status, status]);
      await Promise.all([
        ...told.map((status) => report(id, status)),
        recordOutcome(world.deps, id, 1, taken),
      ]);
      await holdsForward(id);
    }
  });

  test('OUT-7: a callback costs 1 read and 1 write, and no write when it says nothing new', async () => {
    const id = await inHand();
    const cost = async (status: string) => {
      world.counts.reset();
      await report(id, status);
      return [world.counts.reads, world.counts.writes];
    };
    expect(await cost('sent')).toEqual([1, 1]);
    expect(await cost('queued')).toEqual([1, 0]);
    expect(await cost('sent')).toEqual([1, 0]);
    expect(await cost('delivered')).toEqual([1, 1]);
    expect(await cost('undelivered')).toEqual([1, 0]);
    expect(await cost('delivered')).toEqual([1, 0]);
    expect(await cost('read')).toEqual([1, 1]);
    expect(await cost('nonsense')).toEqual([1, 1]);
    expect(await cost('nonsense')).toEqual([1, 0]);
  });

  test('OUT-4: a failure carries its code and a reason in plain words', async () => {
    const id = await inHand();
    expect(await report(id, 'undelivered', { errorCode: 30003 })).toBe('moved');
    const reason = 'The phone could not be reached. It may be off or out of range.';
    const { item } = await world.entry(id);
    expect(item).toMatchObject({ status: 'undelivered', errorCode: 30003, errorReason: reason });
    expect(item.history.at(-1)).toMatchObject({ source: 'carrier', note: reason, errorCode: 30003 });
    expect(await report(id, 'delivered')).toBe('ignored');
  });

  test.each(['Delivered ', 'DELIVERED', ' delivered'])(
    'OUT-7: the status %j is understood',
    async (status) => {
      const id = await inHand();
      expect(await report(id, status)).toBe('moved');
      expect((await world.entry(id)).item.status).toBe('delivered');
    },
  );

  test('OUT-7: a status that nobody knows is written down once and changes nothing, at most five of them', async () => {
    const id = await inHand();
    await report(id, 'sent');
    const { delivery: before } = await world.entry(id);
    expect(await report(id, 'foo')).toBe('noted');
    expect(await report(id, 'foo')).toBe('ignored');
    const { item, delivery } = await world.entry(id);
    expect(delivery).toEqual({ ...before, history: delivery.history });
    expect(item.history.at(-1)).toMatchObject({
      status: 'sent',
      source: 'carrier',
      note: 'The carrier reported an unknown status: “foo”.',
    });
    for (let count = 0; count < 20; count += 1) await report(id, `foo ${String(count)}`);
    expect((await world.entry(id)).item.history).toHaveLength(before.history.length + 5);
    expect(await report(id, 'delivered')).toBe('moved');
  });

  test('OUT-7: a report without a message ID of the carrier is written down and moves nothing', async () => {
    const id = await inHand();
    expect(await report(id, 'delivered', { sid: '' })).toBe('noted');
    expect((await world.entry(id)).item).toMatchObject({ status: 'sending', providerId: null });
    expect(await report('', 'delivered')).toBe('not_found');
  });

  test('OUT-6: a report that could not be read does not count as another attempt', async () => {
    const id = await inHand();
    const { delivery } = await world.entry(id);
    world.clock.forward(3_600);
    await report(id, 'foo');
    const { delivery: after } = await world.entry(id);
    expect(attemptTimes(after)).toEqual(attemptTimes(delivery));
  });

  test('SUPP-1: an error code that comes after the failure is taken, and suppresses the number exactly once', async () => {
    const failing = messagingWorld();
    const ada = await failing.add('+12025550144', { firstName: 'Ada' });
    const id = await failing.accepted(ada.id);
    await sendOutgoing(failing.deps, id);
    const send = (change: Partial<StatusReport>) =>
      recordStatus(failing.deps, {
        messageId: id,
        sid: sidOf(1),
        status: 'undelivered',
        errorCode: null,
        price: null,
        ...change,
      });
    const events = async () =>
      (await failing.db.collection('consentEvents').where('kind', '==', 'suppressed').get()).size;
    expect(await send({})).toBe('moved');
    expect((await failing.entry(id)).item).toMatchObject({ status: 'undelivered', errorCode: null });
    expect(await events()).toBe(0);
    const late = [1, 2, 3].map(() => send({ errorCode: 30005 }));
    expect((await Promise.all(late)).sort()).toEqual(['ignored', 'ignored', 'moved']);
    expect((await failing.entry(id)).item).toMatchObject({
      status: 'undelivered',
      errorCode: 30005,
      errorReason: 'This number does not exist or is no longer in use.',
    });
    expect(await events()).toBe(1);
    expect(await send({ errorCode: 30006 })).toBe('ignored');
    expect(await events()).toBe(1);
  });

  test('OUT-4: a price is kept when it is reported', async () => {
    const id = await inHand();
    await report(id, 'delivered', { price: { amount: '0.0079', currency: 'USD' } });
    expect((await world.entry(id)).item.price).toEqual({ amount: '0.0079', currency: 'USD' });
  });

  test('OUT-7: a report of a message that Parley does not know is acknowledged and logged', async () => {
    expect(await report('m_never', 'delivered')).toBe('not_found');
    expect(
      world.lines.some((line) => line.includes('status.unknown_message') && line.includes('m_never')),
    ).toBe(true);
  });

  test('OUT-7: a report of another message of the carrier changes nothing', async () => {
    const id = await inHand();
    await report(id, 'sent');
    expect(await report(id, 'failed', { sid: 'SM00000000000000000000000000000002' })).toBe('ignored');
    expect((await world.entry(id)).item.status).toBe('sent');
  });

  test('IN-2: reports move automatic replies as they move messages of operators', async () => {
    const batch = world.db.batch();
    const reply = { userId, recipient: 'Ada', body: 'Received.', at: world.clock.now(), requestId: 'r' };
    createAutoReply(batch, world.db, 'r_SM1', reply);
    await batch.commit();
    for (const status of ['sent', 'delivered']) expect(await report('r_SM1', status)).toBe('moved');
    const { item } = await world.entry('r_SM1');
    expect(item).toMatchObject({ status: 'delivered', operatorId: null, providerId: SID });
    expect(item.history.map((each) => each.source)).toEqual(['auto_reply', 'carrier', 'carrier']);
  });
});
