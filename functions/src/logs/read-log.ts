import type { Query, QueryDocumentSnapshot } from '@google-cloud/firestore';
import type { SearchWord } from '../contract/fold.ts';
import type { Page } from '../contract/lists.ts';
import { holdsWords } from '../contract/search-words.ts';
import type { OutgoingSort } from '../contract/messages.ts';
import type { Config } from '../platform/config.ts';
import { decodeCursor, encodeCursor } from '../platform/cursor.ts';
import type { Database } from '../platform/firestore.ts';
import { logQuery, positionOf, startingAfter, type LogFilter, type LogName } from './logs-store.ts';

export interface LogDeps {
  db: Database;
  config: { secrets: Pick<Config['secrets'], 'sessionKeys'> };
}

/** A page of a log, as it is asked for. */
export interface LogRequest<T> {
  log: LogName;
  filter: LogFilter;
  /** Words that a text must have; `filter.word` only narrows down where to look. */
  sought?: readonly SearchWord[];
  sort: OutgoingSort;
  limit: number;
  cursor?: string | undefined;
  /** Names the list with all its filters: a cursor is good for that list only. */
  scope: string;
  toItem: (id: string, data: Record<string, unknown>) => T;
}

/** Entries that one page of a search by words may read. */
const MAX_SCANNED = 500;
const MAX_BITE = 100;

/**
 * One page of a log: a read for each entry of it and one more, whatever the log's size (LOG-4). A search by words may read
 * up to 500 that the index gives for the longest of them, and then answers with what it found and where to go on: a page
 * of it can be short or even empty and still not be the last, which `nextCursor` says. Throws BAD_CURSOR.
 */
export async function readLog<T>(deps: LogDeps, request: LogRequest<T>): Promise<Page<T>> {
  const { log, filter, sort, limit, scope, toItem } = request;
  const ring = deps.config.secrets.sessionKeys();
  const query = logQuery(deps.db, log, filter, sort);
  const position = request.cursor === undefined ? null : decodeCursor(ring, scope, request.cursor);
  if (query === null) return { items: [], nextCursor: null };
  const start = position === null ? query : startingAfter(query, log, sort, position);
  const { found, last } = await scan(start, limit, (document) => isSought(document, request));
  const nextCursor = last === null ? null : encodeCursor(ring, scope, positionOf(log, sort, last));
  return { items: found.map((document) => toItem(document.id, document.data())), nextCursor };
}

interface Scanned {
  found: QueryDocumentSnapshot[];
  /** Where the next page goes on after; null at the end of the log. */
  last: QueryDocumentSnapshot | null;
}

async function scan(
  start: Query,
  limit: number,
  isFound: (document: QueryDocumentSnapshot) => boolean,
): Promise<Scanned> {
  const found: QueryDocumentSnapshot[] = [];
  let query = start;
  // The first try reads a page; where that does not fill it, the words are rare, and larger bites save round trips.
  for (let scanned = 0, bite = limit + 1; ; bite = MAX_BITE) {
    const { docs } = await query.limit(bite).get();
    for (const document of docs) {
      if (!isFound(document)) continue;
      if (found.length === limit) return { found, last: found.at(-1) ?? null };
      found.push(document);
    }
    scanned += docs.length;
    const last = docs.at(-1);
    if (last === undefined || docs.length < bite) return { found, last: null };
    if (scanned + MAX_BITE > MAX_SCANNED) return { found, last };
    query = start.startAfter(last);
  }
}

function isSought(document: QueryDocumentSnapshot, { sought = [], filter }: LogRequest<unknown>): boolean {
  const body: unknown = document.get('body');
  if (sought.length === 0 || (typeof body === 'string' && holdsWords(body, sought))) return true;
  const hash: unknown = document.get('senderHash');
  return filter.sender?.some((each) => each === hash) ?? false;
}
