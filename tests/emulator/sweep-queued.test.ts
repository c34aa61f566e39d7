import { beforeEach, describe, expect, test } from 'vitest';
import { recordStatus } from '../../functions/src/outbox/record-status.ts';
import { sendOutgoing } from '../../functions/src/outbox/send-outgoing.ts';
import { sweepQueued } from '../../functions/src/outbox/sweep-queued.ts';
import { liftLimits, messagingWorld, sidOf, type MessagingWorld } from '../support/messaging-world.ts';

let world: MessagingWorld;
let userId: string;

beforeEach(async () => {
  world = messagingWorld();
  await liftLimits(world.db);
  userId = (await world.add('+12025550143')).id;
});

const sweep = () => sweepQueued(world.deps, world.clock.now());

async function lostTask(): Promise<string> {
  const id = await world.accepted(userId);
  world.queue.length = 0;
  return id;
}

describe('OUT-3: an accepted message whose task was lost', () => {
  test('OUT-3: is found after 60 s, once, and sent', async () => {
    const id = await lostTask();
    world.clock.forward(59);
    expect(await sweep()).toEqual({ released: 0, enqueued: 0, expired: 0 });
    world.clock.forward(1);
    expect(await sweep()).toEqual({ released: 0, enqueued: 1, expired: 0 });
    expect(await sweep()).toEqual({ released: 0, enqueued: 0, expired: 0 });
    expect(world.queue).toEqual([id]);
    expect(await sendOutgoing(world.deps, id)).toBe('accepted');
    expect(world.texts).toHaveLength(1);
  });

  test('OUT-3: is found again after 5 minutes, when that task is lost too', async () => {
    await lostTask();
    world.clock.forward(60);
    await sweep();
    world.clock.forward(299);
    expect(await sweep()).toEqual({ released: 0, enqueued: 0, expired: 0 });
    world.clock.forward(1);
    expect(await sweep()).toEqual({ released: 0, enqueued: 1, expired: 0 });
  });

  test('OUT-3: is sent once by two sweeps at once with the worker between them', async () => {
    const id = await lostTask();
    world.clock.forward(60);
    await Promise.all([sweep(), sweep(), sendOutgoing(world.deps, id)]);
    for (const task of world.queue) await sendOutgoing(world.deps, task);
    expect(world.texts).toHaveLength(1);
    expect((await world.entry(id)).item.status).toBe('accepted');
  });

  test('OUT-3: is found by the next sweep when the queue is down', async () => {
    await lostTask();
    world.clock.forward(60);
    const { enqueue } = world.deps.tasks;
    world.deps.tasks.enqueue = () => Promise.reject(new Error('queue down'));
    await expect(sweep()).rejects.toThrow('queue down');
    world.deps.tasks.enqueue = enqueue;
    expect(await sweep()).toEqual({ released: 0, enqueued: 1, expired: 0 });
  });

  test('OUT-3: is not held up by entries that cannot be read or moved', async () => {
    await world.db.doc(`outgoingMessages/${await lostTask()}`).update({ attempts: 'many' });
    const sick = await lostTask();
    const well = await lostTask();
    world.clock.forward(60);
    const { enqueue } = world.deps.tasks;
    world.deps.tasks.enqueue = (task) =>
      task.payload.messageId === sick ? Promise.reject(new Error('not this one')) : enqueue(task);
    await expect(sweep()).rejects.toThrow('The entry cannot be read.');
    expect(world.queue).toEqual([well]);
    expect(world.lines.filter((line) => line.includes('due-work.entry_failed'))).toHaveLength(1);
  });

  test('OUT-3: is found among more than are read at once', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 101; count += 1) ids.push(await lostTask());
    const moved = world.db.batch();
    for (const id of ids.slice(0, 100))
      moved.update(world.db.doc(`outgoingMessages/${id}`), { attempts: null });
    await moved.commit();
    world.clock.forward(60);
    await expect(sweep()).rejects.toThrow('The entry cannot be read.');
    expect(world.queue).toEqual(ids.slice(100));
  });

  test('OUT-6: a message that waits for its next attempt is left to its own task', async () => {
    const id = await world.accepted(userId);
    world.answers.push({ kind: 'retry', errorCode: 20429, reason: 'Later.' });
    world.clock.forward(59);
    await sendOutgoing(world.deps, id).catch(() => undefined);
    world.clock.forward(120);
    expect(await sweep()).toEqual({ released: 0, enqueued: 0, expired: 0 });
  });
});

describe('OUT-6: a message whose worker died', () => {
  test('OUT-6: becomes unconfirmed when the lease is over, even when no task ever runs again', async () => {
    const id = await world.accepted(userId);
    world.deps.gateway.send = () => Promise.reject(new Error('killed'));
    await expect(sendOutgoing(world.deps, id)).rejects.toThrow('killed');
    world.clock.forward(60);
    expect(await sweep()).toEqual({ released: 0, enqueued: 0, expired: 1 });
    expect((await world.entry(id)).item.status).toBe('unconfirmed');
    expect(await sweep()).toEqual({ released: 0, enqueued: 0, expired: 0 });
  });
});

test('OUT-6: a sweep costs reads and writes for what is stuck, not for the whole log', async () => {
  for (let count = 1; count <= 30; count += 1) {
    const id = await world.accepted(userId);
    await sendOutgoing(world.deps, id);
    const sid = sidOf(count);
    if (count % 2 === 0)
      await recordStatus(world.deps, {
        messageId: id,
        sid,
        status: 'delivered',
        errorCode: null,
        price: null,
      });
  }
  for (let count = 0; count < 3; count += 1) await lostTask();
  world.clock.forward(3600);
  world.counts.reset();
  expect(await sweep()).toEqual({ released: 0, enqueued: 3, expired: 0 });
  expect([world.counts.reads, world.counts.writes]).toEqual([3, 3]);
  world.counts.reset();
  await sweep();
  expect([world.counts.reads, world.counts.writes]).toEqual([1, 0]);
});
