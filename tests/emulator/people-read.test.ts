import { beforeEach, describe, expect, test } from 'vitest';
import { peopleQuery, peopleSearch } from '../../functions/src/contract/people.ts';
import { editPerson } from '../../functions/src/people/edit-person.ts';
import { getPerson } from '../../functions/src/people/get-person.ts';
import { listPeople } from '../../functions/src/people/list-people.ts';
import { phoneKeyRef } from '../../functions/src/people/phone-keys-store.ts';
import { numberFields } from '../../functions/src/people/register-person.ts';
import { parsePhoneNumber } from '../../functions/src/people/phone-number.ts';
import { searchPeople } from '../../functions/src/people/search-people.ts';
import { completeUser, createUser } from '../../functions/src/people/users-store.ts';
import { AppError } from '../../functions/src/platform/errors.ts';
import { peopleWorld, worldTime, type PeopleWorld } from '../support/people-world.ts';

let world: PeopleWorld;

beforeEach(() => {
  world = peopleWorld();
});

const list = (query: Record<string, unknown> = {}) => listPeople(world.deps, peopleQuery.parse(query));
const search = async (query: Record<string, unknown>) => {
  const result = await searchPeople(world.deps, peopleSearch.parse(query));
  if (!result.ok) throw new Error(result.number.problem);
  return result.page;
};
const labels = (page: { items: { label: string }[] }) => page.items.map((item) => item.label);

async function everyPage(query: Record<string, unknown>): Promise<{ ids: string[]; pages: number }> {
  const ids: string[] = [];
  let [cursor, pages]: [string | null, number] = [null, 0];
  do {
    const page = await list({ ...query, ...(cursor === null ? {} : { cursor }) });
    ids.push(...page.items.map((item) => item.id));
    pages += 1;
    cursor = page.nextCursor;
  } while (cursor !== null);
  return { ids, pages };
}

/** Many people without their numbers' documents, which lists do not need to page: straight through the store. */
async function manyUsers(count: number, nameOf: (index: number) => string, prefix = 'u'): Promise<void> {
  const number = parsePhoneNumber('+12025550143', 'US');
  if (!number.ok) throw new Error(number.problem);
  for (let first = 0; first < count; first += 500) {
    const batch = world.db.batch();
    for (let index = first; index < Math.min(count, first + 500); index += 1) {
      const id = `${prefix}${String(index).padStart(6, '0')}`;
      createUser(
        batch,
        world.db,
        completeUser({
          ...numberFields(world.deps.vault, id, number),
          phoneKey: `key of ${id}`,
          id,
          firstName: nameOf(index),
          lastName: '',
          tags: [],
          customFields: {},
          timeZone: null,
          language: null,
          notes: '',
          consent: null,
          status: 'active',
          createdAt: worldTime,
          updatedAt: worldTime,
        }),
      );
    }
    await batch.commit();
  }
}

describe('PPL-2: the list of people', () => {
  test('PPL-2: people are listed by name, A to Z, without regard to case and accents', async () => {
    const names = ['zoë', 'Adam', 'Éva', 'eve', 'Łukasz', ''];
    for (const [index, firstName] of names.entries())
      await world.add({ phoneNumber: `+1202555010${String(index)}`, firstName });
    expect(labels(await list())).toEqual(['+1 ••• ••• 0105', 'Adam', 'Éva', 'eve', 'Łukasz', 'zoë']);
  });

  test('PPL-2: the list is filtered by status, by tag, and by both', async () => {
    await world.add({ phoneNumber: '+12025550101', firstName: 'A', tags: ['vip', 'driver'] });
    await world.add({ phoneNumber: '+12025550102', firstName: 'B', tags: ['vip'], status: 'inactive' });
    await world.add({ phoneNumber: '+12025550103', firstName: 'C', tags: ['driver'] });
    expect(labels(await list({ status: 'active' }))).toEqual(['A', 'C']);
    expect(labels(await list({ tag: 'vip' }))).toEqual(['A', 'B']);
    expect(labels(await list({ tag: 'vip', status: 'inactive' }))).toEqual(['B']);
    expect(labels(await list({ tag: 'nobody' }))).toEqual([]);
  });

  test('PPL-2: pages follow each other without gap or repetition among equal names', async () => {
    await manyUsers(57, () => 'Kim');
    const { ids, pages } = await everyPage({ limit: 10 });
    expect(pages).toBe(6);
    expect(ids).toHaveLength(57);
    expect(new Set(ids).size).toBe(57);
    expect((await everyPage({ limit: 19 })).ids).toEqual(ids);
  });

  test('PPL-2: pages stay where they were when people are added and renamed in between', async () => {
    await manyUsers(20, (index) => `N${String(index).padStart(2, '0')}`);
    const first = await list({ limit: 10 });
    await world.add({ phoneNumber: '+12025550101', firstName: 'A' });
    await world.db.doc('users/u000009').update({ sortName: 'zzz' });
    const second = await list({ limit: 10, cursor: first.nextCursor });
    expect(labels(second)).toEqual(Array.from({ length: 10 }, (_, index) => `N${String(index + 10)}`));
  });

  test('PPL-2: a page costs the same with 100 and with 5,000 people', async () => {
    await manyUsers(100, (index) => `Name ${String(index)}`);
    world.counts.reset();
    await list({ limit: 20 });
    expect(world.counts.reads).toBe(41);
    await manyUsers(5000, (index) => `Other ${String(index)}`, 'more');
    world.counts.reset();
    const page = await list({ limit: 20 });
    expect(world.counts.reads).toBe(41);
    world.counts.reset();
    await list({ limit: 20, cursor: page.nextCursor });
    expect(world.counts.reads).toBe(41);
    world.counts.reset();
    await search({ name: 'other', limit: 20 });
    expect(world.counts.reads).toBe(41);
  });

  test('PPL-2: a cursor is good for its own list only, and for none when it was changed', async () => {
    await manyUsers(5, (index) => `Nightingale${String(index)}`);
    const { nextCursor } = await list({ limit: 2 });
    const cursor = String(nextCursor);
    expect(cursor.toLowerCase()).not.toContain('nightingale');
    expect(Buffer.from(cursor, 'base64url').toString('latin1').toLowerCase()).not.toContain('nightingale');
    const refused = [
      { cursor, status: 'active' },
      { cursor: `${cursor}A` },
      { cursor: 'A'.repeat(60) },
      { cursor: cursor.slice(0, -2) },
      { cursor: '😀' },
    ];
    for (const query of refused) {
      const error = await list(query).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(AppError);
      expect(error).toMatchObject({ code: 'BAD_CURSOR' });
    }
    await expect(search({ name: 'n', cursor })).rejects.toMatchObject({ code: 'BAD_CURSOR' });
  });
});

describe('OUT-2: who can be texted, and why not', () => {
  test('OUT-2: lists and single answers give the gravest reason why somebody cannot be texted', async () => {
    const mark = (number: string, fields: Record<string, unknown>) =>
      phoneKeyRef(world.db, world.deps.vault.hash(number)).update(fields);
    const optedOut = { at: worldTime, source: 'keyword' };
    const suppressed = { at: worldTime, reason: 'Landline' };
    const people = [];
    for (const [tail, status] of [
      ['0101', 'active'],
      ['0102', 'active'],
      ['0103', 'active'],
      ['0104', 'active'],
      ['0105', 'inactive'],
    ]) {
      people.push(
        await world.add({ phoneNumber: `+1202555${String(tail)}`, firstName: `P${String(tail)}`, status }),
      );
    }
    await mark('+12025550102', { optedOut });
    await mark('+12025550103', { suppressed });
    await mark('+12025550104', { optedOut, suppressed });
    await mark('+12025550105', { optedOut, suppressed });
    const expected = [null, 'opted_out', 'suppressed', 'opted_out', 'inactive'];
    expect((await list()).items.map((item) => item.untextable)).toEqual(expected);
    const alone = await Promise.all(people.map(({ id }) => getPerson(world.db, id)));
    expect(alone.map((person) => person?.untextable)).toEqual(expected);
  });

  test('PPL-2: an unknown id answers nobody', async () => {
    expect(await getPerson(world.db, 'nobody')).toBeNull();
  });
});

describe('PPL-2: searching people', () => {
  beforeEach(async () => {
    await world.add({ phoneNumber: '+12025550101', firstName: 'José María', lastName: 'García Márquez' });
    await world.add({ phoneNumber: '+12025550102', firstName: 'Joseph', lastName: 'O’Brien' });
    await world.add({ phoneNumber: '+12025550103', firstName: 'Ada', lastName: 'Josephson' });
    await world.add({ phoneNumber: '+12025550104' });
    await world.add({ phoneNumber: '+442079460101', firstName: 'Zoë' });
  });

  const byName: [typed: string, found: string[]][] = [
    ['jose', ['Ada Josephson', 'José María García Márquez', 'Joseph O’Brien']],
    ['JOSÉ', ['Ada Josephson', 'José María García Márquez', 'Joseph O’Brien']],
    ['josé maría g', ['José María García Márquez']],
    ['garcia', ['José María García Márquez']],
    ['Márq', ['José María García Márquez']],
    ["o'brien", ['Joseph O’Brien']],
    ['obrien joseph', ['Joseph O’Brien']],
    ['zoe', ['Zoë']],
    ['sephson', []],
    ['%', []],
  ];
  test.each(byName)('PPL-2: people found by the name %j', async (name, found) => {
    expect(labels(await search({ name }))).toEqual(found);
  });

  test('PPL-2: people found by the last four digits', async () => {
    expect(labels(await search({ last4: '0101' }))).toEqual(['José María García Márquez', 'Zoë']);
    expect(labels(await search({ last4: '9999' }))).toEqual([]);
  });

  test('PPL-2: a person found by the whole number, in any writing, for two reads', async () => {
    for (const phoneNumber of ['(202) 555-0103', '+12025550103', '1 202 555 0103']) {
      world.counts.reset();
      expect(labels(await search({ phoneNumber }))).toEqual(['Ada Josephson']);
      expect(world.counts.reads).toBe(2);
    }
    expect(labels(await search({ phoneNumber: '+12025550199' }))).toEqual([]);
    const refused = await searchPeople(world.deps, peopleSearch.parse({ phoneNumber: '12' }));
    expect(refused).toMatchObject({ ok: false, number: { problem: 'too_short' } });
  });

  test('PPL-2: what is found comes in pages', async () => {
    const first = await search({ name: 'jose', limit: 2 });
    expect(labels(first)).toEqual(['Ada Josephson', 'José María García Márquez']);
    const second = await search({ name: 'JOSÉ', limit: 2, cursor: first.nextCursor });
    expect(labels(second)).toEqual(['Joseph O’Brien']);
    expect(second.nextCursor).toBeNull();
  });

  test('PPL-2: a changed name is found by the new one only', async () => {
    const [ada] = (await search({ name: 'ada' })).items;
    await editPerson(world.deps, world.audit, String(ada?.id), { firstName: 'Augusta', lastName: 'King' });
    expect(labels(await search({ name: 'ada' }))).toEqual([]);
    expect(labels(await search({ name: 'king' }))).toEqual(['Augusta King']);
  });
});
