import { Timestamp } from '@google-cloud/firestore';
import { describe, expect, test } from 'vitest';
import { DocumentShapeError } from '../../functions/src/contract/stored.ts';
import { readCounter, readSpend } from '../../functions/src/limits/send-counters-store.ts';
import { queryFailures } from '../../functions/src/outbox/failures-store.ts';
import { newestConsentEvents } from '../../functions/src/people/consent-events-store.ts';
import { readPhoneKey } from '../../functions/src/people/phone-keys-store.ts';
import { readSchemaVersion } from '../../functions/src/platform/schema-store.ts';
import { freshDatabase } from '../support/emulator.ts';

const NOW = new Date('2026-11-20T10:00:00.000Z');
const at = Timestamp.fromDate(NOW);

type Document = Readonly<Record<string, unknown>>;

const kinds = {
  counter: {
    path: 'sendCounters/op_1.2026-11-20',
    good: { operatorId: 'op_1', day: '2026-11-20', recent: [at], spentMicros: 7_900 },
    read: (db) => readCounter(db, 'op_1', NOW),
  },
  phoneKey: {
    path: 'phoneKeys/hash',
    good: { userId: 'person', active: true, optedOut: { at, source: 'keyword' }, suppressed: null },
    read: (db) => readPhoneKey(db, 'hash'),
  },
  consentEvent: {
    path: 'consentEvents/event',
    good: { at, kind: 'opted_out', change: 'added', source: 'keyword', phoneKey: 'hash', userId: null },
    read: (db) => newestConsentEvents(db, 'hash', 10),
  },
  failure: {
    path: 'outgoingMessages/m_1',
    good: { status: 'failed', userId: 'person', errorCode: 30_007, queuedAt: at, history: [] },
    read: (db) => queryFailures(db, new Date(0), null, 10),
  },
  schema: { path: 'settings/schema', good: { version: 5 }, read: readSchemaVersion },
} satisfies Record<
  string,
  { path: string; good: Document; read: (db: ReturnType<typeof freshDatabase>['db']) => Promise<unknown> }
>;
type Kind = keyof typeof kinds;

describe('a stored document that does not parse is an error and never a zero', () => {
  test.each(Object.keys(kinds).filter((kind): kind is Kind => kind in kinds))(
    'a proper %s is read',
    async (kind) => {
      const { db } = freshDatabase();
      await db.doc(kinds[kind].path).set({ ...kinds[kind].good });
      await expect(kinds[kind].read(db)).resolves.toBeTruthy();
    },
  );

  test.each<[Kind, string, unknown]>([
    ['counter', 'spentMicros', '7900'],
    ['counter', 'spentMicros', Number.NaN],
    ['counter', 'spentMicros', null],
    ['counter', 'recent', null],
    ['counter', 'recent', ['2026-11-20T10:00:00.000Z']],
    ['phoneKey', 'userId', 7],
    ['phoneKey', 'active', null],
    ['phoneKey', 'optedOut', true],
    ['phoneKey', 'suppressed', 'yes'],
    ['consentEvent', 'kind', 'opted out'],
    ['consentEvent', 'at', '2026-11-20'],
    ['failure', 'errorCode', '30007'],
    ['failure', 'history', null],
    ['schema', 'version', '5'],
  ])('OUT-11, CONS-1, OPS-4: a %s whose %s is %j', async (kind, field, value) => {
    const { db } = freshDatabase();
    await db.doc(kinds[kind].path).set({ ...kinds[kind].good, [field]: value });
    await expect(kinds[kind].read(db)).rejects.toEqual(new DocumentShapeError(field));
  });

  test.each<[Kind, string]>([
    ['counter', 'spentMicros'],
    ['counter', 'recent'],
    ['phoneKey', 'userId'],
    ['phoneKey', 'optedOut'],
    ['phoneKey', 'suppressed'],
  ])('OUT-11, CONS-1: a %s without its %s', async (kind, field) => {
    const { db } = freshDatabase();
    const { [field]: _, ...rest }: Record<string, unknown> = kinds[kind].good;
    await db.doc(kinds[kind].path).set(rest);
    await expect(kinds[kind].read(db)).rejects.toEqual(new DocumentShapeError(field));
  });

  test('OUT-11: what everybody has spent cannot be summed over a counter that is no number', async () => {
    const { db } = freshDatabase();
    await db.doc('sendCounters/op_1.2026-11-20').set({ ...kinds.counter.good });
    await expect(readSpend(db, NOW)).resolves.toBe(7_900);
    await db.doc('sendCounters/op_2.2026-11-20').set({ ...kinds.counter.good, spentMicros: Number.NaN });
    await expect(readSpend(db, NOW)).rejects.toEqual(new DocumentShapeError('spentMicros'));
  });
});
