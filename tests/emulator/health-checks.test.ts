import { beforeEach, describe, expect, test } from 'vitest';
import { sealAuditLog } from '../../functions/src/audit/seal.ts';
import { indexCheck } from '../../functions/src/health/index-check.ts';
import { deliveryCheck, stuckCheck } from '../../functions/src/health/send-checks.ts';
import { auditCheck, firestoreCheck, integrityCheck } from '../../functions/src/health/store-checks.ts';
import { receiveInbound } from '../../functions/src/inbound/receive-inbound.ts';
import { reconcileOutgoing } from '../../functions/src/outbox/reconcile-outgoing.ts';
import { recordStatus } from '../../functions/src/outbox/record-status.ts';
import { sendOutgoing } from '../../functions/src/outbox/send-outgoing.ts';
import { conversationRef } from '../../functions/src/conversations/conversations-store.ts';
import { sweepQueued } from '../../functions/src/outbox/sweep-queued.ts';
import { phoneKeyRef } from '../../functions/src/people/phone-keys-store.ts';
import { userRef } from '../../functions/src/people/users-store.ts';
import { environmentSettings, parseConfig } from '../../functions/src/platform/config.ts';
import { LOCAL_DEFAULTS } from '../../functions/src/platform/local-defaults.ts';
import { createPhoneVault } from '../../functions/src/platform/phone-vault.ts';
import { newMessageSid } from '../support/emulator.ts';
import type { StoreCall } from '../support/counting-firestore.ts';
import { messagingWorld, sidOf, type MessagingWorld } from '../support/messaging-world.ts';

let world: MessagingWorld;

beforeEach(() => {
  world = messagingWorld();
});

describe('OPS-2: Firestore', () => {
  test('OPS-2: the check of Firestore costs one read', async () => {
    expect(await firestoreCheck(world.deps).run()).toEqual({
      level: 'ok',
      detail: 'It answers.',
      mend: null,
    });
    expect(world.counts.reads).toBe(1);
  });
});

describe('OPS-2: the data are consistent', () => {
  const numbers = ['+12025550141', '+12025550142', '+12025550143'];
  const check = (sample: number) => integrityCheck(world.deps, sample).run();

  test('OPS-2: an empty database is consistent', async () => {
    expect(await check(20)).toMatchObject({
      level: 'ok',
      detail: 'Looked at 0 people and 0 numbers; all consistent.',
    });
  });

  test('OPS-2: a few people are all checked, with at most five reads each and one for every query', async () => {
    for (const number of numbers) await world.add(number);
    world.counts.reset();
    expect(await check(20)).toMatchObject({
      level: 'ok',
      detail: 'Looked at 3 people and 3 numbers; all consistent.',
    });
    expect(world.counts.reads).toBeLessThanOrEqual(3 * 5 + 4);
  });

  test('OPS-2: of many people a sample is checked, at a bounded cost', async () => {
    for (const number of numbers) await world.add(number);
    world.counts.reset();
    expect(await check(2)).toMatchObject({
      level: 'ok',
      detail: 'Looked at 2 people and 2 numbers; all consistent.',
    });
    expect(world.counts.reads).toBeLessThanOrEqual(2 * 5 + 4);
  });

  test('OPS-2: a person without a conversation, and one who was deleted by hand, are named', async () => {
    const [first, second] = await Promise.all([world.add('+12025550141'), world.add('+12025550142')]);
    await conversationRef(world.db, first.id).delete();
    await userRef(world.db, second.id).delete();
    const verdict = await check(20);
    expect(verdict.level).toBe('error');
    expect(verdict.detail).toBe(
      `Looked at 1 people and 2 numbers. ${first.id}: has no conversation, so texts from them are refused until it is there. ` +
        `${second.id}: is only a number that leads to nobody.`,
    );
    expect(verdict.mend).toContain('functions/docs/runbooks/webhooks-failing.md');
  });

  test('PRIV-4: a number whose key has left the ring is an error', async () => {
    const { id } = await world.add('+12025550141');
    await userRef(world.db, id).update({ phoneNumber: 'gone.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA.AAAA' });
    expect((await check(20)).detail).toContain(`${id}: has a number that PHONE_KEYS does not open.`);
  });
});

describe('OPS-2: repairing damaged data as the runbook says', () => {
  const check = () => integrityCheck(world.deps, 20).run();
  const text = { from: '+12025550143', body: 'Hello', segments: 1, media: [], optOutType: null };

  test('OPS-2: messages from a person without a conversation are refused until it is restored', async () => {
    const { id, label } = await world.add('+12025550143');
    await conversationRef(world.db, id).delete();
    await expect(receiveInbound(world.deps, { sid: newMessageSid(), ...text }, 'r1')).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
    const fresh = {
      lastText: '',
      lastAt: null,
      lastDirection: null,
      unread: 0,
      autoReplies: [],
      state: 'open',
    };
    await conversationRef(world.db, id).set({ label, ...fresh });
    expect(await check()).toMatchObject({ level: 'ok' });
    expect(await receiveInbound(world.deps, { sid: newMessageSid(), ...text }, 'r1')).toMatchObject({
      entry: { responseReason: 'acknowledged' },
    });
  });

  test("OPS-2: a number's missing document is restored", async () => {
    const { id } = await world.add('+12025550143');
    const key = phoneKeyRef(world.db, world.deps.vault.hash('+12025550143'));
    await key.delete();
    expect((await check()).detail).toContain(`${id}: is not found by their number.`);
    await key.set({ userId: id, active: true, optedOut: null, suppressed: null });
    expect(await check()).toMatchObject({ level: 'ok' });
  });

  test('OPS-2: a status that differs, and a number that leads to nobody, are repaired', async () => {
    const { id } = await world.add('+12025550143');
    const key = phoneKeyRef(world.db, world.deps.vault.hash('+12025550143'));
    await key.update({ active: false });
    expect((await check()).detail).toContain(`${id}: is active in one place and inactive in another.`);
    await key.update({ active: true });
    const stray = phoneKeyRef(world.db, world.deps.vault.hash('+12025550144'));
    await stray.set({ userId: 'gone', active: true, optedOut: null, suppressed: null });
    expect((await check()).detail).toContain('gone: is only a number that leads to nobody.');
    await stray.update({ userId: null, active: false });
    expect(await check()).toMatchObject({ level: 'ok' });
  });

  test('OPS-2: a missing key is put back behind the newest', async () => {
    const { id } = await world.add('+12025550143');
    const keys = (ring: string) =>
      parseConfig(environmentSettings({ ...LOCAL_DEFAULTS, PHONE_KEYS: ring }), {
        projectId: 'demo-x',
        emulator: true,
      }).secrets.phoneKeys;
    const fresh = `new:${Buffer.alloc(32, 7).toString('base64')}`;
    const hashKey = world.deps.config.secrets.phoneHashKey;
    const withRing = (ring: string) =>
      integrityCheck({ ...world.deps, vault: createPhoneVault(keys(ring), hashKey) }, 20).run();
    expect((await withRing(fresh)).detail).toContain(`${id}: has a number that PHONE_KEYS does not open.`);
    expect(await withRing(`${fresh},${LOCAL_DEFAULTS.PHONE_KEYS}`)).toMatchObject({ level: 'ok' });
  });
});

describe('OPS-2: stuck messages', () => {
  let userId: string;
  const check = () => stuckCheck(world.deps).run();

  beforeEach(async () => {
    userId = (await world.add('+12025550143')).id;
  });

  test('OPS-2: messages that are sent are not stuck', async () => {
    const id = await world.accepted(userId);
    await sendOutgoing(world.deps, id);
    const report = { messageId: id, sid: sidOf(1), status: 'delivered', errorCode: null, price: null };
    await recordStatus(world.deps, report);
    world.clock.forward(3600);
    expect(await check()).toEqual({ level: 'ok', detail: 'None.', mend: null });
  });

  test('OPS-2: overdue messages are an error while the sweep does not run', async () => {
    await world.accepted(userId);
    world.clock.forward(60 + 600);
    expect(await check()).toMatchObject({
      level: 'error',
      detail: 'Overdue for more than 10 minutes: 1 message.',
    });
  });

  test('OPS-2: messages that stay queued for an hour are an error', async () => {
    await world.accepted(userId);
    for (let minute = 0; minute < 61; minute += 1) {
      world.clock.forward(60);
      await sweepQueued(world.deps, world.clock.now());
    }
    expect(await check()).toMatchObject({
      level: 'error',
      detail: 'Queued for more than an hour: 1 message.',
    });
  });

  test('OUT-6: unconfirmed messages are a warning', async () => {
    world.answers.push({ kind: 'unknown', reason: 'The connection broke.' });
    await sendOutgoing(world.deps, await world.accepted(userId));
    expect(await check()).toMatchObject({ level: 'ok' });
    world.clock.forward(3601);
    world.carrier.down = true;
    await reconcileOutgoing(world.deps, world.clock.now());
    expect(await check()).toMatchObject({
      level: 'warning',
      detail: expect.stringContaining('Unconfirmed: 1 message this week.') as string,
    });
    world.clock.forward(8 * 24 * 3600);
    expect(await check()).toMatchObject({ level: 'ok' });
  });
});

describe('OPS-2: delivery', () => {
  const check = () => deliveryCheck(world.deps).run();

  async function send(userId: string, ...outcomes: ('taken' | 'refused')[]): Promise<void> {
    for (const outcome of outcomes) {
      if (outcome === 'refused')
        world.answers.push({ kind: 'refused', errorCode: 30034, reason: 'Not registered.' });
      await sendOutgoing(world.deps, await world.accepted(userId));
    }
  }

  test.each([
    ['all went', ['taken', 'taken'], 'ok', '0 of the newest 2 messages of the last day failed.'],
    [
      'two failures are no alarm',
      ['refused', 'refused'],
      'ok',
      '2 of the newest 2 messages of the last day failed.',
    ],
    [
      'some fail',
      ['refused', 'refused', 'refused', 'taken', 'taken', 'taken'],
      'warning',
      '3 of the newest 6 messages of the last day failed. Most often: 30034, The sender number is not registered for messages to US numbers (A2P 10DLC).',
    ],
    [
      'most fail',
      ['refused', 'refused', 'refused', 'taken', 'taken'],
      'error',
      '3 of the newest 5 messages of the last day failed. Most often: 30034, The sender number is not registered for messages to US numbers (A2P 10DLC).',
    ],
  ] as const)('%s', async (_name, outcomes, level, detail) => {
    const { id } = await world.add('+12025550143');
    await send(id, ...outcomes);
    expect(await check()).toMatchObject({ level, detail });
  });
});

describe('OPS-2: the audit log is sealed', () => {
  // Entries carry the server's time, so this clock goes from there.
  const minutesOn = (minutes: number) => ({
    db: world.db,
    clock: { now: () => new Date(Date.now() + minutes * 60_000) },
  });

  test('PRIV-5: entries that wait for a seal are fine at first, then an error, and fine once sealed', async () => {
    expect(await auditCheck(minutesOn(0)).run()).toMatchObject({
      level: 'ok',
      detail: 'Nothing to seal yet.',
    });
    await world.add('+12025550143');
    expect(await auditCheck(minutesOn(11)).run()).toMatchObject({ level: 'ok' });
    expect(await auditCheck(minutesOn(13)).run()).toMatchObject({
      level: 'error',
      detail:
        'It has no seals, though there were acts to seal. Entries have waited for their seal for more than 12 minutes.',
    });
    await sealAuditLog({ ...world.deps, ...minutesOn(13) }, minutesOn(13).clock.now());
    expect(await auditCheck(minutesOn(13)).run()).toMatchObject({
      level: 'ok',
      detail: 'Sealed just now, up to seal 1; `npm run audit:verify` proves it.',
    });
    expect(await auditCheck(minutesOn(42)).run()).toMatchObject({
      level: 'error',
      detail: 'The newest seal is older than it can be: sealing stopped, or newer seals were removed.',
    });
  });

  test('PRIV-5: an emptied log is an error, and so is one whose seals were removed', async () => {
    await world.add('+12025550143');
    await sealAuditLog({ ...world.deps, ...minutesOn(13) }, minutesOn(13).clock.now());
    await world.db.recursiveDelete(world.db.collection('auditSeals'));
    expect(await auditCheck(minutesOn(13)).run()).toMatchObject({
      level: 'error',
      detail:
        'It has no seals, though there were acts to seal. Entries have waited for their seal for more than 12 minutes.',
    });
    await world.db.recursiveDelete(world.db.collection('auditLog'));
    expect(await auditCheck(minutesOn(0)).run()).toMatchObject({
      level: 'error',
      detail: 'It is empty, though there are operators: it was emptied.',
    });
  });
});

describe('OPS-2: indexes', () => {
  const indexes = [
    {
      collectionGroup: 'users',
      fields: [
        { fieldPath: 'tags', arrayConfig: 'CONTAINS' as const },
        { fieldPath: 'sortName', order: 'ASCENDING' as const },
      ],
    },
    {
      collectionGroup: 'auditLog',
      fields: [
        { fieldPath: 'actor.id', order: 'ASCENDING' as const },
        { fieldPath: 'at', order: 'DESCENDING' as const },
      ],
    },
  ];

  /** A Firestore that has no index for one collection, as the emulator never has. */
  function worldWithout(collection: string): MessagingWorld {
    const hook = async <T>(call: StoreCall, go: () => Promise<T>): Promise<T> => {
      if (JSON.stringify(call.request).includes(`"collectionId":"${collection}"`))
        throw Object.assign(new Error('The query requires an index.'), { code: 9 });
      return go();
    };
    return messagingWorld({}, { hook });
  }

  test('OPS-2: indexes that are ready cost one query each', async () => {
    expect(await indexCheck(world.db, { emulator: false }, { indexes }).run()).toMatchObject({
      level: 'ok',
      detail: 'All 2 are ready.',
    });
    expect(world.counts.reads).toBe(2);
  });

  test('OPS-2: a missing index is named', async () => {
    const { db } = worldWithout('auditLog');
    expect(await indexCheck(db, { emulator: false }, { indexes }).run()).toMatchObject({
      level: 'error',
      detail: 'Missing or still being built: auditLog (actor.id, at).',
    });
  });

  test('OPS-2: the emulator is not asked for indexes', async () => {
    expect(await indexCheck(world.db, { emulator: true }, { indexes }).run()).toMatchObject({ level: 'ok' });
    expect(world.counts.reads).toBe(0);
  });
});
