import { Timestamp } from '@google-cloud/firestore';
import { beforeAll, describe, expect, test } from 'vitest';
import { incomingQuery, messageSearch, outgoingQuery } from '../../functions/src/contract/messages.ts';
import { listIncoming } from '../../functions/src/messaging/list-incoming.ts';
import { listOutgoing } from '../../functions/src/messaging/list-outgoing.ts';
import { searchMessages } from '../../functions/src/messaging/search-messages.ts';
import { fillIncoming, fillOutgoing, minute, operators, people } from '../support/log-entries.ts';
import { messagingWorld, type MessagingWorld } from '../support/messaging-world.ts';

let world: MessagingWorld;
/** The person who is registered with +1 202 555 0143. */
let ada: string;

beforeAll(async () => {
  world = messagingWorld();
  ada = (await world.add('+12025550143', { firstName: 'Ada' })).id;
  await fillOutgoing(world, ada, 30);
  await fillIncoming(world, ada, 0, 1000);
});

const outgoing = (query: Record<string, unknown>) => listOutgoing(world.deps, outgoingQuery.parse(query));
const incoming = (query: Record<string, unknown>) => listIncoming(world.deps, incomingQuery.parse(query));
const numbers = (items: readonly { id: string }[]) => items.map((item) => Number(item.id.replace(/\D/g, '')));

async function search(body: Record<string, unknown>): Promise<{ ids: number[]; nextCursor: string | null }> {
  const result = await searchMessages(world.deps, messageSearch.parse(body));
  if (result.kind === 'refused') throw new Error(result.problem.message);
  return { ids: numbers(result.page.items), nextCursor: result.page.nextCursor };
}

/** Every page of a list, as the console scrolls. */
async function scroll(
  page: (cursor: string | undefined) => Promise<{ items: { id: string }[]; nextCursor: string | null }>,
): Promise<number[]> {
  const seen: number[] = [];
  for (let cursor: string | undefined, more = true; more;) {
    const { items, nextCursor } = await page(cursor);
    seen.push(...numbers(items));
    more = nextCursor !== null;
    cursor = nextCursor ?? undefined;
  }
  return seen;
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
const only = (keep: (index: number) => boolean, count = 30) => range(0, count).filter(keep);

describe('LOG-2: sorting', () => {
  const newestFirst = range(0, 30).reverse();
  const by = (key: (index: number) => string) => newestFirst.toSorted((a, b) => key(a).localeCompare(key(b)));
  const personOf = (index: number) => people[index % 3] ?? '';
  const operatorOf = (index: number) => operators[index % 2] ?? '';

  test.each([
    ['time', newestFirst],
    ['-time', range(0, 30)],
    ['person', by(personOf)],
    ['-person', newestFirst.toSorted((a, b) => personOf(b).localeCompare(personOf(a)))],
    ['operator', by(operatorOf)],
    ['-operator', newestFirst.toSorted((a, b) => operatorOf(b).localeCompare(operatorOf(a)))],
  ])('LOG-4: by %s, the same in one page and in pages of 7', async (sort, expected) => {
    expect(numbers((await outgoing({ sort })).items)).toEqual(expected);
    expect(await scroll((cursor) => outgoing({ sort, limit: 7, cursor }))).toEqual(expected);
  });

  test.each(['time', '-time', 'person', '-person'])(
    'the incoming log by %s, in pages of 100: each once',
    async (sort) => {
      const seen = await scroll((cursor) => incoming({ sort, limit: 100, cursor }));
      expect(seen.toSorted((a, b) => a - b)).toEqual(range(0, 1000));
    },
  );
});

describe('LOG-2: filters', () => {
  test.each<[string, Record<string, unknown>, (index: number) => boolean]>([
    ['status', { status: 'delivered' }, (index) => index % 10 === 0],
    ['person', { userId: 'Bob' }, (index) => index % 3 === 2],
    ['operator', { operatorId: 'op_Olive' }, (index) => index % 2 === 1],
    ['from', { from: '2026-11-01T00:20:00Z' }, (index) => index >= 20],
    ['to', { to: '2026-11-01T00:20:00Z' }, (index) => index < 20],
    [
      'from and to in another zone',
      { from: '2026-11-01T01:05:00+01:00', to: '2026-11-01T01:10:00+01:00' },
      (index) => index >= 5 && index < 10,
    ],
    [
      'all of them',
      {
        status: 'queued',
        userId: 'Cleo',
        operatorId: 'op_Olive',
        from: '2026-11-01T00:05:00Z',
        to: '2026-11-01T00:25:00Z',
      },
      (index) => index % 10 !== 0 && index % 3 === 0 && index % 2 === 1 && index >= 5 && index < 25,
    ],
    ['years that no log has', { from: '1900-01-01T00:00:00Z', to: '9998-12-31T23:59:59Z' }, () => true],
    ['nothing', { userId: 'nobody' }, () => false],
  ])('%s', async (_what, query, keep) => {
    const expected = only(keep);
    expect(numbers((await outgoing({ ...query, sort: '-time' })).items)).toEqual(expected);
    for (const sort of ['time', 'person', '-person', 'operator', '-operator']) {
      const seen = await scroll((cursor) => outgoing({ ...query, sort, limit: 4, cursor }));
      expect(
        seen.toSorted((a, b) => a - b),
        sort,
      ).toEqual(expected);
    }
  });

  test('incoming: by status and person', async () => {
    const unknown = await scroll((cursor) => incoming({ status: 'unknown', limit: 100, cursor }));
    expect(unknown).toHaveLength(250);
    const fromBob = await scroll((cursor) =>
      incoming({ status: 'registered', userId: 'Bob', limit: 100, cursor }),
    );
    expect(fromBob.every((index) => index % 3 === 2 && index % 4 !== 3)).toBe(true);
    expect(fromBob).toHaveLength(250);
  });
});

describe('LOG-4: constant cost', () => {
  test('OUT-4, IN-4: a first page of 50 reads 51, of 1,000 entries as of 3,000', async () => {
    const cost = async () => {
      world.counts.reset();
      const { items, nextCursor } = await incoming({});
      expect(items).toHaveLength(50);
      await incoming({ cursor: nextCursor });
      return world.counts.reads;
    };
    const atThousand = await cost();
    expect(atThousand).toBe(102);
    await fillIncoming(world, ada, 1000, 3000);
    expect(await cost()).toBe(102);
    const later = world.db
      .collection('incomingMessages')
      .where('receivedAt', '>=', Timestamp.fromDate(minute(1000)));
    for (const { ref } of (await later.select().get()).docs) await ref.delete();
  });

  test('a search by words reads at most 500 entries a page, and goes on from there', async () => {
    world.counts.reset();
    const first = await search({ in: 'incoming', words: 'thanks 999', limit: 10 });
    expect(first.ids).toEqual([999]);
    expect(world.counts.reads).toBeLessThanOrEqual(500);
    const none = await search({ in: 'incoming', words: 'thanks zero', limit: 10 });
    expect(none.ids).toEqual([]);
    expect(none.nextCursor).not.toBeNull();
    const all = await scroll(async (cursor) => {
      const { ids, nextCursor } = await search({ in: 'incoming', words: 'thanks 1', limit: 10, cursor });
      return { items: ids.map((id) => ({ id: String(id) })), nextCursor };
    });
    expect(all).toEqual([1]);
  });
});

describe('LOG-2: search', () => {
  test('by words: whole words, in any order and case, all of them', async () => {
    const expected = only((index) => index % 2 === 1).reverse();
    expect((await search({ in: 'outgoing', words: 'TOMORROW parcel' })).ids).toEqual(expected);
    expect((await search({ in: 'outgoing', words: 'until 7' })).ids).toEqual([7]);
    expect((await search({ in: 'outgoing', words: 'tomorr' })).ids).toEqual([]);
    expect(
      (
        await search({
          in: 'outgoing',
          words: 'delayed',
          sort: 'person',
          userId: 'Bob',
          operatorId: 'op_Olive',
          status: 'queued',
        })
      ).ids,
    ).toEqual([29, 23, 17, 11, 5]);
    expect(
      (
        await search({
          in: 'outgoing',
          words: 'ready',
          sort: '-time',
          from: '2026-11-01T00:26:00Z',
          status: 'delivered',
        })
      ).ids,
    ).toEqual([]);
  });

  test('by phone number, in any writing: the person’s texts, and those from before they were registered', async () => {
    const expected = only((index) => (index % 3 === 1 && index % 4 !== 3) || index % 8 === 3, 1000);
    for (const phoneNumber of ['+12025550143', '(202) 555-0143']) {
      const seen = await scroll(async (cursor) => {
        const { ids, nextCursor } = await search({
          in: 'incoming',
          phoneNumber,
          limit: 100,
          sort: '-time',
          cursor,
        });
        return { items: ids.map((id) => ({ id: String(id) })), nextCursor };
      });
      expect(seen).toEqual(expected);
    }
    expect((await search({ in: 'outgoing', phoneNumber: '202-555-0143', sort: '-time' })).ids).toEqual(
      only((index) => index % 3 === 1),
    );
  });

  test('by the number of nobody: what it wrote; nothing was ever sent to it', async () => {
    expect((await search({ in: 'incoming', phoneNumber: '+12025550199', limit: 100 })).ids).toHaveLength(100);
    expect((await search({ in: 'outgoing', phoneNumber: '+12025550199' })).ids).toEqual([]);
    expect((await search({ in: 'incoming', phoneNumber: '+12025550111' })).ids).toEqual([]);
  });

  test('PRIV-1: a cursor of a number search carries no number, and is good for another writing of it', async () => {
    const { nextCursor } = await search({ in: 'incoming', phoneNumber: '+12025550143', limit: 5 });
    expect(nextCursor).not.toContain('2025550143');
    expect(Buffer.from(nextCursor ?? '', 'base64url').toString('latin1')).not.toContain('2025550143');
    expect(
      (await search({ in: 'incoming', phoneNumber: '2025550143', limit: 5, cursor: nextCursor })).ids,
    ).toHaveLength(5);
  });

  test.each([
    [{ in: 'incoming', words: '!?', limit: 5 }, 'words'],
    [{ in: 'incoming', words: '+1 202 555 0143' }, 'words'],
    [{ in: 'incoming', phoneNumber: '123' }, 'phoneNumber'],
    [{ in: 'incoming', phoneNumber: '1'.repeat(30) }, 'phoneNumber'],
    [{ in: 'incoming', phoneNumber: '555-CALL' }, 'phoneNumber'],
    [{ in: 'incoming', words: 'a', status: 'delivered' }, 'status'],
    [{ in: 'outgoing', words: 'a', status: 'unknown' }, 'status'],
    [{ in: 'incoming', words: 'a', sort: 'operator' }, 'sort'],
    [{ in: 'incoming', words: 'a', operatorId: 'op_1' }, 'operatorId'],
  ])('refuses %j because of its %s', async (body, path) => {
    expect(await searchMessages(world.deps, messageSearch.parse(body))).toMatchObject({
      kind: 'refused',
      problem: { path },
    });
  });

  test('LOG-4: a cursor is good for its own list and filters only', async () => {
    const { nextCursor: cursor } = await outgoing({ limit: 5 });
    const wrong = [
      () => outgoing({ limit: 5, sort: 'person', cursor }),
      () => outgoing({ limit: 5, userId: 'Bob', cursor }),
      () => incoming({ limit: 5, cursor }),
      () => search({ in: 'outgoing', words: 'parcel', cursor }),
      () => outgoing({ limit: 5, cursor: `${cursor ?? ''}A` }),
      () => outgoing({ limit: 5, cursor: 'x' }),
    ];
    for (const each of wrong) await expect(each()).rejects.toMatchObject({ code: 'BAD_CURSOR' });
    expect((await outgoing({ limit: 9, cursor })).items).toHaveLength(9);
  });
});
