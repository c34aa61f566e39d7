import { beforeEach, describe, expect, test } from 'vitest';
import { receiveInbound } from '../../functions/src/inbound/receive-inbound.ts';
import { reconcileOutgoing } from '../../functions/src/outbox/reconcile-outgoing.ts';
import { recordStatus } from '../../functions/src/outbox/record-status.ts';
import { sendOutgoing } from '../../functions/src/outbox/send-outgoing.ts';
import { sweepQueued } from '../../functions/src/outbox/sweep-queued.ts';
import { liftLimits, messagingWorld, sidOf, type MessagingWorld } from '../support/messaging-world.ts';

const phone = '+12025550143';
const none = { found: 0, resent: 0, failed: 0, unclear: 0, waiting: 0 };

let world: MessagingWorld;
let userId: string;

beforeEach(async () => {
  world = messagingWorld();
  await liftLimits(world.db);
  userId = (await world.add(phone)).id;
});

const reconcile = () => reconcileOutgoing(world.deps, world.clock.now());
const sweep = () => sweepQueued(world.deps, world.clock.now());

/** A text whose send ended without an answer. */
async function lostText(body = 'Hello', to = userId): Promise<string> {
  const id = await world.accepted(to, body);
  world.answers.push({ kind: 'unknown', reason: 'Cut.' });
  await sendOutgoing(world.deps, id);
  world.queue.length = 0;
  return id;
}

function carrierHas(body: string, change: Partial<MessagingWorld['carrier']['texts'][number]> = {}): string {
  const providerId = change.providerId ?? sidOf(900 + world.carrier.texts.length);
  world.carrier.texts.unshift({
    to: phone,
    providerId,
    body,
    createdAt: world.clock.now(),
    sentBy: 'api',
    status: 'sent',
    errorCode: null,
    price: null,
    ...change,
  });
  return providerId;
}

const statusesOf = async (id: string) => (await world.entry(id)).item.history.map((each) => each.status);

describe('OUT-6: an unconfirmed message', () => {
  test('OUT-6: is found at the carrier and adopted, with its ID and status', async () => {
    const id = await lostText();
    const providerId = carrierHas('Hello', {
      status: 'delivered',
      price: { amount: '0.0083', currency: 'USD' },
    });
    expect(await reconcile()).toEqual(none);
    world.clock.forward(60);
    expect(await reconcile()).toEqual({ ...none, found: 1 });
    const { item } = await world.entry(id);
    expect(item).toMatchObject({
      status: 'delivered',
      providerId,
      price: { amount: '0.0083', currency: 'USD' },
    });
    expect(item.history.at(-1)).toMatchObject({ source: 'reconciler', note: 'Found at the carrier.' });
    world.clock.forward(3600);
    expect(await reconcile()).toEqual(none);
  });

  test('OUT-6: is sent again, once, when the carrier certainly never had it', async () => {
    const id = await lostText();
    const looks: number[] = [];
    for (let minute = 1; minute <= 14; minute += 1) {
      world.clock.forward(60);
      looks.push((await reconcile()).waiting);
    }
    expect(looks.filter(Boolean).length).toBeLessThan(10);
    expect(world.queue).toEqual([]);
    world.clock.forward(60);
    expect(await reconcile()).toEqual({ ...none, resent: 1 });
    expect(world.queue).toEqual([id]);
    await sendOutgoing(world.deps, id);
    const { item } = await world.entry(id);
    expect(item).toMatchObject({ status: 'accepted', resends: 1 });
    expect(item.history.map((each) => each.status)).toEqual([
      'queued',
      'sending',
      'unconfirmed',
      'queued',
      'sending',
      'accepted',
    ]);
    expect(item.history[3]).toMatchObject({
      source: 'reconciler',
      note: 'It never reached the carrier, so it is sent again, once.',
    });
  });

  test('OUT-6: needs review when it is lost a second time', async () => {
    const id = await lostText();
    world.clock.forward(15 * 60);
    await reconcile();
    world.answers.push({ kind: 'unknown', reason: 'Cut.' });
    await sendOutgoing(world.deps, id);
    world.clock.forward(15 * 60);
    expect(await reconcile()).toEqual({ ...none, unclear: 1 });
    expect((await world.entry(id)).item).toMatchObject({
      status: 'unconfirmed',
      attention: { reason: 'lost_twice', since: world.clock.now().toISOString() },
    });
    world.clock.forward(24 * 3600);
    expect(await reconcile()).toEqual(none);
    expect((await sweep()).enqueued).toBe(0);
  });

  test('OUT-6: is not sent again when its person opted out meanwhile', async () => {
    const id = await lostText();
    world.clock.forward(15 * 60);
    await reconcile();
    const stop = { sid: sidOf(77), from: phone, body: 'STOP', segments: 1, media: [], optOutType: null };
    await receiveInbound(world.deps, stop, 'request-2');
    expect(await sendOutgoing(world.deps, id)).toBe('blocked');
    expect((await world.entry(id)).item.status).toBe('failed');
  });

  test('OUT-7: follows a report that comes first, or while the carrier is asked', async () => {
    const id = await lostText();
    world.clock.forward(15 * 60);
    const { find } = world.deps.lookup;
    world.deps.lookup.find = async (about) => {
      const report = { messageId: id, sid: sidOf(5), status: 'delivered', errorCode: null, price: null };
      await recordStatus(world.deps, report);
      return find(about);
    };
    expect(await reconcile()).toEqual(none);
    expect(await statusesOf(id)).toEqual(['queued', 'sending', 'unconfirmed', 'delivered']);
    expect(world.queue).toEqual([]);
  });

  test('OUT-6: gets one task and one line of history from two reconcilers at once', async () => {
    const id = await lostText();
    world.clock.forward(15 * 60);
    const both = await Promise.all([reconcile(), reconcile()]);
    expect(both[0].resent + both[1].resent).toBe(1);
    expect(world.queue).toEqual([id]);
    expect(await statusesOf(id)).toEqual(['queued', 'sending', 'unconfirmed', 'queued']);
  });

  test('OUT-6: does not hold up the others when it cannot be looked up', async () => {
    const other = await world.add('+12025550144');
    await world.db.doc(`outgoingMessages/${await lostText('Hello', other.id)}`).update({ attempts: 'many' });
    const sick = await lostText('Sick');
    const well = await lostText('Well');
    carrierHas('Sick');
    carrierHas('Well');
    world.clock.forward(60);
    const { find } = world.deps.lookup;
    let asked = 0;
    world.deps.lookup.find = (about) => {
      asked += 1;
      return asked === 1 ? Promise.reject(new Error('not this one')) : find(about);
    };
    await expect(reconcile()).rejects.toThrow('The entry cannot be read.');
    expect((await world.entry(sick)).item.status).toBe('unconfirmed');
    expect((await world.entry(well)).item.status).toBe('sent');
    expect(world.lines.filter((line) => line.includes('due-work.entry_failed'))).toHaveLength(1);
  });

  test('OUT-6: is looked up again later while the carrier cannot be asked, and needs review after an hour', async () => {
    const id = await lostText();
    world.carrier.down = true;
    world.clock.forward(60);
    expect(await reconcile()).toEqual({ ...none, waiting: 1 });
    world.clock.forward(59 * 60);
    expect(await reconcile()).toEqual({ ...none, unclear: 1 });
    expect((await world.entry(id)).item.attention?.reason).toBe('not_answered');
  });

  test('OUT-6: is not looked up by a number that changed hands', async () => {
    const id = await lostText();
    await world.db
      .doc(`users/${userId}`)
      .update({ numberSince: new Date(world.clock.now().getTime() + 1000) });
    world.clock.forward(60 * 60);
    expect(await reconcile()).toEqual({ ...none, unclear: 1 });
    expect(world.carrier.asked).toBe(0);
    expect((await world.entry(id)).item.attention?.reason).toBe('not_answered');
  });
});

describe('OUT-6: which of the carrier’s messages it is', () => {
  test('OUT-6: not one that another entry follows', async () => {
    const first = await world.accepted(userId);
    await sendOutgoing(world.deps, first);
    const { providerId } = (await world.entry(first)).item;
    carrierHas('Hello', { providerId: providerId ?? '' });
    const second = await lostText();
    world.clock.forward(15 * 60);
    // The first has said nothing for a quarter of an hour, so it is asked about too.
    expect(await reconcile()).toEqual({ ...none, found: 1, resent: 1 });
    expect((await world.entry(second)).item).toMatchObject({ status: 'queued', resends: 1 });
  });

  test('OUT-6: of two entries with the same words, one of which arrived, an operator decides', async () => {
    const ids = [await lostText(), await lostText()];
    carrierHas('Hello');
    world.clock.forward(15 * 60);
    expect(await reconcile()).toEqual({ ...none, unclear: 2 });
    for (const id of ids) expect((await world.entry(id)).item.attention?.reason).toBe('several_matches');
    expect(world.queue).toEqual([]);
  });

  test('OUT-6: not one to somebody else, an older one, or an automatic reply', async () => {
    const id = await lostText();
    carrierHas('Hello', { to: '+12025550199' });
    carrierHas('Hello', { createdAt: new Date(world.clock.now().getTime() - 11 * 60_000) });
    carrierHas('Hello', { sentBy: 'reply' });
    world.clock.forward(15 * 60);
    expect(await reconcile()).toEqual({ ...none, resent: 1 });
    expect(world.queue).toEqual([id]);
  });
});

describe('OUT-7: reports that never come', () => {
  test('OUT-7: the carrier is asked about a message that it took and never reported on', async () => {
    const id = await world.accepted(userId);
    await sendOutgoing(world.deps, id);
    const { providerId } = (await world.entry(id)).item;
    carrierHas('Hello', { providerId: providerId ?? '', status: 'undelivered', errorCode: 30003 });
    world.clock.forward(15 * 60);
    expect(await reconcile()).toEqual({ ...none, found: 1 });
    expect((await world.entry(id)).item).toMatchObject({ status: 'undelivered', errorCode: 30003 });
  });

  test('SUPP-2: a failure that is found out suppresses as a reported one does', async () => {
    const id = await lostText();
    carrierHas('Hello', { status: 'undelivered', errorCode: 30006 });
    world.clock.forward(60);
    expect(await reconcile()).toEqual({ ...none, found: 1 });
    expect((await world.entry(id)).item).toMatchObject({ status: 'undelivered', errorCode: 30006 });
    expect(await world.accept(userId, 'Hello')).toEqual({ kind: 'refused', code: 'PERSON_SUPPRESSED' });
  });

  test('OUT-7: an automatic reply is found, or certainly never reached the carrier', async () => {
    const inbound = (count: number) =>
      receiveInbound(
        world.deps,
        { sid: sidOf(count), from: phone, body: 'Hi', segments: 1, media: [], optOutType: null },
        'request-3',
      );
    const first = await inbound(1);
    await inbound(2);
    world.clock.forward(10 * 60);
    expect((await sweep()).expired).toBe(2);
    await recordStatus(world.deps, {
      messageId: `r_${sidOf(2)}`,
      sid: sidOf(40),
      status: 'delivered',
      errorCode: null,
      price: null,
    });
    carrierHas(first.reply?.text ?? '', {
      sentBy: 'reply',
      providerId: sidOf(41),
      createdAt: new Date('2026-11-20T12:00:01.000Z'),
    });
    expect(await reconcile()).toEqual({ ...none, found: 1 });
    expect((await world.entry(`r_${sidOf(1)}`)).item).toMatchObject({
      status: 'sent',
      providerId: sidOf(41),
    });

    await inbound(3);
    world.clock.forward(10 * 60);
    await sweep();
    world.clock.forward(5 * 60);
    expect(await reconcile()).toMatchObject({ failed: 1 });
    expect((await world.entry(`r_${sidOf(3)}`)).item).toMatchObject({
      status: 'failed',
      errorReason: 'This reply never reached the carrier.',
    });
  });
});

test('OUT-6: look-ups cost reads for what is stuck, not for the log: 10 of 60 entries, at most 50', async () => {
  for (let count = 1; count <= 50; count += 1) {
    const id = await world.accepted(userId, `Text ${String(count)}`);
    await sendOutgoing(world.deps, id);
    await recordStatus(world.deps, {
      messageId: id,
      sid: sidOf(count),
      status: 'delivered',
      errorCode: null,
      price: null,
    });
    if (count > 40) carrierHas('Another text of those minutes', { providerId: sidOf(count) });
  }
  for (let count = 0; count < 10; count += 1) {
    const other = (await world.add(`+1202555015${String(count)}`)).id;
    await lostText(`Lost ${String(count)}`, other);
    carrierHas(`Lost ${String(count)}`, {
      to: `+1202555015${String(count)}`,
      providerId: sidOf(500 + count),
    });
  }
  world.clock.forward(60);
  world.counts.reset();
  expect(await sweep()).toEqual({ released: 0, enqueued: 0, expired: 0 });
  expect([world.counts.reads, world.counts.writes]).toEqual([1, 0]);
  world.counts.reset();
  expect(await reconcile()).toEqual({ ...none, found: 10 });
  expect([world.counts.reads, world.counts.writes]).toEqual([40, 10]);
});
