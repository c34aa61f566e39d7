import { ROLE_SCOPES } from '../../functions/src/contract/permissions.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { acceptMessages, type BatchMessage } from '../../functions/src/outbox/accept-messages.ts';
import { cancelOutgoing } from '../../functions/src/outbox/cancel-outgoing.ts';
import type { BulkOrigin } from '../../functions/src/outbox/origin.ts';
import { sendOutgoing } from '../../functions/src/outbox/send-outgoing.ts';
import { sweepQueued } from '../../functions/src/outbox/sweep-queued.ts';
import { parsePhoneNumber } from '../../functions/src/people/phone-number.ts';
import type { Lane } from '../../functions/src/jobs/queues.ts';
import { author, liftLimits, messagingWorld, type MessagingWorld } from '../support/messaging-world.ts';

// Messages of other origins than operators, as campaigns, events, verification and programs will send them.
const campaign: BulkOrigin = { kind: 'campaign', id: 'c_1' };
const NUMBER = '+12025550188';
const ADA = '+12025550143';

let world: MessagingWorld;
let lanes: Lane[];

beforeEach(() => {
  world = messagingWorld();
  lanes = [];
  world.deps.tasks.enqueue = async ({ lane, payload }) => {
    lanes.push(lane);
    world.queue.push(payload.messageId);
  };
});

const accept = (messages: readonly BatchMessage[], origin: BulkOrigin = campaign) =>
  acceptMessages(world.deps, { origin, messages }, world.audit);

const toNumber = (key = 'n'): BatchMessage => {
  const parsed = parsePhoneNumber(NUMBER, 'US');
  if (!parsed.ok) throw new Error(parsed.message);
  return { key, to: { number: parsed.e164, label: parsed.masked }, body: 'Your code is 123456' };
};

async function people(count: number): Promise<BatchMessage[]> {
  const all: BatchMessage[] = [];
  for (let index = 0; index < count; index += 1) {
    const { id: userId } = await world.add(`+1202555${String(1000 + index)}`);
    all.push({ key: userId, to: { userId }, body: 'Hello all' });
  }
  return all;
}

const data = async (path: string) => (await world.db.doc(path).get()).data();
const numbers = async () => (await world.db.collection('messageNumbers').get()).docs.map(({ id }) => id);

describe('OUT-3: a batch of messages', () => {
  test('OUT-3, PRIV-5: is one commit, with one counter and one audit entry, and a task in the bulk lane for each', async () => {
    const messages = await people(3);
    world.counts.reset();
    const result = await accept(messages);
    expect(result).toEqual({
      kind: 'done',
      outcomes: world.queue.map((messageId) => ({ kind: 'accepted', messageId, repeated: false })),
    });
    expect(lanes).toEqual(['bulk', 'bulk', 'bulk']);
    // Two reads a person, the limits and the day's spending; an entry a person, the counter and the audit entry.
    expect({ reads: world.counts.reads, writes: world.counts.writes }).toEqual({ reads: 8, writes: 5 });
    expect(world.counts.calls.filter(({ method }) => method === 'commit')).toHaveLength(1);
    expect(await data('sendCounters/campaign_c_1.2026-11-20')).toMatchObject({
      recent: [],
      spentMicros: 24_900,
    });
    const audit = (await world.db.collection('auditLog').where('action', '==', 'messages.accepted').get())
      .docs;
    expect(audit.map((each) => each.get('after') as unknown)).toEqual([
      { origin: 'campaign', originId: 'c_1', messages: 3, segments: 3 },
    ]);
    const entry = await world.entry(world.queue[0] ?? '');
    expect(entry.origin).toEqual({ kind: 'campaign', id: 'c_1' });
    expect(entry.item).toMatchObject({ operatorId: null, operator: 'Campaign', status: 'queued' });
    for (const id of world.queue) expect(await sendOutgoing(world.deps, id)).toBe('accepted');
    expect(world.texts).toHaveLength(3);
  });

  test('OUT-5: that is repeated does nothing, and one that overlaps accepts the rest', async () => {
    const messages = await people(3);
    await accept(messages.slice(0, 2));
    await world.db.doc(`users/${messages[0]?.key ?? ''}`).update({ status: 'inactive' });
    const again = await accept(messages);
    expect(again).toMatchObject({
      outcomes: [{ repeated: true }, { repeated: true }, { kind: 'accepted', repeated: false }],
    });
    expect((await world.db.collection('outgoingMessages').get()).size).toBe(3);
    expect(await data('sendCounters/campaign_c_1.2026-11-20')).toMatchObject({ spentMicros: 24_900 });
    const [first] = messages;
    if (first === undefined) throw new Error('There is nobody.');
    expect(await accept([{ ...first, body: 'Other words' }])).toMatchObject({
      outcomes: [{ kind: 'refused', code: 'IDEMPOTENCY_KEY_REUSED' }],
    });
  });

  test('SUPP-1, OUT-11: refuses who may not be texted and what would pass the day’s spending, one by one', async () => {
    const messages = await people(4);
    await world.db.doc('settings/limits').set({ personPerHour: 1, operatorPerMinute: 1, dailySpend: 0.02 });
    const [, second] = messages;
    const { id: phoneKey } = (await world.db.collection('phoneKeys').where('userId', '==', second?.key).get())
      .docs[0] ?? { id: '' };
    const at = world.clock.now();
    await world.db
      .doc(`phoneKeys/${phoneKey}`)
      .update({ optedOut: { at, source: 'keyword', reason: null, errorCode: null, operator: null } });
    const result = await accept([...messages, { key: 'x', to: { userId: 'nobody' }, body: 'Hello' }]);
    expect(result).toMatchObject({
      outcomes: [
        { kind: 'accepted' },
        { kind: 'refused', code: 'PERSON_OPTED_OUT' },
        { kind: 'accepted' },
        { kind: 'refused', code: 'SPEND_LIMIT_REACHED' },
        { kind: 'refused', code: 'PERSON_NOT_FOUND' },
      ],
    });
  });

  test('OUT-11: one that is canceled before it was sent gives back what it was charged', async () => {
    await accept(await people(2));
    const [id = ''] = world.queue;
    await world.db.doc(`outgoingMessages/${id}`).update({ status: 'held', dueAt: world.clock.now() });
    expect(await cancelOutgoing(world.deps, id, { ...author, scopes: ROLE_SCOPES.admin }, world.audit)).toBe(
      'canceled',
    );
    expect(await data('sendCounters/campaign_c_1.2026-11-20')).toMatchObject({ spentMicros: 8300 });
  });

  test('OUT-3: 1,000 in 5 batches of one origin at once are 5 commits, none of which waits for another', async () => {
    await liftLimits(world.db);
    const batches = Array.from({ length: 5 }, (_, batch) =>
      Array.from({ length: 200 }, (_unused, index) => toNumber(`${String(batch)}-${String(index)}`)),
    );
    world.counts.reset();
    const results = await Promise.all(batches.map((messages) => accept(messages)));
    expect(results.flatMap((each) => (each.kind === 'done' ? each.outcomes : []))).toHaveLength(1000);
    expect(world.counts.calls.filter(({ method }) => method === 'commit')).toHaveLength(5);
    // An entry and a number each, and the counter and the audit entry of each batch.
    expect(world.counts.writes).toBe(2010);
    expect(await data('sendCounters/campaign_c_1.2026-11-20')).toMatchObject({ spentMicros: 8_300_000 });
  });

  test('OUT-3: a lost task comes back in its lane, an operator’s in the other', async () => {
    await accept(await people(1));
    const { id: userId } = await world.add(ADA);
    await world.accepted(userId);
    lanes = [];
    world.clock.forward(61);
    expect(await sweepQueued(world.deps, world.clock.now())).toMatchObject({ enqueued: 2 });
    expect([...lanes].sort()).toEqual(['bulk', 'interactive']);
  });
});

describe('PRIV-1: a message to a number that nobody is registered with', () => {
  const verification: BulkOrigin = { kind: 'verification', id: 'v_1' };

  test('PRIV-1: goes out at once, and its sealed number is gone when the carrier has taken it', async () => {
    await accept([toNumber()], verification);
    const [id = ''] = world.queue;
    expect(lanes).toEqual(['interactive']);
    expect(await numbers()).toEqual([id]);
    const kept = JSON.stringify([await data(`messageNumbers/${id}`), await data(`outgoingMessages/${id}`)]);
    expect(kept).not.toContain('2025550188');
    const entry = await world.entry(id);
    expect(entry.item).toMatchObject({
      userId: null,
      recipient: '+1 ••• ••• 0188',
      operator: 'Verification',
    });
    expect(await sendOutgoing(world.deps, id)).toBe('accepted');
    expect(world.texts.map(({ to }) => to)).toEqual([NUMBER]);
    expect(await numbers()).toEqual([]);
  });

  test('PRIV-1: its number is gone when it failed for good, and stays while its outcome is not known', async () => {
    await accept([toNumber('a'), toNumber('b'), toNumber('c')], verification);
    const [refused = '', put = '', unknown = ''] = world.queue;
    world.answers.push(
      { kind: 'refused', errorCode: 21211, reason: 'No such number.' },
      { kind: 'retry', errorCode: 20429, reason: 'Too many.' },
      { kind: 'unknown', reason: 'No answer.' },
    );
    expect(await sendOutgoing(world.deps, refused)).toBe('refused');
    await expect(sendOutgoing(world.deps, put)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await sendOutgoing(world.deps, unknown)).toBe('unknown');
    expect((await numbers()).sort()).toEqual([put, unknown].sort());
  });

  test('SUPP-1: is held to an opt-out of the number, when it is accepted and when it is sent', async () => {
    await accept([toNumber('a')], verification);
    const at = world.clock.now();
    await world.db.doc(`phoneKeys/${world.deps.vault.hash(NUMBER)}`).set({
      userId: null,
      active: false,
      optedOut: { at, source: 'keyword', reason: null, errorCode: null, operator: null },
      suppressed: null,
    });
    expect(await accept([toNumber('b')], verification)).toMatchObject({
      outcomes: [{ kind: 'refused', code: 'PERSON_OPTED_OUT' }],
    });
    expect(await sendOutgoing(world.deps, world.queue[0] ?? '')).toBe('blocked');
    expect(await numbers()).toEqual([]);
    expect(world.texts).toEqual([]);
  });
});
