import { Timestamp, type Firestore } from '@google-cloud/firestore';
import { describe, expect, test } from 'vitest';
import { seed } from '../../functions/cli/seed.ts';
import {
  INCOMING_STATUSES,
  OUTGOING_STATUSES,
  RESPONSE_REASONS,
} from '../../functions/src/contract/delivery.ts';
import { incomingFromDocument, outgoingFromDocument } from '../../functions/src/contract/live.ts';
import { directBcrypt } from '../../functions/src/platform/bcrypt.ts';
import { isPassword } from '../../functions/src/team/password.ts';
import { firestoreHost, freshDatabase } from '../support/emulator.ts';
import { documentsOf } from '../support/people-world.ts';

const NOW = new Date('2026-11-20T12:00:00.000Z');
const run = (projectId: string) => seed({ projectId, firestoreHost: firestoreHost(), now: NOW });

async function logOf(db: Firestore) {
  const [incoming, outgoing] = await Promise.all([
    documentsOf(db, 'incomingMessages'),
    documentsOf(db, 'outgoingMessages'),
  ]);
  return {
    incoming: Object.entries(incoming).map(([id, data]) => incomingFromDocument(id, data)),
    outgoing: Object.entries(outgoing).map(([id, data]) => outgoingFromDocument(id, data)),
  };
}

const sorted = (values: Iterable<unknown>) => [...new Set(values)].map(String).sort();

describe('DX-1: demo data', () => {
  test('DX-1: the demo data is added once, however often the seed runs, also at the same time', async () => {
    const { db, projectId } = freshDatabase();
    const results = await Promise.all([run(projectId), run(projectId), run(projectId)]);
    expect(results.filter((result) => result.seeded)).toHaveLength(1);
    expect(await run(projectId)).toMatchObject({ seeded: false });
    expect(Object.keys(await documentsOf(db, 'users'))).toHaveLength(18);
    expect(Object.values(await documentsOf(db, 'auditLog'))).toMatchObject([
      { action: 'system.seeded', after: { people: 18, operators: 3 } },
    ]);
  });

  test('DX-1: the demo data is the same in every run', async () => {
    const [one, other] = [freshDatabase(), freshDatabase()];
    await Promise.all([run(one.projectId), run(other.projectId)]);
    expect(await logOf(one.db)).toEqual(await logOf(other.db));
  });

  test('DX-1: the demo data has every status that lasts, every error and every kind of message', async () => {
    const { db, projectId } = freshDatabase();
    await run(projectId);
    const { incoming, outgoing } = await logOf(db);
    expect(incoming.length + outgoing.length).toBeGreaterThanOrEqual(150);
    expect(incoming.length + outgoing.length).toBeLessThanOrEqual(250);
    // A message is held, queued or being sent for seconds only; one that stayed so would be stuck.
    const passing = ['held', 'queued', 'sending'];
    expect(sorted(outgoing.map((item) => item.status))).toEqual(
      OUTGOING_STATUSES.filter((status) => !passing.includes(status)).sort(),
    );
    expect(
      outgoing.filter((item) => item.status === 'scheduled').map((item) => [item.dueAt, item.timeZone]),
    ).toEqual(
      expect.arrayContaining([
        ['2026-11-22T14:00:00.000Z', 'America/New_York'],
        ['2026-12-02T08:30:00.000Z', 'Europe/Paris'],
      ]),
    );
    expect(sorted(incoming.map((item) => item.status))).toEqual([...INCOMING_STATUSES].sort());
    expect(sorted(incoming.map((item) => item.responseReason))).toEqual([...RESPONSE_REASONS].sort());
    expect(sorted(incoming.map((item) => item.keyword))).toEqual([
      'help',
      'null',
      'revocation',
      'start',
      'stop',
    ]);
    expect(sorted(outgoing.flatMap((item) => item.errorCode ?? []))).toEqual([
      '21408',
      '30003',
      '30004',
      '30005',
      '30007',
    ]);
    expect(incoming.some((item) => item.body === '')).toBe(true);
    expect(incoming.some((item) => item.body.length > 1000)).toBe(true);
    expect(incoming.some((item) => item.media.length === 2)).toBe(true);
    expect(incoming.some((item) => /[\u0600-\u06ff]/.test(item.body))).toBe(true);
    expect(sorted(outgoing.map((item) => item.encoding))).toEqual(['GSM-7', 'UCS-2']);
  });

  test('DX-1: histories of the demo data agree with statuses and times, and end a few minutes ago', async () => {
    const { db, projectId } = freshDatabase();
    await run(projectId);
    const { incoming, outgoing } = await logOf(db);
    for (const { history, status, queuedAt } of outgoing) {
      expect(history.at(-1)?.status).toBe(status);
      expect(history[0]?.at).toBe(queuedAt);
      expect(history.map((each) => each.at)).toEqual(history.map((each) => each.at).sort());
    }
    const times = [
      ...incoming.map((item) => item.receivedAt),
      ...outgoing.flatMap((item) => item.history.map((each) => each.at)),
    ].sort();
    expect(times[0]?.slice(0, 7)).toBe('2026-11');
    expect(Date.parse(times[0] ?? '')).toBeGreaterThan(NOW.getTime() - 15 * 24 * 3600_000);
    expect(Date.parse(times.at(-1) ?? '')).toBeGreaterThan(NOW.getTime() - 10 * 60_000);
    expect(Date.parse(times.at(-1) ?? '')).toBeLessThan(NOW.getTime());
    for (const item of incoming) {
      const reply = outgoing.find((each) => each.id === item.responseId);
      expect(reply?.queuedAt ?? null).toBe(item.responded ? item.receivedAt : null);
    }
  });

  test('DX-1: conversations of the demo data agree with the log', async () => {
    const { db, projectId } = freshDatabase();
    await run(projectId);
    const { incoming, outgoing } = await logOf(db);
    const conversations = await documentsOf(db, 'conversations');
    for (const [userId, conversation] of Object.entries(conversations)) {
      const texts = [
        ...incoming
          .filter((item) => item.userId === userId)
          .map((item) => ({ at: item.receivedAt, text: item.body, direction: 'in' })),
        ...outgoing
          .filter((item) => item.userId === userId && item.operatorId !== null)
          .map((item) => ({
            at: item.queuedAt,
            text: item.body,
            direction: item.dueAt === null ? 'out' : 'later',
          })),
      ].sort((a, b) => (a.at < b.at ? -1 : 1));
      // What waits is not in the conversation yet; but who wrote it had read what there was.
      const last = texts.findLast((text) => text.direction !== 'later');
      const lastOut = texts.findLastIndex((text) => text.direction !== 'in');
      expect(conversation).toMatchObject({
        lastText: last?.text ?? '',
        lastDirection: last?.direction ?? null,
        unread: texts.length - 1 - lastOut,
      });
      const at = conversation['lastAt'];
      expect(at instanceof Timestamp ? at.toDate().toISOString() : null).toBe(last?.at ?? null);
    }
  });

  test('OUT-11: what the demo operators spent today is what the log says', async () => {
    const { db, projectId } = freshDatabase();
    await run(projectId);
    const { outgoing } = await logOf(db);
    const today = outgoing.filter(
      (item) => item.operatorId !== null && item.queuedAt.startsWith('2026-11-20'),
    );
    const segments = today.reduce((sum, item) => sum + item.segments, 0);
    expect(today.length).toBeGreaterThan(5);
    const counters = Object.values(await documentsOf(db, 'sendCounters'));
    // Twilio's list price of a segment is $0.0083.
    expect(counters.reduce((sum, counter) => sum + Number(counter['spentMicros']), 0)).toBe(segments * 8_300);
    expect(new Set(counters.map(({ day }) => day))).toEqual(new Set(['2026-11-20']));
  });

  test('PRIV-1: the demo data holds no phone number except sealed ones', async () => {
    const { db, projectId } = freshDatabase();
    await run(projectId);
    const collections = await db.listCollections();
    const raw = JSON.stringify(await Promise.all(collections.map((each) => documentsOf(db, each.id))));
    expect(collections.length).toBeGreaterThanOrEqual(8);
    expect(raw).not.toMatch(/202\D{0,3}555\D{0,3}01\d\d/);
  });

  test('DX-1: the demo team signs in with the demo password, stored as bcrypt of cost 12', async () => {
    const { db, projectId } = freshDatabase();
    await run(projectId);
    const operators = Object.values(await documentsOf(db, 'operators'));
    expect(operators.map(({ email, role, status }) => [email, role, status]).sort()).toEqual([
      ['operator@example.com', 'operator', 'active'],
      ['owner@example.com', 'owner', 'active'],
      ['viewer@example.com', 'viewer', 'active'],
    ]);
    const hash = String(operators[0]?.['passwordHash']);
    expect(hash).toMatch(/^\$2[aby]\$12\$/);
    expect(await isPassword('parley-demo-2026', hash, directBcrypt)).toBe(true);
  });

  test.each([
    ['a real project', { projectId: 'parley-live', firestoreHost: '127.0.0.1:8080' }],
    ['another machine', { projectId: 'demo-parley', firestoreHost: 'firestore.example.com:443' }],
  ])('DX-1: the seed refuses %s', async (_name, target) => {
    await expect(seed(target)).rejects.toThrow('Demo data is for the emulator only.');
  });
});
