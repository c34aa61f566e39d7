import { Timestamp } from '@google-cloud/firestore';
import { beforeEach, describe, expect, test } from 'vitest';
import { personCreate, type PersonPatch } from '../../functions/src/contract/people.ts';
import { editPerson } from '../../functions/src/people/edit-person.ts';
import { findRecipient } from '../../functions/src/people/find-recipient.ts';
import { phoneKeyRef, readPhoneKey, writeHold } from '../../functions/src/people/phone-keys-store.ts';
import { registerPerson } from '../../functions/src/people/register-person.ts';
import { revealNumber } from '../../functions/src/people/reveal-number.ts';
import { findByPhoneHash } from '../support/find-by-hash.ts';
import { documentsOf, peopleWorld, worldTime, type PeopleWorld } from '../support/people-world.ts';

let world: PeopleWorld;
const ADA = { phoneNumber: '(202) 555-0143', firstName: 'Ada', lastName: 'Lovelace', tags: ['vip'] };
const OPT_OUT = {
  at: new Date('2026-11-01T08:00:00.000Z'),
  source: 'keyword' as const,
  reason: null,
  errorCode: null,
  operator: null,
};

beforeEach(() => {
  world = peopleWorld();
});

const edit = (userId: string, patch: PersonPatch) => editPerson(world.deps, world.audit, userId, patch);
const hashOf = (number: string) => world.deps.vault.hash(number);
const values = async (collection: string) => Object.values(await documentsOf(world.db, collection));

describe('PPL-1: adding a person', () => {
  test('PPL-1: answers the person, and keeps four documents in one commit', async () => {
    const person = await world.add({
      ...ADA,
      consent: { source: 'web form', at: '2026-10-01T09:00:00+02:00', wording: 'Yes!' },
    });
    expect(person).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      label: 'Ada Lovelace',
      maskedPhone: '+1 ••• ••• 0143',
      firstName: 'Ada',
      lastName: 'Lovelace',
      tags: ['vip'],
      customFields: {},
      timeZone: null,
      language: null,
      notes: '',
      consent: { source: 'web form', at: '2026-10-01T07:00:00.000Z', wording: 'Yes!' },
      status: 'active',
      untextable: null,
      createdAt: '2026-11-20T12:00:00.000Z',
      updatedAt: '2026-11-20T12:00:00.000Z',
    });
    const hash = hashOf('+12025550143');
    expect(await documentsOf(world.db, 'phoneKeys')).toEqual({
      [hash]: { userId: person.id, active: true, optedOut: null, suppressed: null },
    });
    expect(await documentsOf(world.db, 'conversations')).toEqual({
      [person.id]: {
        label: 'Ada Lovelace',
        lastText: '',
        lastAt: null,
        lastDirection: null,
        unread: 0,
        autoReplies: [],
        operatorTexts: [],
        state: 'open',
      },
    });
    expect((await documentsOf(world.db, 'users'))[person.id]).toMatchObject({
      phoneKey: hash,
      last4: '0143',
      label: 'Ada Lovelace',
      sortName: 'ada lovelace',
    });
  });

  test('PRIV-5: the audit log has what was done, by whom and from where, without personal data', async () => {
    const { id } = await world.add(ADA);
    expect(await values('auditLog')).toEqual([
      {
        at: expect.any(Timestamp) as Timestamp,
        actor: { kind: 'operator', id: 'op_1', label: 'Olive Operator' },
        action: 'person.added',
        target: { kind: 'person', id },
        address: '192.0.2.1',
        requestId: 'request-1',
        before: null,
        after: {
          fields: ['phoneNumber', 'firstName', 'lastName', 'tags'],
          tags: ['vip'],
          status: 'active',
          optedOut: false,
        },
      },
    ]);
  });

  test('PRIV-1: the number is sealed in one field, bound to its document, and nowhere else', async () => {
    const { id } = await world.add({ ...ADA, firstName: '', lastName: '' });
    await world.add({ ...ADA, phoneNumber: '+1 202 555 0144' });
    const raw = JSON.stringify(
      await Promise.all(
        ['users', 'phoneKeys', 'conversations', 'auditLog'].map((name) => documentsOf(world.db, name)),
      ),
    );
    expect(raw).not.toMatch(/202\D{0,3}555/);
    expect(raw).not.toContain('2025550143');
    const sealed = (await documentsOf(world.db, 'users'))[id]?.['phoneNumber'];
    expect(sealed).toMatch(/^local\.[\w-]{16}\.[\w-]{22}\.[\w-]+$/);
    expect(world.deps.vault.decrypt(id, String(sealed))).toBe('+12025550143');
  });

  test('PPL-1: 50 concurrent adds of one number make one person', async () => {
    const writings = ['(202) 555-0143', '+12025550143', '202.555.0143', '1 202 555 0143', '٢٠٢٥٥٥٠١٤٣'];
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        registerPerson(
          world.deps,
          world.audit,
          personCreate.parse({ ...ADA, phoneNumber: writings[index % 5] }),
        ),
      ),
    );
    const [added, ...more] = results.flatMap((result) => (result.ok ? [result.person] : []));
    expect(more).toEqual([]);
    const refused = results.filter((result) => !result.ok);
    expect(refused).toEqual(
      Array.from({ length: 49 }, () => ({ ok: false, reason: 'number_taken', userId: added?.id })),
    );
    for (const name of ['users', 'phoneKeys', 'conversations', 'auditLog'])
      expect(await values(name)).toHaveLength(1);
  });

  test('PPL-1: 50 concurrent adds of a number that opted out before make one person, still opted out', async () => {
    await world.db.runTransaction(async (transaction) => {
      writeHold(transaction, world.db, hashOf('+12025550143'), null, 'opted_out', OPT_OUT);
    });
    const results = await Promise.all(
      Array.from({ length: 50 }, () => registerPerson(world.deps, world.audit, personCreate.parse(ADA))),
    );
    const added = results.flatMap((result) => (result.ok ? [result.person] : []));
    expect(added).toHaveLength(1);
    expect(added[0]?.untextable).toBe('opted_out');
    expect(await readPhoneKey(world.db, hashOf('+12025550143'))).toMatchObject({
      userId: added[0]?.id,
      active: true,
      optedOut: OPT_OUT,
    });
    expect(await values('users')).toHaveLength(1);
  });

  test('PPL-1: costs one read and four writes', async () => {
    world.counts.reset();
    await world.add(ADA);
    expect(world.counts).toMatchObject({ reads: 1, writes: 4 });
  });

  test('PRIV-1: a number in a name, tag, note or custom field is refused, and nothing is written', async () => {
    const input = personCreate.parse({
      ...ADA,
      firstName: '+1 202 555 0144',
      notes: 'or 202-555-0145',
      tags: ['2025550146'],
    });
    expect(await registerPerson(world.deps, world.audit, input)).toEqual({
      ok: false,
      reason: 'number_elsewhere',
      fields: ['firstName', 'tags.0', 'notes'],
    });
    expect(await values('users')).toEqual([]);
  });
});

describe('PPL-1: editing a person', () => {
  test('PPL-1: changes what is named and nothing else', async () => {
    const before = await world.add(ADA);
    const result = await edit(before.id, { lastName: 'King', notes: 'Countess', tags: ['vip'] });
    expect(result).toEqual({
      ok: true,
      person: { ...before, label: 'Ada King', lastName: 'King', notes: 'Countess' },
    });
    expect((await documentsOf(world.db, 'conversations'))[before.id]).toMatchObject({ label: 'Ada King' });
    const [, entry] = (await world.db.collection('auditLog').orderBy('at').get()).docs.map((each) =>
      each.data(),
    );
    expect(entry).toMatchObject({
      action: 'person.changed',
      target: { kind: 'person', id: before.id },
      before: null,
      after: { fields: ['lastName', 'notes'] },
    });
  });

  test('PPL-1: a patch that changes nothing writes nothing', async () => {
    const { id } = await world.add({
      ...ADA,
      consent: { source: 'form', at: '2026-10-01T09:00:00Z', wording: '' },
    });
    world.counts.reset();
    const same = await edit(id, {
      firstName: 'Ada',
      phoneNumber: '+1 202-555-0143',
      tags: ['vip'],
      consent: { source: 'form', at: '2026-10-01T11:00:00+02:00', wording: '' },
    });
    expect(same.ok).toBe(true);
    expect(world.counts.writes).toBe(0);
  });

  test('PPL-1: deactivating and activating moves the status and what the webhook reads, in one commit', async () => {
    const { id } = await world.add(ADA);
    expect(await edit(id, { status: 'inactive' })).toMatchObject({
      person: { status: 'inactive', untextable: 'inactive' },
    });
    expect(await readPhoneKey(world.db, hashOf('+12025550143'))).toMatchObject({ userId: id, active: false });
    expect(await edit(id, { status: 'active' })).toMatchObject({
      person: { status: 'active', untextable: null },
    });
    expect(await readPhoneKey(world.db, hashOf('+12025550143'))).toMatchObject({ userId: id, active: true });
    const changes = (await values('auditLog')).filter((entry) => entry['action'] === 'person.changed');
    expect(changes.map(({ before, after }) => ({ before, after }))).toEqual(
      expect.arrayContaining([
        { before: { status: 'active' }, after: { fields: ['status'], status: 'inactive' } },
        { before: { status: 'inactive' }, after: { fields: ['status'], status: 'active' } },
      ]),
    );
  });

  test('PPL-1: a new number takes the place of the old one, which nobody has afterwards', async () => {
    const { id } = await world.add({ phoneNumber: '+12025550143' });
    const result = await edit(id, { phoneNumber: '202 555 0150' });
    expect(result).toMatchObject({
      ok: true,
      person: { maskedPhone: '+1 ••• ••• 0150', label: '+1 ••• ••• 0150' },
    });
    expect(await readPhoneKey(world.db, hashOf('+12025550143'))).toBeNull();
    expect(await findByPhoneHash(world.db, hashOf('+12025550150'))).toMatchObject({
      userId: id,
      untextable: null,
    });
    expect((await documentsOf(world.db, 'conversations'))[id]).toMatchObject({ label: '+1 ••• ••• 0150' });
    const recipient = await findRecipient(world.db, id);
    expect(world.deps.vault.decrypt(id, recipient?.sealedNumber ?? '')).toBe('+12025550150');
    const other = await world.add({ phoneNumber: '+12025550143' });
    expect(other.id).not.toBe(id);
    expect(JSON.stringify(await values('auditLog'))).not.toContain('2025550');
  });

  test('PPL-1: an opt-out stays with the old number, and one of the new number counts', async () => {
    const { id } = await world.add({ phoneNumber: '+12025550143' });
    const [oldHash, newHash] = [hashOf('+12025550143'), hashOf('+12025550150')];
    await phoneKeyRef(world.db, oldHash).update({ optedOut: OPT_OUT });
    expect(await edit(id, { phoneNumber: '+12025550150' })).toMatchObject({ person: { untextable: null } });
    expect(await readPhoneKey(world.db, oldHash)).toMatchObject({
      userId: null,
      active: false,
      optedOut: OPT_OUT,
    });
    await phoneKeyRef(world.db, newHash).update({ suppressed: { at: worldTime, reason: 'Landline' } });
    expect(await edit(id, { phoneNumber: '+12025550143' })).toMatchObject({
      person: { untextable: 'opted_out' },
    });
    expect(await readPhoneKey(world.db, newHash)).toMatchObject({
      userId: null,
      suppressed: { reason: 'Landline' },
    });
    expect(await readPhoneKey(world.db, oldHash)).toMatchObject({
      userId: id,
      active: true,
      optedOut: OPT_OUT,
    });
  });

  test('PPL-1: a number that somebody has is refused, and everything stays', async () => {
    const first = await world.add({ phoneNumber: '+12025550143' });
    const second = await world.add({ phoneNumber: '+12025550144' });
    expect(await edit(second.id, { phoneNumber: '+12025550143', notes: 'x' })).toEqual({
      ok: false,
      reason: 'number_taken',
      userId: first.id,
    });
    expect(await readPhoneKey(world.db, hashOf('+12025550144'))).toMatchObject({ userId: second.id });
    expect((await documentsOf(world.db, 'users'))[second.id]).toMatchObject({ notes: '', last4: '0144' });
  });

  test('PPL-1: an unknown id is refused', async () => {
    expect(await edit('nobody', { notes: 'x' })).toEqual({ ok: false, reason: 'not_found' });
  });

  test('PPL-1: 18 edits of nine fields at once all take effect', async () => {
    const { id } = await world.add(ADA);
    const patches: PersonPatch[] = [
      { firstName: 'Augusta' },
      { lastName: 'King' },
      { notes: 'Countess' },
      { timeZone: 'Europe/London' },
      { language: 'en-GB' },
      { status: 'inactive' },
      { tags: ['math'] },
      { customFields: { machine: 'engine' } },
      { phoneNumber: '+12025550150' },
    ];
    const results = await Promise.all([...patches, ...patches].map((patch) => edit(id, patch)));
    expect(results.every((result) => result.ok)).toBe(true);
    expect((await documentsOf(world.db, 'users'))[id]).toMatchObject({
      label: 'Augusta King',
      notes: 'Countess',
      timeZone: 'Europe/London',
      language: 'en-GB',
      status: 'inactive',
      tags: ['math'],
      customFields: { machine: 'engine' },
      last4: '0150',
    });
    expect(await documentsOf(world.db, 'phoneKeys')).toEqual({
      [hashOf('+12025550150')]: { userId: id, active: false, optedOut: null, suppressed: null },
    });
    expect((await documentsOf(world.db, 'conversations'))[id]).toMatchObject({ label: 'Augusta King' });
    expect(await values('auditLog')).toHaveLength(1 + patches.length);
  });

  test('PPL-1: of many people who change to one number at once, one gets it', async () => {
    const people = await Promise.all(
      ['0101', '0102', '0103', '0104', '0105'].map((tail) => world.add({ phoneNumber: `+1202555${tail}` })),
    );
    const results = await Promise.all(people.map(({ id }) => edit(id, { phoneNumber: '+12025550199' })));
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(await values('phoneKeys')).toHaveLength(5);
    const users = await values('users');
    expect(users.filter((user) => user['last4'] === '0199')).toHaveLength(1);
  });
});

describe('PRIV-3: revealing a number', () => {
  test('PRIV-3: a reveal answers the number and records who asked, and why', async () => {
    const { id } = await world.add(ADA);
    expect(await revealNumber(world.deps, world.audit, id, 'Court order 12')).toEqual({
      ok: true,
      phoneNumber: '+12025550143',
    });
    const reveals = (await values('auditLog')).filter((entry) => entry['action'] === 'person.revealed');
    expect(reveals).toMatchObject([
      { actor: { id: 'op_1' }, target: { kind: 'person', id }, after: { reason: 'Court order 12' } },
    ]);
  });

  test('PRIV-3: a number is not revealed when that cannot be audited', async () => {
    const { id } = await world.add(ADA);
    const broken = new Error('the log is full');
    const deps = {
      ...world.deps,
      ids: {
        next: () => {
          throw broken;
        },
      },
    };
    await expect(revealNumber(deps, world.audit, id, 'Court order 12')).rejects.toBe(broken);
  });

  test('PRIV-1: a reason that contains a number is refused, since the audit log keeps it', async () => {
    const { id } = await world.add(ADA);
    expect(await revealNumber(world.deps, world.audit, id, 'is it 202-555-0143?')).toEqual({
      ok: false,
      reason: 'number_in_reason',
    });
    expect(await revealNumber(world.deps, world.audit, 'nobody', 'Court order 12')).toEqual({
      ok: false,
      reason: 'not_found',
    });
    expect(await values('auditLog')).toHaveLength(1);
  });
});
