import { Timestamp } from '@google-cloud/firestore';
import { beforeEach, describe, expect, test } from 'vitest';
import { checkIntegrity } from '../../functions/cli/integrity/check-integrity.ts';
import { oneNumber } from '../../functions/cli/migrations/one-number.ts';
import { editPerson } from '../../functions/src/people/edit-person.ts';
import { findRecipient } from '../../functions/src/people/find-recipient.ts';
import type { E164 } from '../../functions/src/platform/phone-vault.ts';
import { messagingWorld, worldStart, type MessagingWorld } from '../support/messaging-world.ts';
import { fileUnderOlderForm, olderHash } from '../support/older-forms.ts';
import { documentsOf } from '../support/people-world.ts';

let world: MessagingWorld;
const NUMBER = '+525500000143';
const at = Timestamp.fromDate(worldStart);
const HOLD = { at, source: 'keyword', reason: null, errorCode: null, operator: null };

beforeEach(() => {
  world = messagingWorld();
});

const migrate = (dryRun = false) =>
  oneNumber.run(
    { db: world.db, ids: world.deps.ids, vault: world.deps.vault, now: worldStart, dryRun },
    world.audit,
  );
const older = (number = NUMBER) => olderHash(world.deps.vault, number);
const current = (number = NUMBER) => world.deps.vault.hash(number);
const keys = () => documentsOf(world.db, 'phoneKeys');
const user = async (id: string) => (await world.db.doc(`users/${id}`).get()).data() ?? {};
const untextable = async (id: string) => (await findRecipient(world.db, id))?.untextable;
const faults = async () => [...(await checkIntegrity(world.deps)).faults.found];

/** An event of a number under its older form. */
const event = (id: string, userId: string | null) =>
  world.db.doc(`consentEvents/${id}`).set({
    ...HOLD,
    kind: 'opted_out',
    change: 'added',
    operatorId: null,
    messageId: null,
    phoneKey: older(),
    userId,
  });

async function filedBefore(name: string, number = NUMBER): Promise<string> {
  const { id } = await world.add(number, { firstName: name });
  await fileUnderOlderForm(world.db, world.deps.vault, id, number);
  return id;
}

/** Somebody whom a version before let have the number that another has, since it came in its older form. */
async function rivalBefore(name: string): Promise<string> {
  const { id } = await world.add('+12025550150', { firstName: name });
  const other = world.db.doc(`phoneKeys/${current('+12025550150')}`);
  await world.db.doc(`phoneKeys/${older()}`).set((await other.get()).data() ?? {});
  await other.delete();
  const phoneNumber = world.deps.vault.encrypt(id, NUMBER as E164);
  await world.db.doc(`users/${id}`).update({ phoneNumber, phoneKey: older() });
  return id;
}

describe('OPS-4: the migration to one number, one person', () => {
  test('OPS-4: a person is filed under the number, with their opt-out, its history and flagged messages', async () => {
    const ada = await filedBefore('Ada');
    const bob = (await world.add('+12025550143', { firstName: 'Bob' })).id;
    await world.db.doc(`phoneKeys/${older()}`).update({ optedOut: HOLD });
    await event('e1', ada);
    await world.db
      .doc('revocations/SM1')
      .set({ phoneKey: older(), receivedAt: at, state: 'open', decision: null });
    await world.db.doc('incomingMessages/SM1').set({ userId: ada, body: 'x' });
    const bobBefore = await user(bob);
    expect(await migrate(true)).toEqual({ examined: 2, changed: 1, notes: [] });
    expect(Object.keys(await keys())).toContain(older());
    expect(await migrate()).toEqual({ examined: 2, changed: 1, notes: [] });
    expect(await keys()).toEqual({
      [current()]: { userId: ada, active: true, optedOut: HOLD, suppressed: null },
      [current('+12025550143')]: { userId: bob, active: true, optedOut: null, suppressed: null },
    });
    expect((await user(ada))['phoneKey']).toBe(current());
    expect(await user(bob)).toEqual(bobBefore);
    expect((await world.db.doc('consentEvents/e1').get()).get('phoneKey')).toBe(current());
    expect((await world.db.doc('revocations/SM1').get()).get('phoneKey')).toBe(current());
    expect(await migrate()).toEqual({ examined: 2, changed: 0, notes: [] });
  });

  test('SUPP-1: an opt-out of the other form holds for the person who has the number', async () => {
    const ada = (await world.add(NUMBER, { firstName: 'Ada' })).id;
    await world.db
      .doc(`phoneKeys/${older()}`)
      .set({ userId: null, active: false, optedOut: HOLD, suppressed: null });
    await event('e1', null);
    expect(await untextable(ada)).toBeNull();
    expect(await migrate()).toMatchObject({ changed: 1 });
    expect(await untextable(ada)).toBe('opted_out');
    expect(Object.keys(await keys())).toEqual([current()]);
    expect(await faults()).toEqual([]);
    expect(await migrate()).toMatchObject({ changed: 0 });
  });

  test('SUPP-1: a number that was opted in again, and out in its other form, is opted out, and its history says so', async () => {
    await world.add(NUMBER);
    await world.db
      .doc(`phoneKeys/${older()}`)
      .set({ userId: null, active: false, optedOut: HOLD, suppressed: null });
    await event('e1', null);
    const later = {
      at: Timestamp.fromMillis(worldStart.getTime() - 1000),
      change: 'lifted',
      phoneKey: current(),
    };
    await world.db.doc('consentEvents/e2').set({
      ...HOLD,
      kind: 'opted_out',
      operatorId: null,
      messageId: null,
      userId: null,
      ...later,
    });
    await migrate();
    expect(await faults()).toEqual([]);
  });

  test('PPL-1: two people with one number are both kept: one has it, the other is inactive, and a STOP holds for both', async () => {
    const ada = (await world.add(NUMBER, { firstName: 'Ada' })).id;
    const ben = await rivalBefore('Ben');
    await world.db.doc(`phoneKeys/${older()}`).update({ optedOut: HOLD });
    await event('e1', ben);
    await world.db.doc(`conversations/${ada}`).update({ lastAt: at });
    const done = await migrate();
    const note = `${ada} and ${ben} have one number: ${ada} keeps it, ${ben} is inactive.`;
    expect(done).toEqual({ examined: 2, changed: 1, notes: [note] });
    expect(Object.keys(await keys())).toEqual([current()]);
    expect([await untextable(ada), await untextable(ben)]).toEqual(['opted_out', 'inactive']);
    expect(await user(ben)).toMatchObject({ firstName: 'Ben', status: 'inactive', phoneKey: current() });
    expect(world.deps.vault.decrypt(ben, String((await user(ben))['phoneNumber']))).toBe(NUMBER);
    expect((await faults()).filter(([kind]) => kind !== 'last_text_wrong')).toEqual([
      ['number_shared', [ben]],
    ]);
    const audited = Object.values(await documentsOf(world.db, 'auditLog'));
    expect(audited).toContainEqual(
      expect.objectContaining({
        action: 'person.changed',
        target: { kind: 'person', id: ben },
        after: { fields: ['status'], status: 'inactive', sharesNumberWith: ada },
      }),
    );
    expect(await migrate()).toEqual({ examined: 2, changed: 0, notes: [note] });
  });

  test('OUT-2: a number that is sealed in a form of the past is dialled in its current one, and masked so', async () => {
    const { id } = await world.add('+5511989990143');
    await fileUnderOlderForm(world.db, world.deps.vault, id, '+5511989990143');
    const sealed = world.deps.vault.encrypt(id, '+551189990143' as E164);
    const masked = '+55 •• •••• 0143';
    await world.db.doc(`users/${id}`).update({ phoneNumber: sealed, maskedPhone: masked, label: masked });
    await world.db.doc(`conversations/${id}`).update({ label: masked });
    expect(await migrate()).toEqual({ examined: 1, changed: 1, notes: [] });
    const after = await user(id);
    expect(world.deps.vault.decrypt(id, String(after['phoneNumber']))).toBe('+5511989990143');
    expect(after).toMatchObject({
      maskedPhone: '+55 •• ••••• 0143',
      label: '+55 •• ••••• 0143',
      last4: '0143',
    });
    expect((await world.db.doc(`conversations/${id}`).get()).get('label')).toBe('+55 •• ••••• 0143');
    expect(await migrate()).toMatchObject({ changed: 0 });
  });

  test('PPL-1: an active person goes before an inactive one, whoever wrote last', async () => {
    const ada = (await world.add(NUMBER, { firstName: 'Ada', status: 'inactive' })).id;
    const ben = await rivalBefore('Ben');
    await world.db.doc(`conversations/${ada}`).update({ lastAt: at });
    await migrate();
    expect(await keys()).toMatchObject({ [current()]: { userId: ben, active: true } });
  });

  test('PPL-1: the other one is renamed freely, cannot take the number, and has it when it is free', async () => {
    const ada = (await world.add(NUMBER, { firstName: 'Ada' })).id;
    const ben = await rivalBefore('Ben');
    await world.db.doc(`conversations/${ada}`).update({ lastAt: at });
    await migrate();
    const edit = (id: string, patch: Parameters<typeof editPerson>[3]) =>
      editPerson(world.deps, world.audit, id, patch);
    expect(await edit(ben, { firstName: 'Benjamin' })).toMatchObject({ ok: true });
    expect(await edit(ben, { status: 'active' })).toEqual({ ok: false, reason: 'number_taken', userId: ada });
    expect(await edit(ben, { phoneNumber: NUMBER })).toEqual({
      ok: false,
      reason: 'number_taken',
      userId: ada,
    });
    expect(await edit(ada, { phoneNumber: '+12025550144' })).toMatchObject({ ok: true });
    expect(await edit(ben, { phoneNumber: '+5215500000143', status: 'active' })).toMatchObject({
      ok: true,
      person: { untextable: null },
    });
    expect(await keys()).toMatchObject({ [current()]: { userId: ben, active: true } });
    expect((await faults()).filter(([kind]) => kind !== 'last_text_wrong')).toEqual([]);
  });

  test('OPS-4: two runs at once do it once, and a number that no key opens is reported', async () => {
    const ada = await filedBefore('Ada');
    const lost = (await world.add('+12025550143')).id;
    await world.db.doc(`users/${lost}`).update({ phoneNumber: 'gone.iv.tag.text' });
    const [one, two] = await Promise.all([migrate(), migrate()]);
    expect(one.notes).toEqual([`${lost} has a number that no key opens: left as it is.`]);
    expect(two.examined).toBe(2);
    expect(await keys()).toMatchObject({ [current()]: { userId: ada } });
    expect(Object.keys(await keys())).toHaveLength(2);
  });
});
