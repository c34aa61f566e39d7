import { beforeEach, describe, expect, test } from 'vitest';
import { sendOutgoing } from '../../functions/src/outbox/send-outgoing.ts';
import type { StoreHook } from '../support/counting-firestore.ts';
import { messagingWorld, type MessagingWorld } from '../support/messaging-world.ts';

let world: MessagingWorld;
let userId: string;

beforeEach(async () => {
  world = messagingWorld();
  userId = (await world.add('+12025550143', { firstName: 'Ada' })).id;
});

const send = (id: string) => sendOutgoing(world.deps, id);
const statusesOf = async (id: string) => (await world.entry(id)).item.history.map((each) => each.status);

describe('OUT-6: a task that runs twice sends once', () => {
  test('OUT-6: two runs one after the other send one message', async () => {
    const id = await world.accepted(userId);
    expect([await send(id), await send(id)]).toEqual(['accepted', 'idle']);
    expect(world.texts).toHaveLength(1);
  });

  test('OUT-6: ten runs at once send one message', async () => {
    const id = await world.accepted(userId);
    const runs = await Promise.allSettled(Array.from({ length: 10 }, () => send(id)));
    expect(runs.filter((run) => run.status === 'fulfilled' && run.value === 'accepted')).toHaveLength(1);
    expect(world.texts).toHaveLength(1);
    expect(await statusesOf(id)).toEqual(['queued', 'sending', 'accepted']);
  });

  test('OUT-6: a run waits while another holds the lease, and after it the message is unconfirmed and not sent', async () => {
    const id = await world.accepted(userId);
    world.deps.gateway.send = () => Promise.reject(new Error('killed'));
    await expect(send(id)).rejects.toThrow('killed');
    world.clock.forward(59);
    await expect(send(id)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect((await world.entry(id)).item.status).toBe('sending');
    world.clock.forward(1);
    expect(await send(id)).toBe('expired');
    expect((await world.entry(id)).item.status).toBe('unconfirmed');
    expect(await send(id)).toBe('idle');
  });
});

describe('OUT-6: when the answer to a commit is lost and the client tries again', () => {
  /** The nth commit goes through, and its answer does not. */
  function losing(nth: number): StoreHook {
    let commits = 0;
    return async (call, go) => {
      const result = await go();
      if (call.method === 'commit' && (commits += 1) === nth)
        throw Object.assign(new Error('no answer'), { code: 14 });
      return result;
    };
  }

  test.each([
    ['the claim', 1],
    ['the record', 2],
  ])('OUT-6: %s leads to one message, accepted', async (_what, nth) => {
    const id = await world.accepted(userId);
    const flaky = messagingWorld({}, { projectId: world.projectId, hook: losing(nth) });
    expect(await sendOutgoing(flaky.deps, id)).toBe('accepted');
    expect(flaky.texts).toHaveLength(1);
    expect(await statusesOf(id)).toEqual(['queued', 'sending', 'accepted']);
  });
});
