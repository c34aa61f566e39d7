import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Firestore, GeoPoint, Timestamp } from '@google-cloud/firestore';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readManifest } from '../../functions/cli/lib/export-manifest.ts';
import { plain } from '../../functions/cli/lib/stored-value.ts';
import { restoreDocuments, stopWaiting } from '../../functions/cli/restore/restore-documents.ts';
import { sealAuditLog } from '../../functions/src/audit/seal.ts';
import { acceptOutgoing } from '../../functions/src/outbox/accept-outgoing.ts';
import { receiveInbound } from '../../functions/src/inbound/receive-inbound.ts';
import { sendOutgoing } from '../../functions/src/outbox/send-outgoing.ts';
import { inviteOperator } from '../../functions/src/team/invite-operator.ts';
import type { StoreHook } from '../support/counting-firestore.ts';
import { freshDatabase, newMessageSid } from '../support/emulator.ts';
import { messagingWorld, type MessagingWorld } from '../support/messaging-world.ts';
import { documentsOf } from '../support/people-world.ts';
import { runCommand, type Ran } from '../support/run-command.ts';

let world: MessagingWorld;
let folder: string;
/** The export that every test restores. */
let good: string;
/** Entries that had not left, by their state. */
const waiting: Record<string, string> = {};

type Documents = Record<string, Record<string, Record<string, unknown>>>;

async function everything(db: Firestore): Promise<Documents> {
  const names = (await db.listCollections()).map(({ id }) => id);
  const all = await Promise.all(names.map(async (name) => [name, await documentsOf(db, name)] as const));
  return Object.fromEntries(all);
}

async function waitingText(userId: string, key: string, more: object): Promise<void> {
  const who = { operatorId: 'op_1', operator: 'Olive Operator' };
  const request = { userId, body: `Text ${key}`, idempotencyKey: key, ...who, ...more };
  const result = await acceptOutgoing(world.deps, request, world.audit);
  if (result.kind !== 'accepted') throw new Error(JSON.stringify(result));
  waiting[key] = result.answer.messageId;
}

/** A little of everything, with values that are hard to write down. */
async function live(): Promise<void> {
  const ada = (await world.add('+12025550143', { firstName: 'Ada' })).id;
  for (const [from, body] of [
    ['+12025550143', 'Hello'],
    ['+12025550199', 'STOP'],
  ] as const) {
    const text = { sid: newMessageSid(), from, body, segments: 1, media: [], optOutType: null };
    await receiveInbound(world.deps, text, 'request-in');
    world.clock.forward(60);
  }
  await sendOutgoing(world.deps, await world.accepted(ada, 'Hello back'));
  world.clock.forward(60);
  await waitingText(ada, 'queued', {});
  await waitingText(ada, 'held', { undoSeconds: 30 });
  await waitingText(ada, 'scheduled', {
    sendAt: { local: '2026-12-24T09:00', timeZone: 'America/New_York' },
  });
  const invitation = { email: 'olga@example.com', name: 'Olga', role: 'owner' } as const;
  await inviteOperator(world.deps, 'owner', invitation, world.audit, new Date());
  await world.db.doc('sessions/s1').set({ operatorId: 'op_1' });
  await world.db.doc('settings/odd').set({
    map: { $time: 'not a time', $map: { inner: true } },
    list: [new Timestamp(1_700_000_000, 123_456_789), Buffer.from([0, 255]), new GeoPoint(1.5, -2)],
    reference: world.db.doc(`users/${ada}`),
    numbers: [Infinity, -Infinity, 0.1, 2 ** 53],
    empty: [{}, '', null],
  });
  await sealAuditLog(world.deps, new Date(Date.now() + 600_000));
}

const restore = (projectId: string, from: string, ...words: string[]): Promise<Ran> =>
  runCommand(['restore', '--from', from, '--project', projectId, ...words]);

/** What was exported as it comes back. */
function expected(before: Documents): Documents {
  const { sessions: _left, operators = {}, outgoingMessages = {}, auditLog: _log, ...rest } = before;
  const cleared = Object.entries(operators).map(([id, data]): [string, Record<string, unknown>] => [
    id,
    { ...data, passwordHash: null, invitation: null },
  ]);
  const ids = Object.values(waiting);
  const texts = Object.entries(outgoingMessages).filter(([id]) => !ids.includes(id));
  return { ...rest, operators: Object.fromEntries(cleared), outgoingMessages: Object.fromEntries(texts) };
}

/** What came back, without what the restore itself writes. */
function restored(after: Documents): Documents {
  const { outgoingMessages = {}, auditLog: _log, ...rest } = after;
  const ids = Object.values(waiting);
  const texts = Object.entries(outgoingMessages).filter(([id]) => !ids.includes(id));
  return { ...rest, outgoingMessages: Object.fromEntries(texts) };
}

/** References name their project, which is another one. */
const comparable = (documents: Documents, { projectId }: { projectId: string }): unknown =>
  JSON.parse(JSON.stringify(plain(documents)).replaceAll(projectId, 'PROJECT')) as unknown;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-restore-'));
  good = join(folder, 'good');
  world = messagingWorld();
  await live();
  const ran = await runCommand(['export', '--to', good, '--project', world.projectId]);
  expect(ran).toMatchObject({ code: 0, err: '' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('OPS-4: npm run restore', () => {
  test('OPS-4: an export comes back as it was, verified, and nothing is sent that may have been sent since', async () => {
    const fresh = freshDatabase();
    const ran = await restore(fresh.projectId, good);
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(ran.out).toContain(
      '\n3 messages that had not been sent were stopped. Each operator needs a new invitation.\n',
    );
    expect(ran.out.endsWith('Everything fits together.\n')).toBe(true);

    const [before, after] = [await everything(world.db), await everything(fresh.db)];
    expect(comparable(restored(after), fresh)).toEqual(comparable(expected(before), world));
    for (const [id, entry] of Object.entries(before['auditLog'] ?? {}))
      expect(after['auditLog']?.[id]).toEqual(entry);
    const extra = Object.entries(after['auditLog'] ?? {}).filter(
      ([id]) => !(id in (before['auditLog'] ?? {})),
    );
    expect(extra.map(([, { action }]) => action)).toEqual(['system.restored']);

    const stopped = Object.values(waiting).map((id) => after['outgoingMessages']?.[id]);
    expect(stopped.map((entry) => entry?.['status'])).toEqual(['failed', 'canceled', 'canceled']);
    for (const entry of stopped) {
      expect(entry).toMatchObject({ checkAt: null, lease: null });
      const last = (entry?.['history'] as { note: string }[] | undefined)?.at(-1);
      expect(last?.note).toBe(
        'Restored from an export. It may have been sent since, so it was not sent again.',
      );
    }
    const invite = ['operators', 'invite', '--email', 'olga@example.com', '--project', fresh.projectId];
    expect((await runCommand(invite)).out).toContain('/join#');
    expect((await runCommand(['audit-verify', '--project', fresh.projectId])).code).toBe(0);
  });

  test('OPS-4: a restore needs an empty database, and with --again overwrites nothing', async () => {
    const fresh = freshDatabase();
    const [id = ''] = Object.keys((await everything(world.db))['users'] ?? {});
    await fresh.db.doc(`users/${id}`).set({ firstName: 'Somebody else' });
    const refused = await restore(fresh.projectId, good);
    expect([refused.code, refused.out]).toEqual([1, '']);
    expect(refused.err).toContain(
      `\nthe emulator's project ${fresh.projectId} is not empty: it has users.\n`,
    );
    const again = await restore(fresh.projectId, good, '--again');
    expect(again.code).toBe(1);
    expect(again.err).toContain(`users/${id} existed already, with other content.\n`);
    expect((await fresh.db.doc(`users/${id}`).get()).data()).toEqual({ firstName: 'Somebody else' });
  });

  test.each<[string, (copy: string) => void, string]>([
    [
      'was cut off',
      (copy) => rmSync(join(copy, 'export.json')),
      'is not a whole export: export.json is missing',
    ],
    ['lost a file', (copy) => rmSync(join(copy, 'users.jsonl')), 'users.jsonl cannot be read at line 0.'],
    [
      'lost a line',
      (copy) => writeFileSync(join(copy, 'auditSeals.jsonl'), ''),
      'auditSeals.jsonl has 0 documents; export.json says 1.',
    ],
    [
      'ends within a line',
      (copy) => appendFileSync(join(copy, 'users.jsonl'), '{"path":"users/x","da'),
      'users.jsonl cannot be read at line 2.',
    ],
    [
      'names a document of another collection',
      (copy) =>
        appendFileSync(join(copy, 'users.jsonl'), '{"path":"operators/op_x","data":{"role":"owner"}}\n'),
      'users.jsonl cannot be read at line 2.',
    ],
    [
      'comes from a newer Parley',
      (copy) => {
        const manifest = readFileSync(join(copy, 'export.json'), 'utf8');
        rmSync(join(copy, 'export.json'));
        writeFileSync(join(copy, 'export.json'), manifest.replace(/"schema": \d+/, '"schema": 99'));
      },
      'A newer version of Parley made this export.',
    ],
  ])('OPS-4: an export that %s is refused before anything is written', async (what, damage, says) => {
    const fresh = freshDatabase();
    const copy = join(folder, what.replaceAll(' ', '-'));
    cpSync(good, copy, { recursive: true });
    damage(copy);
    const ran = await restore(fresh.projectId, copy);
    expect([ran.code, ran.out]).toEqual([1, '']);
    expect(ran.err).toContain(says);
    expect(ran.err).not.toContain('    at ');
    expect(await fresh.db.listCollections()).toEqual([]);
  });

  test('OPS-4: other keys than those of the export are refused before anything is written', async () => {
    const fresh = freshDatabase();
    const environment = { PHONE_KEYS: `local:${Buffer.alloc(32, 'x').toString('base64')}` };
    const words = ['restore', '--from', good, '--project', fresh.projectId];
    const ran = await runCommand(words, environment);
    expect(ran.err).toContain('\nPHONE_KEYS and PHONE_HASH_KEY are not those of the export.\n');
    expect([ran.code, await fresh.db.listCollections()]).toEqual([1, []]);
  });

  test('OPS-4: a restore that was cut off at any commit goes on and ends the same', async () => {
    const dyingAt = (nth: number): { hook: StoreHook; commits: () => number } => {
      let commits = 0;
      const hook: StoreHook = (call, go) => {
        if (call.method === 'commit' && (commits += 1) >= nth)
          throw Object.assign(new Error('killed'), { code: 3 });
        return go();
      };
      return { hook, commits: () => commits };
    };
    const manifest = readManifest(good);
    const run = async (db: Firestore) => {
      const done = await restoreDocuments(db, good, manifest, () => undefined);
      return { ...done, stopped: await stopWaiting(db, world.clock.now()) };
    };
    const whole = dyingAt(Infinity);
    const calm = messagingWorld({}, { hook: whole.hook });
    expect(await run(calm.db)).toMatchObject({ kept: 0, apart: [], stopped: 3 });
    const wanted = comparable(await everything(calm.db), calm);
    expect(whole.commits()).toBeGreaterThan(8);
    for (let nth = 1; nth <= whole.commits(); nth += 1) {
      const cut = messagingWorld({}, { hook: dyingAt(nth).hook });
      await expect(run(cut.db)).rejects.toThrow('killed');
      const again = messagingWorld({}, { projectId: cut.projectId });
      expect(await run(again.db)).toMatchObject({ apart: [] });
      expect(comparable(await everything(again.db), again)).toEqual(wanted);
    }
  });
});
