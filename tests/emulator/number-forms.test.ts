import { Timestamp } from '@google-cloud/firestore';
import { beforeEach, describe, expect, test } from 'vitest';
import { checkIntegrity } from '../../functions/cli/integrity/check-integrity.ts';
import { messageSearch } from '../../functions/src/contract/messages.ts';
import { peopleSearch, personCreate } from '../../functions/src/contract/people.ts';
import { receiveInbound } from '../../functions/src/inbound/receive-inbound.ts';
import { queryOpenRevocations } from '../../functions/src/inbound/revocations-store.ts';
import { searchMessages } from '../../functions/src/logs/search-messages.ts';
import { addHold } from '../../functions/src/people/change-hold.ts';
import { editPerson } from '../../functions/src/people/edit-person.ts';
import { searchHolds } from '../../functions/src/people/list-holds.ts';
import { registerPerson } from '../../functions/src/people/register-person.ts';
import { rotateKeys } from '../../functions/src/people/rotate-keys.ts';
import { searchPeople } from '../../functions/src/people/search-people.ts';
import { newMessageSid } from '../support/emulator.ts';
import { messagingWorld, worldStart, type MessagingWorld } from '../support/messaging-world.ts';
import { fileUnderOlderForm, olderHash } from '../support/older-forms.ts';
import { documentsOf } from '../support/people-world.ts';

let world: MessagingWorld;

beforeEach(() => {
  world = messagingWorld();
});

/** Two forms of one number each, as people type them, and as a carrier may deliver either. */
const FORMS: [country: string, one: string, other: string][] = [
  ['Mexico', '+52 55 0000 0143', '+5215500000143'],
  ['Argentina', '+54 9 11 2000-0143', '+541120000143'],
  ['Brazil', '+55 11 98999-0143', '+551189990143'],
  ['Benin', '+229 01 97 00 01 43', '+22997000143'],
  ['Ivory Coast', '+225 07 07 00 01 43', '+22507000143'],
];
const e164 = (text: string) => text.replace(/[^+\d]/g, '');

const texts = (from: string, body: string) =>
  receiveInbound(
    world.deps,
    { sid: newMessageSid(), from, body, segments: 1, media: [], optOutType: null },
    'request-in',
  );
const register = (phoneNumber: string) =>
  registerPerson(world.deps, world.audit, personCreate.parse({ phoneNumber, firstName: 'Ada' }));
const keys = () => documentsOf(world.db, 'phoneKeys');
const senders = async () =>
  Object.values(await documentsOf(world.db, 'incomingMessages')).map(({ userId }) => userId);
const faults = async () => (await checkIntegrity(world.deps)).faults.lines();

describe('PPL-1, IN-2: one number is one person, whichever of its forms is used', () => {
  test.each(FORMS)('PPL-1: %s: who has one form has the other', async (_country, one, other) => {
    const { id } = await world.add(one);
    expect(await register(other)).toEqual({ ok: false, reason: 'number_taken', userId: id });
    for (const from of [e164(one), other]) {
      expect((await texts(from, 'Hello')).reply).not.toBeNull();
      const found = await searchPeople(world.deps, peopleSearch.parse({ phoneNumber: from }));
      expect(found.ok && found.page.items.map((person) => person.id)).toEqual([id]);
    }
    expect(await senders()).toEqual([id, id]);
    await texts(other, 'STOP');
    expect(await searchHolds(world.deps, one)).toMatchObject({
      ok: true,
      items: [{ kind: 'opted_out', userId: id }],
    });
    expect(await world.accept(id, 'Hi')).toMatchObject({ kind: 'refused' });
  });

  test('PPL-1: of 50 adds at once, in both forms, one wins', async () => {
    const [, one = '', other = ''] = FORMS[0] ?? [];
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, index) => register(index % 2 === 0 ? one : other)),
    );
    const added = results.flatMap((each) => (each.ok ? [each.person.id] : []));
    expect(added).toHaveLength(1);
    expect(
      results.filter((each) => !each.ok && each.reason === 'number_taken' && each.userId === added[0]),
    ).toHaveLength(49);
    expect(Object.keys(await keys())).toHaveLength(1);
  });

  test('OUT-2: a message goes to the form that is dialled today, or in Argentina to the one that was given', async () => {
    const dialled = async (text: string) => {
      const { id } = await world.add(text);
      return world.deps.vault.decrypt(
        id,
        String((await world.db.doc(`users/${id}`).get()).get('phoneNumber')),
      );
    };
    expect(await dialled('+52 1 55 0000 0143')).toBe('+525500000143');
    expect(await dialled('+54 11 2000-0143')).toBe('+541120000143');
    expect(await dialled('+54 9 11 2000-0144')).toBe('+5491120000144');
    expect(await dialled('+55 11 8999-0143')).toBe('+5511989990143');
  });

  test('PPL-1: another form of the number that somebody has changes what is dialled, and nothing else', async () => {
    const { id } = await world.add('+54 11 2000-0143');
    await texts('+5491120000143', 'STOP');
    const before = await keys();
    expect(
      await editPerson(world.deps, world.audit, id, { phoneNumber: '+54 9 11 2000-0143' }),
    ).toMatchObject({
      ok: true,
      person: { untextable: 'opted_out' },
    });
    expect(await keys()).toEqual(before);
    const user = (await world.db.doc(`users/${id}`).get()).data() ?? {};
    expect(world.deps.vault.decrypt(id, String(user['phoneNumber']))).toBe('+5491120000143');
    expect(user['numberSince']).toBeUndefined();
    const again = await documentsOf(world.db, 'auditLog');
    await editPerson(world.deps, world.audit, id, { phoneNumber: '+54 9 11 2000-0143' });
    expect(await documentsOf(world.db, 'auditLog')).toEqual(again);
  });

  test('PRIV-4: a rotation of keys leaves each number where it is filed', async () => {
    const { id } = await world.add('+54 9 11 2000-0143');
    const before = await keys();
    const [key] = world.deps.config.secrets.phoneKeys();
    await rotateKeys({ ...world.deps, keys: [{ ...key, id: 'newer' }] }, world.audit, { dryRun: true });
    expect(await keys()).toEqual(before);
    expect(Object.values(before)).toMatchObject([{ userId: id }]);
  });
});

describe('SUPP-1: what older versions filed under another form of a number counts', () => {
  const [, ONE, OTHER] = FORMS[0] ?? ['', '', ''];
  const at = Timestamp.fromDate(worldStart);
  const older = () => olderHash(world.deps.vault, OTHER);

  /** A stranger opted out and wrote something that was flagged, when the form with the 1 was filed apart. */
  async function strangerBefore(): Promise<void> {
    const hold = { at, source: 'keyword', reason: null, errorCode: null, operator: null };
    await world.db
      .doc(`phoneKeys/${older()}`)
      .set({ userId: null, active: false, optedOut: hold, suppressed: null });
    await world.db.doc('consentEvents/e1').set({
      ...hold,
      kind: 'opted_out',
      change: 'added',
      operatorId: null,
      messageId: 'SM1',
      phoneKey: older(),
      userId: null,
    });
    await world.db
      .doc('revocations/SM2')
      .set({ phoneKey: older(), receivedAt: at, state: 'open', decision: null });
  }

  test('SUPP-1: a number that is registered takes over the opt-out and the flags of its older form', async () => {
    await strangerBefore();
    const { id } = await world.add(ONE);
    const hash = world.deps.vault.hash(ONE);
    expect(Object.keys(await keys())).toEqual([hash]);
    expect(await keys()).toMatchObject({
      [hash]: { userId: id, active: true, optedOut: { source: 'keyword' } },
    });
    expect((await world.db.doc('consentEvents/e1').get()).get('phoneKey')).toBe(hash);
    expect(await queryOpenRevocations(world.db, null, 10)).toMatchObject([{ id: 'SM2', phoneKey: hash }]);
    expect(await world.accept(id, 'Hi')).toMatchObject({ kind: 'refused' });
    expect((await faults()).filter((line) => line.includes('no event says why'))).toEqual([]);
  });

  test('SUPP-1: a person who gets the number takes it over too', async () => {
    await strangerBefore();
    const { id } = await world.add('+12025550143');
    expect(await editPerson(world.deps, world.audit, id, { phoneNumber: OTHER })).toMatchObject({
      ok: true,
      person: { untextable: 'opted_out' },
    });
    expect(Object.keys(await keys())).toEqual([world.deps.vault.hash(ONE)]);
  });

  test('SUPP-3: until then it is found, added to and lifted under the form that it has', async () => {
    await strangerBefore();
    expect(await searchHolds(world.deps, ONE)).toMatchObject({ ok: true, items: [{ id: older() }] });
    await addHold(world.deps, world.audit, { phoneNumber: ONE, kind: 'suppressed', reason: 'A landline' });
    expect(Object.keys(await keys())).toEqual([older()]);
    await texts(e164(ONE), 'START');
    expect(await keys()).toMatchObject({ [older()]: { optedOut: null, suppressed: { source: 'operator' } } });
  });

  test('IN-2, IN-7: a person who is filed under the older form is found by either, before the migration has run', async () => {
    const { id } = await world.add(ONE);
    await fileUnderOlderForm(world.db, world.deps.vault, id, ONE);
    for (const from of [e164(ONE), OTHER]) expect((await texts(from, 'Hello')).reply).not.toBeNull();
    await texts(e164(ONE), 'STOP');
    expect(await keys()).toMatchObject({ [older()]: { userId: id, optedOut: { source: 'keyword' } } });
    expect(await world.accept(id, 'Hi')).toMatchObject({ kind: 'refused' });
    expect(await register(ONE)).toEqual({ ok: false, reason: 'number_taken', userId: id });
    expect(await faults()).toEqual([expect.stringContaining('is filed under an older form of their number')]);
  });

  test('LOG-2: the log is searched under every form that a sender had', async () => {
    const texted = {
      status: 'unknown',
      responded: false,
      responseReason: 'unknown_sender',
      responseId: null,
    };
    const rest = {
      keyword: null,
      segments: 1,
      media: [],
      userId: null,
      sender: 'Unknown · abcdef',
      receivedAt: at,
    };
    await world.db
      .doc('incomingMessages/SM1')
      .set({ ...texted, ...rest, body: 'Before', senderHash: older() });
    await texts(OTHER, 'After');
    for (const phoneNumber of [ONE, OTHER]) {
      const found = await searchMessages(world.deps, messageSearch.parse({ in: 'incoming', phoneNumber }));
      expect(found.kind === 'found' && found.page.items).toHaveLength(2);
    }
  });

  test('IN-3: an unknown number with two forms costs two reads and one write, with one form one and one', async () => {
    for (const [from, reads] of [
      [OTHER, 2],
      ['+12025550199', 1],
    ] as const) {
      world.counts.reset();
      await texts(from, 'Hello');
      expect([world.counts.reads, world.counts.writes]).toEqual([reads, 1]);
    }
  });
});
