import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Timestamp } from '@google-cloud/firestore';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { auditStore } from '../../functions/src/audit/audit-store.ts';
import { HOLD_KINDS } from '../../functions/src/contract/consent.ts';
import { INCOMING_SORTS, OUTGOING_SORTS } from '../../functions/src/contract/messages.ts';
import {
  countOverdue,
  outgoingBetween,
  samplePeople,
  samplePhoneKeys,
} from '../../functions/src/health/sample-store.ts';
import { hasArrivedSince, queryFailures } from '../../functions/src/outbox/failures-store.ts';
import { logQuery, type LogFilter } from '../../functions/src/logs/logs-store.ts';
import {
  findOverdue,
  findUndecidedOf,
  findWithProviderIds,
} from '../../functions/src/outbox/outgoing-store.ts';
import { openRevocations, queryOpenRevocations } from '../../functions/src/inbound/revocations-store.ts';
import { attentionQuery } from '../../functions/src/logs/waiting-store.ts';
import { newestConsentEvents, queryConsentEvents } from '../../functions/src/people/consent-events-store.ts';
import { POINTING, queryPointing } from '../../functions/src/people/number-traces-store.ts';
import { queryHolds } from '../../functions/src/people/phone-keys-store.ts';
import { spendQuery } from '../../functions/src/limits/send-counters-store.ts';
import { pageOfSealedNumbers, queryUsers } from '../../functions/src/people/users-store.ts';
import { environmentSettings, parseConfig } from '../../functions/src/platform/config.ts';
import { LOCAL_DEFAULTS } from '../../functions/src/platform/local-defaults.ts';
import { operatorsStore } from '../../functions/src/team/operators-store.ts';
import { sessionsStore } from '../../functions/src/team/sessions-store.ts';
import { queryRecorder } from '../support/query-recorder.ts';
import { canServe, shapesOf, unmetBy, type QueryShape } from '../support/query-shape.ts';

const root = join(import.meta.dirname, '../..');
const { db, queries, record } = queryRecorder();
const now = new Date('2026-11-20T12:00:00.000Z');

const indexFile = z.object({
  indexes: z.array(
    z.object({
      collectionGroup: z.string(),
      queryScope: z.literal('COLLECTION'),
      fields: z.array(
        z.object({ fieldPath: z.string(), order: z.string().optional(), arrayConfig: z.string().optional() }),
      ),
    }),
  ),
  fieldOverrides: z.array(
    z.object({ collectionGroup: z.string(), fieldPath: z.string(), indexes: z.array(z.unknown()) }),
  ),
});
const file = indexFile.parse(JSON.parse(readFileSync(join(root, 'firestore.indexes.json'), 'utf8')));

/** Every choice of some of these filters. */
function choices(filters: readonly LogFilter[]): LogFilter[] {
  return filters.reduce<LogFilter[]>(
    (all, each) => [...all, ...all.map((one) => ({ ...one, ...each }))],
    [{}],
  );
}

const plain: LogFilter[] = [{ status: 's' }, { userId: 'u' }, { from: now }, { to: now }, { word: 'w' }];
const ofSender: LogFilter = { word: 'w', sender: ['h', 'i'] };

async function recordLogs(): Promise<void> {
  const run = (log: 'incoming' | 'outgoing', filter: LogFilter, sort: (typeof OUTGOING_SORTS)[number]) =>
    record(() => logQuery(db, log, filter, sort)?.limit(50).get() ?? Promise.reject(new Error('no query')));
  for (const sort of OUTGOING_SORTS) {
    for (const filter of choices([...plain, { operatorId: 'o' }])) {
      // The contract asks for a status with this sort.
      if (!sort.endsWith('due') || filter.status !== undefined) await run('outgoing', filter, sort);
    }
  }
  const phones: LogFilter[] = [
    { phone: { userId: null, hashes: ['h', 'i'] } },
    { phone: { userId: 'u', hashes: ['h'] } },
  ];
  for (const sort of INCOMING_SORTS) {
    for (const phone of [{}, ofSender, ...phones])
      for (const filter of choices(plain)) await run('incoming', { ...filter, ...phone }, sort);
  }
}

/** Every query of every other store. A file that makes queries and is not named below fails the test after this. */
async function recordStores(): Promise<void> {
  await record(() => findOverdue(db, ['queued', 'sending'], now, 10));
  await record(() => db.runTransaction((transaction) => findWithProviderIds(db, ['SM1'], transaction)));
  await record(() => db.runTransaction((transaction) => findUndecidedOf(db, 'u', transaction)));
  await record(() => spendQuery(db, '2026-11-20').get());
  await record(() => attentionQuery(db).get());
  await record(() => openRevocations(db).get());
  await record(() => countOverdue(db, now, 10));
  for (const to of [{}, { to: now }])
    for (const status of [{}, { status: 'failed' }])
      await record(() => outgoingBetween(db, { from: now, ...to, ...status }, 10));
  await record(() => samplePeople(db, 'm', 10));
  await record(() => samplePhoneKeys(db, 'm', 10));
  const after = { sortName: 'a', id: 'b' };
  for (const filter of [
    {},
    { status: 'active' as const },
    { tag: 't' },
    { status: 'active' as const, tag: 't' },
    { last4: '0143' },
    { namePrefix: 'a' },
  ]) {
    for (const start of [null, after])
      await record(() => queryUsers(db, filter, { after: start, limit: 10 }));
  }
  for (const start of ['', 'a']) await record(() => pageOfSealedNumbers(db, start, 10));
  const place = { time: now, id: 'a' };
  for (const start of [null, place]) {
    for (const kind of HOLD_KINDS) await record(() => queryHolds(db, kind, start, 10));
    await record(() => queryConsentEvents(db, { userId: 'u', phoneKey: 'h' }, start, 10));
    await record(() => queryOpenRevocations(db, start, 10));
    await record(() => queryFailures(db, now, start, 10));
  }
  for (const name of POINTING) await record(() => queryPointing(db, name, 'h'));
  await record(() => newestConsentEvents(db, 'h', 10));
  await record(() => hasArrivedSince(db, 'u', now));
  const sessions = sessionsStore(db);
  for (const operator of [null, 'op_1']) await record(() => sessions.livePage(operator, now, null, 10));
  await record(() => db.runTransaction((transaction) => sessions.liveOf(transaction, 'op_1', now)));
  const operators = operatorsStore(
    db,
    parseConfig(environmentSettings(LOCAL_DEFAULTS), { projectId: 'demo-recorder', emulator: true }),
  );
  await record(() => operators.page(null, 10));
  await record(() => db.runTransaction((transaction) => operators.findInvited(transaction, 'h')));
  await record(() => db.runTransaction((transaction) => operators.activeOwners(transaction)));
  const audit = auditStore(db);
  const at = Timestamp.fromDate(now);
  for (const action of [{}, { action: 'message.accepted' as const }]) {
    for (const actor of [{}, { actorId: 'op_1' }])
      await record(() => audit.page({ ...action, ...actor }, null, 10));
  }
  await record(() => audit.sealEnd(at));
  await record(() => audit.entries(null, null, 10));
  await record(() => audit.entries({ at, id: 'a' }, at, 10));
  await record(() => audit.lastSeal());
  for (const id of ['', 'a']) await record(() => audit.sealsAfter(id, 10));
}

let shapes: QueryShape[];

beforeAll(async () => {
  await recordLogs();
  await recordStores();
  shapes = queries.flatMap(shapesOf);
});

describe('LOG-2, LOG-4: every query has its indexes, which the emulator does not ask for', () => {
  test('LOG-2: each query that the stores can make is answered by firestore.indexes.json', () => {
    expect(shapes.length).toBeGreaterThan(700);
    const unmet = shapes.flatMap((shape) => {
      const missing = unmetBy(shape, file);
      return missing === null ? [] : [`${JSON.stringify(shape)} lacks an index for ${missing}`];
    });
    expect([...new Set(unmet)]).toEqual([]);
  });

  test('LOG-4: each index serves a query, and there are fewer than Firestore’s 200', () => {
    const idle = file.indexes.filter((index) => !shapes.some((shape) => canServe(index, shape)));
    expect(idle).toEqual([]);
    expect(file.indexes.length).toBeLessThan(200);
    expect(new Set(file.indexes.map((index) => JSON.stringify(index))).size).toBe(file.indexes.length);
  });

  test('LOG-2: no file makes queries that are not recorded here', () => {
    const sources = readdirSync(join(root, 'functions/src'), { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.ts'),
    );
    const asking = sources.filter((name) =>
      /\.(?:where|orderBy|collectionGroup)\(/.test(readFileSync(join(root, 'functions/src', name), 'utf8')),
    );
    expect(asking.sort()).toEqual([
      'audit/audit-store.ts',
      // Asks for the indexes themselves, one by one.
      'health/probes-store.ts',
      'health/sample-store.ts',
      'inbound/revocations-store.ts',
      'limits/send-counters-store.ts',
      'logs/logs-store.ts',
      'logs/waiting-store.ts',
      'outbox/failures-store.ts',
      'outbox/outgoing-store.ts',
      'people/consent-events-store.ts',
      'people/number-traces-store.ts',
      'people/phone-keys-store.ts',
      'people/users-store.ts',
      'team/operators-store.ts',
      'team/sessions-store.ts',
    ]);
  });
});

describe('LOG-2: Firestore’s rules for indexes, as this test applies them', () => {
  const index = (...fields: string[]) => ({
    collectionGroup: 'c',
    fields: fields.map((each) => {
      const path = each.replace(/^[-*]/, '');
      if (each.startsWith('*')) return { fieldPath: path, arrayConfig: 'CONTAINS' };
      return { fieldPath: path, order: each.startsWith('-') ? 'DESCENDING' : 'ASCENDING' };
    }),
  });
  const shape = (equal: string[], contains: string[], sort: string[]): QueryShape => ({
    collection: 'c',
    equal,
    contains,
    sort,
  });
  const exempt = (field: string) => ({ collectionGroup: 'c', fieldPath: field, indexes: [] });

  test.each<[string, QueryShape, ReturnType<typeof index>[], string | null]>([
    ['a sort by one field needs no composite index', shape([], [], ['-t']), [], null],
    ['a sort by two fields needs one', shape([], [], ['p', '-t']), [], 'p, -t'],
    ['one in other directions does not serve', shape([], [], ['p', '-t']), [index('p', 't')], 'p, -t'],
    ['one in the same directions serves', shape([], [], ['p', '-t']), [index('p', '-t')], null],
    ['equalities without a sort need none', shape(['a', 'b'], ['w'], []), [], null],
    ['an equality with a sort needs one', shape(['a'], [], ['-t']), [], 'a'],
    ['one that ends with another sort does not serve', shape(['a'], [], ['-t']), [index('a', 't')], 'a'],
    [
      'several indexes with the same sort merge',
      shape(['a', 'b'], ['w'], ['-t']),
      [index('a', '-t'), index('b', '-t'), index('*w', '-t')],
      null,
    ],
    ['they do not merge without one for each field', shape(['a', 'b'], [], ['-t']), [index('a', '-t')], 'b'],
    [
      'an index with a field that is not asked for does not serve',
      shape(['a'], [], ['-t']),
      [index('a', 'b', '-t')],
      'a',
    ],
    ['array-contains is no equality', shape(['w'], [], ['-t']), [index('*w', '-t')], 'w'],
  ])('%s', (_what, query, indexes, missing) => {
    expect(unmetBy(query, { indexes, fieldOverrides: [] })).toBe(missing);
  });

  test('LOG-2: a field that is exempt has no index by itself', () => {
    expect(unmetBy(shape([], [], ['t']), { indexes: [], fieldOverrides: [exempt('t')] })).toBe('t');
    expect(
      unmetBy(shape(['a'], [], ['t']), { indexes: [index('a', 't')], fieldOverrides: [exempt('a')] }),
    ).toBeNull();
  });
});
