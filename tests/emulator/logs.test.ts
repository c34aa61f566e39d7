import { Timestamp } from '@google-cloud/firestore';
import { beforeAll, describe, expect, test } from 'vitest';
import { incomingQuery, messageSearch, outgoingQuery } from '../../functions/src/contract/messages.ts';
import { createEntry } from '../../functions/src/outbox/outgoing-store.ts';
import { receiveInbound } from '../../functions/src/inbound/receive-inbound.ts';
import { listIncoming } from '../../functions/src/logs/list-incoming.ts';
import { listOutgoing } from '../../functions/src/logs/list-outgoing.ts';
import { searchMessages } from '../../functions/src/logs/search-messages.ts';
import { fillIncoming, fillOutgoing, minute, operators, people } from '../support/log-entries.ts';
import { newMessageSid } from '../support/emulator.ts';
import { messagingWorld, worldStart, type MessagingWorld } from '../support/messaging-world.ts';

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
  ])(
    'LOG-4: the outgoing log sorted by %s is the same in one page and in pages of 7',
    async (sort, expected) => {
      expect(numbers((await outgoing({ sort })).items)).toEqual(expected);
      expect(await scroll((cursor) => outgoing({ sort, limit: 7, cursor }))).toEqual(expected);
    },
  );

  test.each(['time', '-time', 'person', '-person'])(
    'LOG-4: by %s the incoming log shows each entry once, in pages of 100',
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
  ])('LOG-2: the filter by %s holds with every sort, in pages of 4', async (_what, query, keep) => {
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

  test('LOG-2: the incoming log filtered by status, and by status and person', async () => {
    const unknown = await scroll((cursor) => incoming({ status: 'unknown', limit: 100, cursor }));
    expect(unknown).toHaveLength(250);
    const fromBob = await scroll((cursor) =>
      incoming({ status: 'registered', userId: 'Bob', limit: 100, cursor }),
    );
    expect(fromBob.every((index) => index % 3 === 2 && index % 4 !== 3)).toBe(true);
    expect(fromBob).toHaveLength(250);
  });
});

describe('LOG-2, OUT-8: scheduled messages by when they are due', () => {
  test('OUT-8: the next one first, or last, in one page and in pages of 2, with each filter', async () => {
    const due = [40, 10, 30, 20, 10].map((hours) => new Date(worldStart.getTime() + hours * 3_600_000));
    for (const [index, dueAt] of due.entries()) {
      const entry = {
        id: `due-${String(index)}`,
        queuedAt: minute(100 + index),
        due: { at: dueAt, timeZone: 'UTC' },
      };
      const batch = world.db.batch();
      const person = {
        to: { kind: 'person', userId: ada, label: 'Ada' } as const,
        body: 'See you later',
        origin: { kind: 'operator', id: 'op_Otto', label: 'Otto' } as const,
      };
      createEntry(batch, world.db, { ...entry, ...person, requestHash: 'h', requestId: 'r' });
      await batch.commit();
    }
    const next = [4, 1, 3, 2, 0];
    const filters = [{}, { userId: ada }, { operatorId: 'op_Otto' }, { from: minute(100).toISOString() }];
    for (const filter of filters) {
      const asked = { ...filter, status: 'scheduled', sort: 'due' };
      expect(numbers((await outgoing(asked)).items)).toEqual(next);
      expect(await scroll((cursor) => outgoing({ ...asked, limit: 2, cursor }))).toEqual(next);
      const last = await scroll((cursor) => outgoing({ ...asked, sort: '-due', limit: 2, cursor }));
      expect(last).toEqual([0, 2, 3, 4, 1]);
    }
    expect((await search({ in: 'outgoing', words: 'later', status: 'scheduled', sort: 'due' })).ids).toEqual(
      next,
    );
    for (const index of due.keys()) await world.db.doc(`outgoingMessages/due-${String(index)}`).delete();
  });

  test.each<[string, Record<string, unknown>, boolean]>([
    ['scheduled', { status: 'scheduled' }, true],
    ['held', { status: 'held' }, true],
    ['delivered', { status: 'delivered' }, false],
    ['any status', {}, false],
  ])('OUT-8: sorting by it is for what waits: %s', (_what, filter, allowed) => {
    for (const sort of ['due', '-due']) {
      const parsed = outgoingQuery.safeParse({ ...filter, sort });
      expect(parsed.success).toBe(allowed);
      expect(parsed.error?.issues.map(({ path }) => path) ?? []).toEqual(allowed ? [] : [['sort']]);
      expect(messageSearch.safeParse({ in: 'outgoing', words: 'a', ...filter, sort }).success).toBe(allowed);
    }
    expect(incomingQuery.safeParse({ sort: 'due' }).success).toBe(false);
  });
});

describe('LOG-2: a range that ends before it begins is refused', () => {
  const instant = '2026-11-01T00:00:00Z';
  test.each([
    ['before', instant, '2026-10-31T00:00:00Z'],
    ['at its start', instant, instant],
    ['at its start, in another zone', instant, '2026-11-01T02:00:00+02:00'],
  ])('LOG-2: %s', (_what, from, to) => {
    for (const parsed of [
      incomingQuery.safeParse({ from, to }),
      outgoingQuery.safeParse({ from, to }),
      messageSearch.safeParse({ in: 'incoming', words: 'a', from, to }),
    ])
      expect(parsed.error?.issues).toMatchObject([
        { path: ['to'], message: 'The end of the range must be after its start.' },
      ]);
  });

  test('LOG-2: one that ends a millisecond later, or has one end only, is not', () => {
    for (const range of [
      { from: instant, to: '2026-11-01T00:00:00.001Z' },
      { from: instant },
      { to: instant },
    ])
      expect(outgoingQuery.safeParse(range).success).toBe(true);
  });
});

describe('LOG-4: constant cost', () => {
  test('LOG-4: a page of 50 entries costs 51 reads, of 1,000 entries as of 3,000', async () => {
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

  test('LOG-4: a page of a search by words reads at most 500 entries, and the next goes on from there', async () => {
    world.counts.reset();
    const first = await search({ in: 'incoming', words: 'thanks 999', limit: 10 });
    expect(first.ids).toEqual([999]);
    expect(world.counts.reads).toBeLessThanOrEqual(500);
    const none = await search({ in: 'incoming', words: 'thanks zero', limit: 10 });
    expect(none.ids).toEqual([]);
    expect(none.nextCursor).not.toBeNull();
    const all = await scroll(async (cursor) => {
      const { ids, nextCursor } = await search({ in: 'incoming', words: 'thanks 99', limit: 10, cursor });
      return { items: ids.map((id) => ({ id: String(id) })), nextCursor };
    });
    expect(all).toEqual([999, 998, 997, 996, 994, 993, 992, 991, 99]);
  });
});

describe('LOG-2: search', () => {
  test('LOG-2: by the beginnings of words, in any order and case, all of them', async () => {
    const expected = only((index) => index % 2 === 1).reverse();
    expect((await search({ in: 'outgoing', words: 'TOMORROW parcel' })).ids).toEqual(expected);
    expect((await search({ in: 'outgoing', words: 'until 7' })).ids).toEqual([7]);
    expect((await search({ in: 'outgoing', words: 'tomorr' })).ids).toEqual(expected);
    expect((await search({ in: 'outgoing', words: 'omorrow' })).ids).toEqual([]);
    expect((await search({ in: 'outgoing', words: 'tomorrows' })).ids).toEqual([]);
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

  test('LOG-2: by phone number, in any writing: the person’s messages, and those from before they were registered', async () => {
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

  test('LOG-2: accents, width, apostrophes, and parts of texts without spaces', async () => {
    const texts = [
      'A naïve idea',
      'Kaʻahumanu Avenue',
      'I am texting',
      '明日東京駅で会いましょう',
      'พรุ่งนี้ที่สถานี',
    ];
    for (const [index, body] of texts.entries()) await world.accepted(ada, `${body} ${String(index)}`);
    const found = async (words: string) => {
      const result = await searchMessages(world.deps, messageSearch.parse({ in: 'outgoing', words }));
      return result.kind === 'found' ? result.page.items.map(({ body }) => body.slice(0, -2)) : [];
    };
    expect(await found('NAIVE')).toEqual([texts[0]]);
    expect(await found('kaahumanu')).toEqual([texts[1]]);
    expect(await found('text')).toEqual([texts[2]]);
    expect(await found('ｔｅｘｔｉｎｇ')).toEqual([texts[2]]);
    expect(await found('東京駅')).toEqual([texts[3]]);
    expect(await found('สถานี')).toEqual([texts[4]]);
    const own = await world.db.collection('outgoingMessages').where('operator', '==', 'Olive Operator').get();
    for (const { ref } of own.docs) await ref.delete();
  });

  test('LOG-2: the last word of a message that has more words than the index keeps', async () => {
    const body = `${Array.from({ length: 1600 }, (_, index) => `${index.toString(36).padStart(3, 'q')}xy`).join(' ')} lighthouse`;
    const sid = newMessageSid();
    await receiveInbound(
      world.deps,
      { sid, from: '+12025550199', body, segments: 1, media: [], optOutType: null },
      'request-in',
    );
    for (const [words, found] of [
      ['lighthouse', [sid]],
      ['qq5xy light', [sid]],
      ['lighthouses', []],
    ] as const) {
      const result = await searchMessages(world.deps, messageSearch.parse({ in: 'incoming', words }));
      expect(result.kind === 'found' && result.page.items.map(({ id }) => id)).toEqual(found);
    }
    await world.db.doc(`incomingMessages/${sid}`).delete();
  });

  test.each([
    ['12345', ['12345', ' 12345 ', '１２３４５']],
    ['Acme Bank', ['Acme Bank', 'acme  bank', 'ACME BANK']],
    ['alerts@example.com', ['alerts@example.com', 'Alerts@Example.com']],
  ])('LOG-2: by a sender that is no number: %s', async (from, writings) => {
    const sid = newMessageSid();
    await receiveInbound(
      world.deps,
      { sid, from, body: 'Your code is 1234', segments: 1, media: [], optOutType: null },
      'request-in',
    );
    for (const phoneNumber of writings) {
      const result = await searchMessages(world.deps, messageSearch.parse({ in: 'incoming', phoneNumber }));
      expect(result.kind === 'found' && result.page.items.map(({ id }) => id)).toEqual([sid]);
    }
    expect((await search({ in: 'outgoing', phoneNumber: from })).ids).toEqual([]);
    for (const words of [...writings, 'code 1234']) {
      const result = await searchMessages(world.deps, messageSearch.parse({ in: 'incoming', words }));
      expect(result.kind === 'found' && result.page.items.map(({ id }) => id)).toEqual([sid]);
    }
    expect((await search({ in: 'incoming', words: 'nobody' })).ids).toEqual([]);
    await world.db.doc(`incomingMessages/${sid}`).delete();
  });

  test('LOG-2: by the number of nobody: what it wrote, and nothing in the outgoing log', async () => {
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
    [{ in: 'incoming', phoneNumber: '12' }, 'phoneNumber'],
    [{ in: 'incoming', phoneNumber: '1'.repeat(30) }, 'phoneNumber'],
    [{ in: 'incoming', phoneNumber: '1-800-FLOWERS' }, 'phoneNumber'],
    [{ in: 'incoming', phoneNumber: '1.90756E+10' }, 'phoneNumber'],
    [{ in: 'incoming', phoneNumber: '?!' }, 'phoneNumber'],
    [{ in: 'incoming', words: 'a', status: 'delivered' }, 'status'],
    [{ in: 'outgoing', words: 'a', status: 'unknown' }, 'status'],
    [{ in: 'incoming', words: 'a', sort: 'operator' }, 'sort'],
    [{ in: 'incoming', words: 'a', operatorId: 'op_1' }, 'operatorId'],
  ])('LOG-2: a search for %j is refused because of its %s', async (body, path) => {
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
