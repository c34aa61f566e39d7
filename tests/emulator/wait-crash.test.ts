import { beforeAll, describe, expect, test } from 'vitest';
import { acceptOutgoing } from '../../functions/src/outbox/accept-outgoing.ts';
import { cancelOutgoing } from '../../functions/src/outbox/cancel-outgoing.ts';
import { reconcileOutgoing } from '../../functions/src/outbox/reconcile-outgoing.ts';
import { sendOutgoing } from '../../functions/src/outbox/send-outgoing.ts';
import { sweepQueued } from '../../functions/src/outbox/sweep-queued.ts';
import {
  author,
  liftLimits,
  messagingWorld,
  sidOf,
  type MessagingWorld,
} from '../support/messaging-world.ts';
import { cutsOf, MortalProcess, type Cut } from '../support/mortal-process.ts';

const phone = '+12025550143';
let world: MessagingWorld;
let userId: string;
let process: MortalProcess;
let keys = 0;

beforeAll(async () => {
  process = new MortalProcess(null);
  world = messagingWorld({}, { hook: (call, go) => process.storeHook(call, go) });
  await liftLimits(world.db);
  const { send } = world.deps.gateway;
  world.deps.gateway.send = (text) => process.io('provider', () => send(text));
  const { find } = world.deps.lookup;
  world.deps.lookup.find = (about) => process.io('lookup', () => find(about));
  const { enqueue } = world.deps.tasks;
  world.deps.tasks.enqueue = (task) => process.io('queue', () => enqueue(task));
  userId = (await world.add(phone, { firstName: 'Ada' })).id;
});

/** Runs `work` in a process that is cut; true when it ended well. */
async function runCut(cut: Cut | null, work: () => Promise<unknown>): Promise<boolean> {
  process = new MortalProcess(cut);
  try {
    await work();
    return !process.dead;
  } catch {
    return false;
  } finally {
    process = new MortalProcess(null);
  }
}

/** What `work` does when nothing cuts it. */
async function traced(work: () => Promise<unknown>): Promise<Cut[]> {
  const whole = new MortalProcess(null);
  process = whole;
  await work();
  process = new MortalProcess(null);
  return cutsOf(whole.names);
}

async function accepted(undoSeconds: number): Promise<string> {
  world.queue.length = 0;
  world.texts.length = 0;
  const who = {
    operatorId: 'op_1',
    operator: 'Olive Operator',
    idempotencyKey: `key-${String((keys += 1))}`,
  };
  const result = await acceptOutgoing(
    world.deps,
    { userId, body: 'Hello', ...who, undoSeconds },
    world.audit,
  );
  if (result.kind !== 'accepted') throw new Error(result.kind);
  return result.answer.messageId;
}

const sweep = () => sweepQueued(world.deps, world.clock.now());
const reconcile = () => reconcileOutgoing(world.deps, world.clock.now());

/** A scheduler that goes on, minute after minute, and a queue that runs what it was given. */
async function goOn(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    world.clock.forward(60);
    await sweep();
    await reconcile();
    for (const id of world.queue.splice(0)) await sendOutgoing(world.deps, id).catch(() => undefined);
  }
}

const statusesOf = async (id: string) => (await world.entry(id)).item.history.map((each) => each.status);

describe('OUT-8: a scheduler that is killed at any I/O and goes on a minute later', () => {
  test('OUT-8: sends what was due, once', async () => {
    const first = await accepted(30);
    world.queue.length = 0;
    world.clock.forward(30);
    const cuts = await traced(sweep);
    expect(cuts.length).toBeGreaterThanOrEqual(5);
    for (const id of world.queue.splice(0)) await sendOutgoing(world.deps, id);
    expect(await statusesOf(first)).toEqual(['held', 'queued', 'sending', 'accepted']);
    for (const cut of cuts) {
      const label = JSON.stringify(cut);
      const id = await accepted(30);
      world.queue.length = 0;
      world.clock.forward(30);
      expect(await runCut(cut, sweep), label).toBe(false);
      await goOn(3);
      expect(world.texts, label).toHaveLength(1);
      expect(await statusesOf(id), label).toEqual(['held', 'queued', 'sending', 'accepted']);
    }
  });
});

describe('OUT-9: canceling that is killed at any I/O', () => {
  test('OUT-9: and requested again cancels once, and the message is never sent', async () => {
    const first = await accepted(30);
    const cuts = await traced(() => cancelOutgoing(world.deps, first, author, world.audit));
    for (const cut of cuts) {
      const label = JSON.stringify(cut);
      const id = await accepted(30);
      expect(await runCut(cut, () => cancelOutgoing(world.deps, id, author, world.audit)), label).toBe(false);
      expect(await cancelOutgoing(world.deps, id, author, world.audit), label).toBe('canceled');
      await goOn(2);
      expect(world.texts, label).toEqual([]);
      expect(await statusesOf(id), label).toEqual(['held', 'canceled']);
      const audited = await world.db.collection('auditLog').where('target.id', '==', id).get();
      const actions = audited.docs.map((each) => String(each.get('action')));
      expect(actions.sort(), label).toEqual(['message.accepted', 'message.canceled']);
    }
  });
});

describe('OUT-6: a reconciler that is killed at any I/O and goes on a minute later', () => {
  async function lost(): Promise<string> {
    world.carrier.texts.length = 0;
    const id = await accepted(0);
    world.queue.length = 0;
    world.answers.push({ kind: 'unknown', reason: 'Cut.' });
    await sendOutgoing(world.deps, id);
    world.texts.length = 0;
    return id;
  }

  function carrierHasIt(providerId: string): void {
    const createdAt = world.clock.now();
    world.carrier.texts.push({
      to: phone,
      providerId,
      body: 'Hello',
      createdAt,
      sentBy: 'api',
      status: 'delivered',
      errorCode: null,
      price: null,
    });
  }

  test('OUT-6: adopts what the carrier has, with one line of history', async () => {
    const first = await lost();
    carrierHasIt(sidOf(801));
    world.clock.forward(60);
    const cuts = await traced(reconcile);
    expect((await world.entry(first)).item.status).toBe('delivered');
    expect(cuts.length).toBeGreaterThanOrEqual(5);
    for (const [index, cut] of cuts.entries()) {
      const label = JSON.stringify(cut);
      const id = await lost();
      carrierHasIt(sidOf(810 + index));
      world.clock.forward(60);
      expect(await runCut(cut, reconcile), label).toBe(false);
      await goOn(2);
      expect(await statusesOf(id), label).toEqual(['queued', 'sending', 'unconfirmed', 'delivered']);
      expect(world.texts, label).toEqual([]);
    }
  });

  test('OUT-6: sends again what the carrier never had, once', async () => {
    await lost();
    world.clock.forward(15 * 60);
    const cuts = await traced(reconcile);
    await goOn(1);
    for (const cut of cuts) {
      const label = JSON.stringify(cut);
      const id = await lost();
      world.clock.forward(15 * 60);
      expect(await runCut(cut, reconcile), label).toBe(false);
      await goOn(3);
      expect(world.texts, label).toHaveLength(1);
      expect((await world.entry(id)).item, label).toMatchObject({ status: 'accepted', resends: 1 });
    }
  });
});
