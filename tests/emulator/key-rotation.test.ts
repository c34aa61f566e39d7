import { beforeEach, describe, expect, test } from 'vitest';
import { personCreate } from '../../functions/src/contract/people.ts';
import { keysInUseCheck } from '../../functions/src/health/key-checks.ts';
import { editPerson } from '../../functions/src/people/edit-person.ts';
import { registerPerson } from '../../functions/src/people/register-person.ts';
import { rotateKeys } from '../../functions/src/people/rotate-keys.ts';
import { decodeKey, parseKeyRing, type KeyRing } from '../../functions/src/platform/key-ring.ts';
import { LOCAL_DEFAULTS } from '../../functions/src/platform/local-defaults.ts';
import { createPhoneVault } from '../../functions/src/platform/phone-vault.ts';
import { documentsOf, peopleWorld, type PeopleWorld } from '../support/people-world.ts';

const key = (letter: string) => Buffer.alloc(32, letter).toString('base64');
const OLD = parseKeyRing('PHONE_KEYS', `2025:${key('a')}`);
const BOTH = parseKeyRing('PHONE_KEYS', `2026:${key('b')},2025:${key('a')}`);
const NEW = parseKeyRing('PHONE_KEYS', `2026:${key('b')}`);
const hashKey = () => decodeKey('PHONE_HASH_KEY', LOCAL_DEFAULTS.PHONE_HASH_KEY);
const vaultOf = (ring: KeyRing) => createPhoneVault(() => ring, hashKey);

let world: PeopleWorld;
const numbers = Array.from({ length: 30 }, (_, index) => `+120255501${String(index).padStart(2, '0')}`);

async function addAll(ring: KeyRing): Promise<string[]> {
  const deps = { ...world.deps, vault: vaultOf(ring) };
  const results = await Promise.all(
    numbers.map((phoneNumber) => registerPerson(deps, world.audit, personCreate.parse({ phoneNumber }))),
  );
  return results.map((each) => (each.ok ? each.person.id : ''));
}

const rotate = (ring: KeyRing, dryRun = false) =>
  rotateKeys({ db: world.db, ids: world.deps.ids, vault: vaultOf(ring), keys: ring }, world.audit, {
    dryRun,
  });
const inUse = (ring: KeyRing) =>
  keysInUseCheck({ db: world.db, config: { secrets: { phoneKeys: () => ring } } }).run();

async function opened(ring: KeyRing): Promise<string[]> {
  const users = await documentsOf(world.db, 'users');
  return Object.entries(users)
    .map(([id, user]) => vaultOf(ring).decrypt(id, String(user['phoneNumber'])))
    .sort();
}

beforeEach(() => {
  world = peopleWorld();
});

describe('PRIV-4: keys rotate without downtime', () => {
  test('PRIV-4: every number is sealed anew, opens with the new key alone, and nothing else changes', async () => {
    await addAll(OLD);
    const before = await documentsOf(world.db, 'users');
    const done = await rotate(BOTH);
    expect(done).toEqual({ people: 30, sealedAnew: 30, current: 0, older: { 2025: 30 }, unreadable: [] });
    expect(await opened(NEW)).toEqual(numbers);
    const after = await documentsOf(world.db, 'users');
    const rest = (documents: typeof before) =>
      Object.values(documents).map(({ phoneNumber: _number, sealedWith: _key, ...others }) => others);
    expect(rest(after)).toEqual(rest(before));
    const audited = Object.values(await documentsOf(world.db, 'auditLog')).filter(
      ({ action }) => action === 'system.keys_rotated',
    );
    expect(audited).toMatchObject([{ after: { key: '2026', people: 30, sealedAnew: 30, unreadable: 0 } }]);
  });

  test('PRIV-4: a second run changes nothing; a dry run only counts', async () => {
    await addAll(OLD);
    expect(await rotate(BOTH, true)).toMatchObject({ sealedAnew: 30, current: 0 });
    expect(await opened(OLD)).toEqual(numbers);
    await rotate(BOTH);
    world.counts.reset();
    expect(await rotate(BOTH)).toMatchObject({ sealedAnew: 0, current: 30, older: {} });
    expect(world.counts.writes).toBe(0);
  });

  test('PRIV-4: people who are edited and renumbered meanwhile keep their changes', async () => {
    const ids = await addAll(OLD);
    const deps = { ...world.deps, vault: vaultOf(BOTH) };
    const edits = ids
      .slice(0, 10)
      .map((id, index) =>
        editPerson(
          deps,
          world.audit,
          id,
          index < 5 ? { firstName: `Ada ${String(index)}` } : { phoneNumber: `+1202555018${String(index)}` },
        ),
      );
    const [done, results] = await Promise.all([rotate(BOTH), Promise.all(edits)]);
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(done.unreadable).toEqual([]);
    await rotate(BOTH);
    expect(await opened(NEW)).toHaveLength(30);
    const names = Object.values(await documentsOf(world.db, 'users')).map((each) =>
      String(each['firstName']),
    );
    expect(names.filter((name) => name.startsWith('Ada'))).toHaveLength(5);
  });

  test('PRIV-4: two rotations at once leave every number sealed once, with the newest key', async () => {
    await addAll(OLD);
    await Promise.all([rotate(BOTH), rotate(BOTH)]);
    expect(await opened(NEW)).toEqual(numbers);
  });

  test('PRIV-4: a number that no key opens is reported and stays as it is', async () => {
    const [id = ''] = await addAll(OLD);
    await world.db.doc(`users/${id}`).update({ phoneNumber: 'gone.iv.tag.text' });
    expect(await rotate(BOTH)).toMatchObject({ sealedAnew: 29, unreadable: [id] });
    expect((await world.db.doc(`users/${id}`).get()).get('phoneNumber')).toBe('gone.iv.tag.text');
  });

  test('PRIV-4: the doctor says which keys still seal numbers', async () => {
    const ids = await addAll(OLD);
    expect(await inUse(OLD)).toMatchObject({
      level: 'ok',
      detail: 'All numbers use the newest key (2025).',
    });
    expect(await inUse(BOTH)).toMatchObject({
      level: 'warning',
      detail: 'Older keys are still in use: 2025 (30) of 30.',
    });
    expect(await inUse(NEW)).toMatchObject({ level: 'error' });
    await rotate(BOTH);
    expect(await inUse(BOTH)).toMatchObject({
      level: 'ok',
      detail: 'All numbers use the newest key (2026). No number needs 2025 any more.',
    });
    expect(ids).toHaveLength(30);
  });
});
