import { beforeEach, describe, expect, test } from 'vitest';
import type { AuditItem } from '../../functions/src/contract/audit.ts';
import type { Page } from '../../functions/src/contract/lists.ts';
import { signIn } from '../support/api-client.ts';
import { startApi, type TestApi } from '../support/api-in-process.ts';
import { freshDatabase } from '../support/emulator.ts';

let parley: TestApi;
let cookie: string;

const listed = async (): Promise<AuditItem[]> =>
  ((await parley.call('GET', '/audit?limit=50', { cookie })).body as Page<AuditItem>).items;

beforeEach(async () => {
  parley = startApi(freshDatabase().db);
  await parley.addOperator('Olga', 'owner');
  cookie = await parley.signIn('olga@example.com');
});

describe('GET /api/v1/audit', () => {
  test('PRIV-5: names whom an entry concerns as they are called now, and stores no name', async () => {
    const { body } = await parley.call('POST', '/people', {
      cookie,
      body: { phoneNumber: '+12025550143', firstName: 'Ada' },
    });
    const { id } = body as { id: string };
    await parley.call('PATCH', `/people/${id}`, { cookie, body: { firstName: 'Augusta' } });
    await parley.call('POST', '/messages', {
      cookie,
      body: { userId: id, body: 'Hello' },
      headers: { 'idempotency-key': 'audit-1' },
    });
    const about = { userId: id, label: 'Augusta' };
    const found = Object.fromEntries((await listed()).map((item) => [item.action, item]));
    expect(found['person.added']).toMatchObject({ target: { kind: 'person', id, label: 'Augusta' }, about });
    expect(found['person.changed']).toMatchObject({ about });
    expect(found['message.accepted']).toMatchObject({ target: { kind: 'message', label: 'Augusta' }, about });
    expect(found['session.started']).toMatchObject({
      target: { kind: 'session', label: 'Olga' },
      about: null,
      address: '198.51.100.7',
    });
    const stored = (await parley.deps.db.collection('auditLog').get()).docs.map((each) => each.data());
    expect(JSON.stringify(stored)).not.toMatch(/Augusta|Ada/);
  });

  test('PRIV-5: a message is traced to its person, and who was deleted has no name', async () => {
    const { db } = parley.deps;
    const entry = {
      at: new Date(),
      actor: { kind: 'operator', id: 'op_x', label: 'Gone Operator' },
      action: 'message.canceled',
      target: { kind: 'message', id: 'm_1' },
      address: null,
      requestId: 'r1',
      before: { status: 'scheduled' },
      after: null,
    };
    await db.doc('auditLog/a1').create(entry);
    await db.doc('outgoingMessages/m_1').create({ userId: 'u_1' });
    const one = async () => (await listed()).find(({ id }) => id === 'a1');
    expect(await one()).toMatchObject({ target: { label: null }, about: null });
    await db.doc('users/u_1').create({ label: 'Grace' });
    expect(await one()).toMatchObject({
      target: { label: 'Grace' },
      about: { userId: 'u_1', label: 'Grace' },
    });
  });
});

test('PRIV-5: on the emulators every operator acts from this machine, whatever their headers claim', async () => {
  const started = new Date().toISOString();
  const client = await signIn('owner@example.com');
  const forged = { 'x-forwarded-for': '203.0.113.9, 66.249.84.1' };
  const reached = await client.call('PATCH', '/session', { body: { undoSeconds: 5 }, headers: forged });
  expect(reached.status).toBeLessThan(300);
  const { body } = await client.call('GET', '/audit?limit=20');
  const own = (body as Page<AuditItem>).items.filter(
    ({ actor, at }) => actor.kind === 'operator' && at >= started,
  );
  expect(own.length).toBeGreaterThan(0);
  expect([...new Set(own.map(({ address }) => address))]).toEqual(['127.0.0.1']);
});
