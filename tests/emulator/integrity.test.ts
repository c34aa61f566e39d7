import { Timestamp } from '@google-cloud/firestore';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkIntegrity } from '../../functions/cli/integrity/check-integrity.ts';
import { exportDocuments } from '../../functions/cli/lib/export-documents.ts';
import { seed } from '../../functions/cli/seed.ts';
import { sealAuditLog } from '../../functions/src/audit/seal.ts';
import { receiveInbound } from '../../functions/src/inbound/receive-inbound.ts';
import { recordStatus } from '../../functions/src/outbox/record-status.ts';
import { sendOutgoing } from '../../functions/src/outbox/send-outgoing.ts';
import { LOCAL_DEFAULTS } from '../../functions/src/platform/local-defaults.ts';
import { firestoreHost, newMessageSid } from '../support/emulator.ts';
import { messagingWorld, sidOf, worldStart, type MessagingWorld } from '../support/messaging-world.ts';

let world: MessagingWorld;
let ada: string;
const NUMBER = '+12025550143';
const hash = () => world.deps.vault.hash(NUMBER);

/** A day with a little of everything. */
async function live(): Promise<void> {
  ada = (await world.add(NUMBER, { firstName: 'Ada' })).id;
  const receive = async (from: string, body: string) => {
    const text = { sid: newMessageSid(), from, body, segments: 1, media: [], optOutType: null };
    await receiveInbound(world.deps, text, 'request-in');
    world.clock.forward(60);
  };
  await receive(NUMBER, 'Hello');
  const id = await world.accepted(ada, 'Hello back');
  await sendOutgoing(world.deps, id);
  for (const status of ['sent', 'delivered'])
    await recordStatus(world.deps, { messageId: id, sid: sidOf(1), status, errorCode: null, price: null });
  world.clock.forward(60);
  await receive(NUMBER, 'Please stop texting me');
  await receive(NUMBER, 'STOP');
  await receive(NUMBER, 'START');
  await receive(NUMBER, 'STOP');
  await receive('+12025550199', 'STOP');
  await sealAuditLog(world.deps, new Date(Date.now() + 600_000));
}

async function check(): Promise<string[]> {
  const { faults } = await checkIntegrity(world.deps);
  return [...faults.found].map(([kind, ids]) => `${kind}: ${ids.join(' ')}`);
}

describe('OPS-4: the integrity check', () => {
  beforeEach(async () => {
    world = messagingWorld();
    await live();
  });

  test('OPS-4: the integrity check finds nothing wrong with what the use cases have written', async () => {
    const { looked, faults } = await checkIntegrity(world.deps);
    expect(faults.lines()).toEqual([]);
    // Two automatic replies are in the log: keywords are not answered.
    expect(looked).toMatchObject({ people: 1, numbers: 2, conversations: 1, texts: 9, events: 4 });
  });

  test.each<[string, () => Promise<unknown>, () => string]>([
    ['a number lost', () => world.db.doc(`phoneKeys/${hash()}`).delete(), () => `number_not_found: ${ada}`],
    [
      'a number that leads elsewhere',
      () => world.db.doc(`phoneKeys/${hash()}`).update({ userId: 'someone' }),
      () => `number_of_another: ${ada}`,
    ],
    [
      'a status apart',
      () => world.db.doc(`phoneKeys/${hash()}`).update({ active: false }),
      () => `status_apart: ${ada}`,
    ],
    [
      'a number that no key opens',
      () => world.db.doc(`users/${ada}`).update({ phoneNumber: 'x.y.z.w' }),
      () => `number_unreadable: ${ada}`,
    ],
    [
      'a conversation lost',
      () => world.db.doc(`conversations/${ada}`).delete(),
      () => `conversation_missing: ${ada}`,
    ],
    [
      'an unread text too many',
      () => world.db.doc(`conversations/${ada}`).update({ unread: 9 }),
      () => `unread_wrong: ${ada}`,
    ],
    [
      'another last text',
      () => world.db.doc(`conversations/${ada}`).update({ lastText: 'Other' }),
      () => `last_text_wrong: ${ada}`,
    ],
    [
      'an opt-out gone without an event',
      () => world.db.doc(`phoneKeys/${hash()}`).update({ optedOut: null }),
      () => `hold_apart: opted_out ${hash().slice(0, 12)}`,
    ],
    [
      'a suppression without an event',
      () =>
        world.db
          .doc(`phoneKeys/${hash()}`)
          .update({ suppressed: { at: Timestamp.fromDate(worldStart), reason: 'No.' } }),
      () => `hold_without_event: suppressed ${hash().slice(0, 12)}`,
    ],
    ['a person lost', () => world.db.doc(`users/${ada}`).delete(), () => `conversation_of_nobody: ${ada}`],
  ])('OPS-4: the integrity check finds %s', async (_what, damage, fault) => {
    await damage();
    expect(await check()).toContainEqual(fault());
  });

  test('OPS-4: the integrity check finds a reply missing from the log, a history with an illegal move, and an edited audit entry', async () => {
    const { docs } = await world.db.collection('outgoingMessages').get();
    const sent = docs.find((each) => each.id.startsWith('m_'));
    const reply = docs.find((each) => each.id.startsWith('r_'));
    const history = (sent?.get('history') as Record<string, unknown>[] | undefined) ?? [];
    await sent?.ref.update({ history: [...history, { ...history[0], status: 'queued' }] });
    await reply?.ref.delete();
    const [entry] = (await world.db.collection('auditLog').get()).docs;
    await entry?.ref.update({ action: 'system.seeded' });
    const found = await check();
    expect(found).toContainEqual(`history_illegal: ${sent?.id ?? ''}`);
    expect(found).toContainEqual(`history_apart: ${sent?.id ?? ''}`);
    expect(found.some((each) => each.startsWith('reply_missing: SM'))).toBe(true);
    expect(found.some((each) => each.startsWith('audit: edited'))).toBe(true);
  });
});

describe('OPS-4: export', () => {
  beforeAll(async () => {
    world = messagingWorld();
    await live();
    await world.db
      .doc('operators/op_1')
      .set({ email: 'ada@example.com', passwordHash: '$2b$12$secret', invitation: { hash: 'h' } });
  });

  test('OPS-4: every document of every collection, times with all their digits, numbers sealed, no credentials', async () => {
    const lines: string[] = [];
    const collections = new Set<string>();
    for await (const { collection, line } of exportDocuments(world.db)) {
      collections.add(collection);
      lines.push(line);
    }
    const sizes = await Promise.all(
      (await world.db.listCollections()).map(async (each) => (await each.count().get()).data().count),
    );
    expect(lines).toHaveLength(sizes.reduce((sum, size) => sum + size, 0));
    expect([...collections]).toEqual(
      expect.arrayContaining([
        'auditLog',
        'auditSeals',
        'consentEvents',
        'phoneKeys',
        'revocations',
        'users',
      ]),
    );
    const parsed = lines.map((line) => JSON.parse(line) as { path: string; data: Record<string, unknown> });
    const of = (path: string) => parsed.find((each) => each.path === path)?.data;
    expect(of(`users/${ada}`)).toMatchObject({
      firstName: 'Ada',
      phoneNumber: expect.stringMatching(/^local\./) as string,
      createdAt: { $time: '2026-11-20T12:00:00.000000000Z' },
    });
    expect(of('operators/op_1')).toEqual({ email: 'ada@example.com' });
    const text = lines.join('\n');
    for (const hidden of ['2025550143', '2025550199', '$2b$12$secret']) expect(text).not.toContain(hidden);
  });

  test('OPS-4: the demo data hold together too', async () => {
    const projectId = 'demo-integrity-seed';
    await seed({ projectId, firestoreHost: firestoreHost(), settings: LOCAL_DEFAULTS });
    world = messagingWorld({}, { projectId });
    const { faults } = await checkIntegrity(world.deps);
    expect(faults.lines()).toEqual([]);
  });
});
