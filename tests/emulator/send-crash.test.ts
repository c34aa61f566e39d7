import { beforeAll, describe, expect, test } from 'vitest';
import { recordStatus } from '../../functions/src/outbox/record-status.ts';
import { sendOutgoing } from '../../functions/src/outbox/send-outgoing.ts';
import type { SendOutcome } from '../../functions/src/carrier/gateway.ts';
import { liftLimits, messagingWorld, sidOf, type MessagingWorld } from '../support/messaging-world.ts';
import { cutsOf, MortalProcess, type Cut } from '../support/mortal-process.ts';

let world: MessagingWorld;
let userId: string;
let process: MortalProcess;

beforeAll(async () => {
  process = new MortalProcess(null);
  world = messagingWorld({}, { hook: (call, go) => process.storeHook(call, go) });
  const { send } = world.deps.gateway;
  world.deps.gateway.send = (text) => process.io('provider', () => send(text));
  const { enqueue } = world.deps.tasks;
  world.deps.tasks.enqueue = (task) => process.io('queue', () => enqueue(task));
  await liftLimits(world.db);
  userId = (await world.add('+12025550143', { firstName: 'Ada' })).id;
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

/** Cloud Tasks: again after 1, 2, 4 … s until a run ends well. Every run is a whole process; none of these is cut. */
async function runTask(id: string): Promise<void> {
  for (let wait = 1; wait <= 256; wait *= 2) {
    if (await runCut(null, () => sendOutgoing(world.deps, id))) return;
    world.clock.forward(wait);
  }
  throw new Error('The task never ended well.');
}

async function delivered(id: string, sid: string): Promise<void> {
  const report = { messageId: id, sid, status: 'delivered', errorCode: null, price: null };
  await recordStatus(world.deps, report);
}

interface Scenario {
  what: string;
  answers: SendOutcome[];
  /** How it ends when nothing is cut. */
  ends: string;
}

const scenarios: Scenario[] = [
  { what: 'the provider takes it', answers: [], ends: 'accepted' },
  {
    what: 'put off once, then taken',
    answers: [{ kind: 'retry', errorCode: 20429, reason: 'Later.' }],
    ends: 'accepted',
  },
  { what: 'refused', answers: [{ kind: 'refused', errorCode: 21211, reason: 'No.' }], ends: 'failed' },
  {
    what: 'refused because of an opt-out',
    answers: [{ kind: 'refused', errorCode: 21610, reason: 'No.' }],
    ends: 'failed',
  },
  { what: 'no answer', answers: [{ kind: 'unknown', reason: 'Cut.' }], ends: 'unconfirmed' },
];

async function freshEntry(answers: readonly SendOutcome[]): Promise<string> {
  world.texts.length = 0;
  world.answers.splice(0, Infinity, ...answers);
  const hash = world.deps.vault.hash('+12025550143');
  await world.db.doc(`phoneKeys/${hash}`).update({ optedOut: null, suppressed: null });
  return world.accepted(userId);
}

describe('OUT-6: a worker that is killed at any I/O sends no message twice', () => {
  test.each(scenarios)('$what', async ({ answers, ends }) => {
    const whole = await freshEntry(answers);
    process = new MortalProcess(null);
    await sendOutgoing(world.deps, whole).catch(() => 'put off');
    const cuts = cutsOf(process.names);
    await runTask(whole);
    expect((await world.entry(whole)).item.status).toBe(ends);
    expect(cuts.length).toBeGreaterThanOrEqual(10);

    for (const cut of cuts) {
      const label = JSON.stringify(cut);
      const id = await freshEntry(answers);
      expect(await runCut(cut, () => sendOutgoing(world.deps, id)), label).toBe(false);
      await runTask(id);
      const { item } = await world.entry(id);
      expect(world.texts.length, label).toBeLessThanOrEqual(1);
      // Killed with the outcome unknown, it is marked and says so; in every other case it ends as if nothing had been.
      expect([ends, 'unconfirmed'], label).toContain(item.status);
      if (item.status === 'unconfirmed') expect(item.history.at(-1)?.note, label).toMatch(/\S/);
      if (item.status === 'accepted') expect(world.texts, label).toHaveLength(1);
      expect(item.history.map((each) => each.status).slice(0, 2), label).toEqual(['queued', 'sending']);
      if (world.texts.length === 0) continue;
      await delivered(id, item.providerId ?? sidOf(1));
      expect((await world.entry(id)).item.status, label).toBe('delivered');
    }
  });
});

describe('OUT-3, OUT-5: accepting that is killed at any I/O and requested again', () => {
  test('OUT-5: makes one entry and sends one message', async () => {
    process = new MortalProcess(null);
    await world.accept(userId, 'Hello', 'crash-0');
    const cuts = cutsOf(process.names);
    expect(process.names).toEqual(['batchGetDocuments', 'batchGetDocuments', 'commit', 'queue']);
    for (const [index, cut] of cuts.entries()) {
      const label = JSON.stringify(cut);
      world.texts.length = 0;
      world.queue.length = 0;
      const key = `crash-${String(index + 1)}`;
      expect(await runCut(cut, () => world.accept(userId, 'Hello', key)), label).toBe(false);
      const again = await world.accept(userId, 'Hello', key);
      if (again.kind !== 'accepted') throw new Error(again.kind);
      expect(world.queue, label).toContain(again.answer.messageId);
      for (const id of world.queue) await runTask(id);
      expect(world.texts, label).toHaveLength(1);
      expect((await world.entry(again.answer.messageId)).item.status, label).toBe('accepted');
    }
  });
});

describe('OUT-7: a status callback that is killed at any I/O and sent again', () => {
  test('OUT-7: leaves the entry delivered, with one line of history for it', async () => {
    const first = await freshEntry([]);
    await runTask(first);
    process = new MortalProcess(null);
    await delivered(first, sidOf(1));
    expect(process.names).toEqual(['batchGetDocuments', 'commit']);
    for (const cut of cutsOf(process.names)) {
      const label = JSON.stringify(cut);
      const id = await freshEntry([]);
      await runTask(id);
      expect(await runCut(cut, () => delivered(id, sidOf(1))), label).toBe(false);
      await delivered(id, sidOf(1));
      const { history } = (await world.entry(id)).item;
      expect(
        history.map((each) => each.status),
        label,
      ).toEqual(['queued', 'sending', 'accepted', 'delivered']);
    }
  });
});
