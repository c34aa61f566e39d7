import { Timestamp } from '@google-cloud/firestore';
import { beforeEach, describe, expect, test } from 'vitest';
import { acceptOutgoing } from '../../functions/src/outbox/accept-outgoing.ts';
import { derivedId } from '../../functions/src/platform/ids.ts';
import { documentsOf } from '../support/people-world.ts';
import { messagingWorld, worldStart, type MessagingWorld } from '../support/messaging-world.ts';

let world: MessagingWorld;
let userId: string;

beforeEach(async () => {
  world = messagingWorld();
  const person = await world.add('+12025550143', { firstName: 'Ada', lastName: 'Lovelace' });
  userId = person.id;
  world.counts.reset();
});

const refused = (code: string) => ({ kind: 'refused', code });

async function phoneKey(change: Record<string, unknown>): Promise<void> {
  await world.db.doc(`phoneKeys/${world.deps.vault.hash('+12025550143')}`).update(change);
}

describe('OUT-3, OUT-4: accepting a message', () => {
  test('OUT-3: logs it as queued, in one commit with conversation and audit, and gives it to the queue', async () => {
    const result = await world.accept(userId, 'Hello Ada', 'key-1');
    const id = derivedId('m_', 'op_1', 'key-1');
    expect(result).toEqual({
      kind: 'accepted',
      answer: { messageId: id, status: 'queued', dueAt: null },
      repeated: false,
    });
    expect(world.queue).toEqual([id]);
    expect((await world.entry(id)).item).toEqual({
      id,
      queuedAt: '2026-11-20T12:00:00.000Z',
      sentAt: null,
      userId,
      recipient: 'Ada Lovelace',
      body: 'Hello Ada',
      operatorId: 'op_1',
      operator: 'Olive Operator',
      status: 'queued',
      segments: 1,
      encoding: 'GSM-7',
      providerId: null,
      errorCode: null,
      errorReason: null,
      price: null,
      dueAt: null,
      timeZone: null,
      resends: 0,
      attention: null,
      history: [
        { status: 'queued', at: '2026-11-20T12:00:00.000Z', source: 'operator', note: null, errorCode: null },
      ],
      edits: [],
    });
    const conversation = await world.db.doc(`conversations/${userId}`).get();
    expect(conversation.data()).toMatchObject({ lastText: 'Hello Ada', lastDirection: 'out', unread: 0 });
    expect(conversation.get('lastAt')).toEqual(Timestamp.fromDate(worldStart));
  });

  test('OUT-3: the first message of an operator in a day costs 6 reads and 4 writes, in one commit', async () => {
    await world.accept(userId, 'Hello Ada');
    expect({ reads: world.counts.reads, writes: world.counts.writes }).toEqual({ reads: 6, writes: 4 });
    expect(world.counts.calls.filter((call) => call.method === 'commit')).toHaveLength(1);
  });

  test('PRIV-5: the audit log has who, what, when and from where, without the words', async () => {
    const id = await world.accepted(userId, 'A private matter 🤫');
    const entries = Object.values(await documentsOf(world.db, 'auditLog')).filter(
      (each) => each['action'] === 'message.accepted',
    );
    expect(entries).toEqual([
      {
        at: expect.anything() as unknown,
        actor: { kind: 'operator', id: 'op_1', label: 'Olive Operator' },
        action: 'message.accepted',
        target: { kind: 'message', id },
        address: '192.0.2.1',
        requestId: 'request-1',
        before: null,
        after: { userId, length: 19, segments: 1, encoding: 'UCS-2' },
      },
    ]);
  });

  test('PRIV-1: the number is in no document but the person’s, where it is sealed', async () => {
    const { id } = await world.add('+12025550144');
    await world.accepted(id, 'Hello');
    for (const name of ['outgoingMessages', 'conversations', 'auditLog', 'phoneKeys', 'users']) {
      expect(JSON.stringify(await documentsOf(world.db, name)), name).not.toContain('2025550144');
    }
  });
});

describe('OUT-2: a refusal names its reason and keeps nothing', () => {
  const nothingKept = async () => {
    expect(await documentsOf(world.db, 'outgoingMessages')).toEqual({});
    expect(world.queue).toEqual([]);
  };

  test('OUT-2: an unknown person is refused', async () => {
    expect(await world.accept('nobody', 'Hello')).toEqual(refused('PERSON_NOT_FOUND'));
    await nothingKept();
  });

  test.each([
    ['inactive', { active: false }, 'PERSON_INACTIVE'],
    ['opted out', { optedOut: { at: worldStart, source: 'keyword' } }, 'PERSON_OPTED_OUT'],
    ['suppressed', { suppressed: { at: worldStart, reason: 'A landline.' } }, 'PERSON_SUPPRESSED'],
    [
      'inactive and opted out',
      { active: false, optedOut: { at: worldStart, source: 'keyword' } },
      'PERSON_INACTIVE',
    ],
    [
      'opted out and suppressed',
      { optedOut: { at: worldStart, source: 'keyword' }, suppressed: { at: worldStart, reason: 'No.' } },
      'PERSON_OPTED_OUT',
    ],
    ['registered elsewhere by now', { userId: 'somebody-else' }, 'PERSON_INACTIVE'],
  ])('OUT-2: somebody %s is refused', async (_what, change, code) => {
    await phoneKey(change);
    expect(await world.accept(userId, 'Hello')).toEqual(refused(code));
    await nothingKept();
  });

  test('OPS-1: disabled sending is answered before anything about the person', async () => {
    const disabled = messagingWorld({ SMS_MODE: 'disabled' }, { projectId: world.projectId });
    expect(await disabled.accept(userId, 'Hello')).toEqual(refused('SMS_DISABLED'));
    expect(await disabled.accept('nobody', 'Hello')).toEqual(refused('SMS_DISABLED'));
    await nothingKept();
  });
});

describe('OUT-5: the same request twice sends once', () => {
  test('OUT-5: the same key and words get the same answer, and another task while it is queued', async () => {
    const first = await world.accept(userId, 'Hello', 'key-1');
    const again = await world.accept(userId, 'Hello', 'key-1');
    expect(again).toEqual({ ...first, repeated: true });
    expect(world.queue).toHaveLength(2);
    expect(Object.keys(await documentsOf(world.db, 'outgoingMessages'))).toHaveLength(1);
  });

  test('OUT-5: 20 equal requests at once make one entry, one audit entry and 20 equal answers', async () => {
    const results = await Promise.all(
      Array.from({ length: 20 }, () => world.accept(userId, 'Hello', 'key-1')),
    );
    const answers = results.map((result) => (result.kind === 'accepted' ? result.answer : result));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(results.filter((result) => result.kind === 'accepted' && !result.repeated)).toHaveLength(1);
    expect(Object.keys(await documentsOf(world.db, 'outgoingMessages'))).toHaveLength(1);
    const audited = Object.values(await documentsOf(world.db, 'auditLog'));
    expect(audited.filter((each) => each['action'] === 'message.accepted')).toHaveLength(1);
  });

  test('OUT-5: the same key for other words or another person is refused', async () => {
    const other = await world.add('+12025550144');
    await world.accept(userId, 'Hello', 'key-1');
    expect(await world.accept(userId, 'Hello!', 'key-1')).toEqual(refused('IDEMPOTENCY_KEY_REUSED'));
    expect(await world.accept(other.id, 'Hello', 'key-1')).toEqual(refused('IDEMPOTENCY_KEY_REUSED'));
    expect(Object.keys(await documentsOf(world.db, 'outgoingMessages'))).toHaveLength(1);
  });

  test('OUT-5: the same key of another operator is another key', async () => {
    await world.accept(userId, 'Hello', 'key-1');
    const request = { userId, body: 'Hello', idempotencyKey: 'key-1', operatorId: 'op_2', operator: 'Otto' };
    expect(await acceptOutgoing(world.deps, request, world.audit)).toMatchObject({
      kind: 'accepted',
      repeated: false,
    });
  });

  test('OUT-5: an accepted message stays accepted when it is requested again after an opt-out', async () => {
    const first = await world.accept(userId, 'Hello', 'key-1');
    await phoneKey({ optedOut: { at: worldStart, source: 'keyword' } });
    expect(await world.accept(userId, 'Hello', 'key-1')).toEqual({ ...first, repeated: true });
    expect(await world.accept(userId, 'Hello', 'key-2')).toEqual(refused('PERSON_OPTED_OUT'));
  });

  test('OUT-3: a queue that fails after the commit is an error, which repeating the request mends', async () => {
    const { enqueue } = world.deps.tasks;
    world.deps.tasks.enqueue = () => Promise.reject(new Error('queue down'));
    await expect(world.accept(userId, 'Hello', 'key-1')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    world.deps.tasks.enqueue = enqueue;
    expect(await world.accept(userId, 'Hello', 'key-1')).toMatchObject({ kind: 'accepted', repeated: true });
    expect(world.queue).toEqual([derivedId('m_', 'op_1', 'key-1')]);
  });
});
