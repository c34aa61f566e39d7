import {
  FieldPath,
  Filter,
  Timestamp,
  type OrderByDirection,
  type Query,
  type QueryDocumentSnapshot,
} from '@google-cloud/firestore';
import type { OutgoingSort } from '../contract/messages.ts';
import { DocumentShapeError } from '../contract/live.ts';
import type { CursorValue } from '../platform/cursor.ts';
import type { Database } from '../platform/firestore.ts';
import { CUT } from '../platform/words.ts';

/**
 * Every query that is made on the two logs (LOG-2), built in one place, so that a test can list their shapes and hold
 * firestore.indexes.json to them.
 */

/** Where each log keeps what it is sorted by. */
const LOGS = {
  incoming: { collection: 'incomingMessages', fields: { time: 'receivedAt', person: 'sender' } },
  outgoing: {
    collection: 'outgoingMessages',
    fields: { time: 'queuedAt', person: 'recipient', operator: 'operator', due: 'dueAt' },
  },
} as const;

export type LogName = keyof typeof LOGS;

/** All of them hold at once. */
export interface LogFilter {
  status?: string | undefined;
  userId?: string | undefined;
  operatorId?: string | undefined;
  /** The first instant that counts. */
  from?: Date | undefined;
  /** The first instant that does not count any more. */
  to?: Date | undefined;
  /** One term as `wordsOf` writes it: entries that have it, and those that have more terms than the index keeps. */
  word?: string | undefined;
  /** Besides those with `word`, messages of the sender with one of these hashes; for the incoming log. */
  sender?: readonly string[] | undefined;
  /**
   * Messages of one address: those of its person, and those that it wrote while nobody was registered with it, under
   * any of its hashes.
   */
  phone?: { userId: string | null; hashes: readonly string[] } | undefined;
}

/** Fields that hold instants: two values in a cursor. */
const TIMES: ReadonlySet<string> = new Set(['receivedAt', 'queuedAt', 'dueAt']);

interface Order {
  field: string;
  direction: OrderByDirection;
}

/** By anything but time, the newest of equals come first; the id decides between those of one instant. */
function ordersOf(log: LogName, sort: OutgoingSort): Order[] {
  const { time, ...named } = LOGS[log].fields;
  if (sort === 'time') return [{ field: time, direction: 'desc' }];
  if (sort === '-time') return [{ field: time, direction: 'asc' }];
  const name = sort.replace('-', '');
  const field: unknown = Object.hasOwn(named, name) ? Reflect.get(named, name) : undefined;
  if (typeof field !== 'string') throw new RangeError(`The ${log} log is not sorted by ${name}.`);
  return [
    { field, direction: sort.startsWith('-') ? 'desc' : 'asc' },
    { field: time, direction: 'desc' },
  ];
}

/** Null when nothing can match: no message ever went to a number that is nobody's. */
export function logQuery(db: Database, log: LogName, filter: LogFilter, sort: OutgoingSort): Query | null {
  const { time } = LOGS[log].fields;
  let query: Query = db.collection(LOGS[log].collection);
  for (const field of ['status', 'userId', 'operatorId'] as const) {
    const value = filter[field];
    if (value !== undefined) query = query.where(field, '==', value);
  }
  if (filter.word !== undefined) query = query.where(wordFilter(filter.word, filter.sender));
  if (filter.phone !== undefined) {
    const whose = phoneFilter(log, filter.phone);
    if (whose === null) return null;
    query = query.where(whose);
  }
  if (filter.from !== undefined) query = query.where(time, '>=', Timestamp.fromDate(filter.from));
  if (filter.to !== undefined) query = query.where(time, '<', Timestamp.fromDate(filter.to));
  const orders = ordersOf(log, sort);
  for (const { field, direction } of orders) query = query.orderBy(field, direction);
  return query.orderBy(FieldPath.documentId(), orders.at(-1)?.direction ?? 'asc');
}

function wordFilter(word: string, sender: LogFilter['sender']): Filter {
  const byWord = Filter.where('words', 'array-contains-any', [word, CUT]);
  return sender === undefined ? byWord : Filter.or(byWord, Filter.where('senderHash', 'in', sender));
}

function phoneFilter(log: LogName, { userId, hashes }: NonNullable<LogFilter['phone']>): Filter | null {
  const byPerson = userId === null ? null : Filter.where('userId', '==', userId);
  if (log === 'outgoing') return byPerson;
  const byHash = Filter.where('senderHash', 'in', hashes);
  return byPerson === null ? byHash : Filter.or(byPerson, byHash);
}

/** Where a document stands in the order, as a cursor holds it. */
export function positionOf(log: LogName, sort: OutgoingSort, document: QueryDocumentSnapshot): CursorValue[] {
  const values = ordersOf(log, sort).flatMap(({ field }): CursorValue[] => {
    const value: unknown = document.get(field);
    if (value instanceof Timestamp) return [value.seconds, value.nanoseconds];
    if (typeof value === 'string') return [value];
    throw new DocumentShapeError(field);
  });
  return [...values, document.id];
}

/** The query from just after a position. The cursor's seal warrants that the values are ours. */
export function startingAfter(
  query: Query,
  log: LogName,
  sort: OutgoingSort,
  position: readonly CursorValue[],
): Query {
  const rest = [...position];
  const values = ordersOf(log, sort).map(({ field }) => {
    const value = rest.shift();
    return TIMES.has(field) ? new Timestamp(Number(value), Number(rest.shift())) : value;
  });
  return query.startAfter(...values, rest.shift());
}
