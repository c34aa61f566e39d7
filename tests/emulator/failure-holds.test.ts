import { beforeEach, describe, expect, test } from 'vitest';
import { createAutoReply } from '../../functions/src/inbound/auto-reply.ts';
import { recordStatus } from '../../functions/src/outbox/record-status.ts';
import { sendOutgoing } from '../../functions/src/outbox/send-outgoing.ts';
import { editPerson } from '../../functions/src/people/edit-person.ts';
import { messagingWorld, sidOf, worldStart, type MessagingWorld } from '../support/messaging-world.ts';
import { documentsOf } from '../support/people-world.ts';

let world: MessagingWorld;
let userId: string;
const NUMBER = '+12025550143';

beforeEach(async () => {
  world = messagingWorld();
  userId = (await world.add(NUMBER)).id;
});

const holds = async (number = NUMBER) => {
  const key = await world.db.doc(`phoneKeys/${world.deps.vault.hash(number)}`).get();
  return { optedOut: key.get('optedOut') as unknown, suppressed: key.get('suppressed') as unknown };
};
const events = async () => Object.values(await documentsOf(world.db, 'consentEvents'));
const setTable = (codes: unknown) => world.db.doc('settings/errorCodes').set({ codes });

/** One message that the carrier accepted and reports on. */
async function reported(errorCode: number | null, status = 'undelivered', count = 1): Promise<string> {
  const id = await world.accepted(userId);
  await sendOutgoing(world.deps, id);
  await recordStatus(world.deps, { messageId: id, sid: sidOf(count), status, errorCode, price: null });
  return id;
}

async function refused(errorCode: number): Promise<string> {
  const id = await world.accepted(userId);
  world.answers.push({ kind: 'refused', errorCode, reason: 'No.' });
  await sendOutgoing(world.deps, id);
  return id;
}

describe('SUPP-1, SUPP-2: a failure changes what may be sent to the number', () => {
  test.each([
    [30005, 'This number does not exist or is no longer in use.'],
    [30006, 'This number is a landline, or its network does not support text messages.'],
  ])(
    'SUPP-2: a status callback with error code %i suppresses the number, with reason, code, message and time',
    async (code, reason) => {
      const messageId = await reported(code);
      const hold = { source: 'carrier', reason, errorCode: code, operator: null };
      expect(await holds()).toMatchObject({ optedOut: null, suppressed: hold });
      expect(await events()).toMatchObject([
        { kind: 'suppressed', change: 'added', messageId, userId, ...hold },
      ]);
      expect(await world.accept(userId, 'Again')).toEqual({ kind: 'refused', code: 'PERSON_SUPPRESSED' });
      expect(world.lines.filter((line) => line.includes('consent.changed'))).toHaveLength(1);
    },
  );

  test('SUPP-2: an error code that answers the send itself suppresses the number too', async () => {
    const messageId = await refused(21211);
    expect(await holds()).toMatchObject({ suppressed: { source: 'carrier', errorCode: 21211 } });
    expect(await events()).toMatchObject([{ kind: 'suppressed', messageId }]);
  });

  test('SUPP-1: error code 21610 is an opt-out, not a suppression', async () => {
    await reported(21610, 'failed');
    expect(await holds()).toMatchObject({
      optedOut: { source: 'carrier', errorCode: 21610 },
      suppressed: null,
    });
    expect(await events()).toMatchObject([{ kind: 'opted_out', source: 'carrier' }]);
  });

  test.each([30003, 30007, 30008, 30034, 99999])(
    'SUPP-2: error code %i neither suppresses a number nor opts anybody out',
    async (code) => {
      await reported(code);
      await refused(code);
      expect(await holds()).toEqual({ optedOut: null, suppressed: null });
      expect(await events()).toEqual([]);
      expect((await world.accept(userId, 'Again')).kind).toBe('accepted');
    },
  );

  test('SUPP-2: 30003 and 30007 never suppress a number, even when the stored table says so', async () => {
    await setTable({ 30003: 'suppress', 30007: 'opt_out' });
    await reported(30003);
    await reported(30007, 'undelivered', 2);
    expect(await holds()).toEqual({ optedOut: null, suppressed: null });
  });

  test('SUPP-2: the table decides which codes suppress a number', async () => {
    await setTable({ 30004: 'suppress', 30005: 'permanent' });
    await reported(30005);
    expect((await holds()).suppressed).toBeNull();
    await reported(30004, 'undelivered', 2);
    expect((await holds()).suppressed).toMatchObject({ errorCode: 30004 });
  });

  test.each([[null], ['suppress'], [{ 30005: 'nonsense' }], [[]], [{ 30005: { a: 1 } }]])(
    'SUPP-2: a stored table that the API would refuse (%j) counts as not set, and no status callback fails',
    async (codes) => {
      await setTable(codes);
      const id = await reported(30005);
      expect((await world.entry(id)).item.status).toBe('undelivered');
      expect((await holds()).suppressed).toMatchObject({ errorCode: 30005 });
    },
  );

  test('SUPP-1: ten status callbacks at the same time make one suppression and one event', async () => {
    const id = await world.accepted(userId);
    await sendOutgoing(world.deps, id);
    const report = { messageId: id, sid: sidOf(1), status: 'undelivered', errorCode: 30005, price: null };
    await Promise.all(Array.from({ length: 10 }, () => recordStatus(world.deps, report)));
    expect(await events()).toHaveLength(1);
  });

  test('SUPP-1: a delivered message with an error code suppresses nothing', async () => {
    await reported(30005, 'delivered');
    expect((await holds()).suppressed).toBeNull();
  });

  test('SUPP-1: the failure of an automatic reply suppresses the number too', async () => {
    const batch = world.db.batch();
    const reply = { userId, recipient: 'Ada', body: 'Received.', at: world.clock.now(), requestId: 'r' };
    createAutoReply(batch, world.db, 'r_SM1', reply);
    await batch.commit();
    const report = {
      messageId: 'r_SM1',
      sid: sidOf(1),
      status: 'undelivered',
      errorCode: 30006,
      price: null,
    };
    await recordStatus(world.deps, report);
    expect((await holds()).suppressed).toMatchObject({ errorCode: 30006 });
  });

  test('SUPP-1: a failure at an earlier number of a person does not suppress their present one', async () => {
    const id = await world.accepted(userId);
    await sendOutgoing(world.deps, id);
    world.clock.forward(3600);
    const moved = await editPerson(world.deps, world.audit, userId, { phoneNumber: '+12025550150' });
    expect(moved.ok).toBe(true);
    const report = { messageId: id, sid: sidOf(1), status: 'undelivered', errorCode: 30005, price: null };
    expect(await recordStatus(world.deps, report)).toBe('moved');
    expect((await holds('+12025550150')).suppressed).toBeNull();
    expect(await events()).toEqual([]);
    expect(world.clock.now().getTime()).toBe(worldStart.getTime() + 3600_000);
  });

  test('SUPP-2: a repeated status callback costs one read; a failure that suppresses nothing costs two reads and one write', async () => {
    const id = await world.accepted(userId);
    await sendOutgoing(world.deps, id);
    const report = { messageId: id, sid: sidOf(1), status: 'undelivered', errorCode: 30003, price: null };
    world.counts.reset();
    await recordStatus(world.deps, report);
    expect([world.counts.reads, world.counts.writes]).toEqual([2, 1]);
    world.counts.reset();
    await recordStatus(world.deps, report);
    expect([world.counts.reads, world.counts.writes]).toEqual([1, 0]);
  });
});
