import { z } from 'zod';
import type { Page } from '../../contract/lists.ts';
import { cursorScope, decodeCursor, encodeCursor, type CursorValue } from '../../platform/cursor.ts';
import type { KeyRing } from '../../platform/key-ring.ts';
import type { ApiDeps } from '../deps.ts';

/** Which list, with which filters, under which keys: what a cursor belongs to. */
export interface PageScope {
  keys: KeyRing;
  scope: string;
  cursor: string | undefined;
  limit: number;
}

/** The page that a query asks for, of a list with this name. */
export type Pages = (
  list: string,
  query: Readonly<Record<string, unknown>> & { cursor?: string | undefined; limit: number },
) => PageScope;

export function pagesOf(deps: Pick<ApiDeps, 'config'>): Pages {
  return (list, query) => ({
    keys: deps.config.secrets.sessionKeys(),
    scope: cursorScope(list, query),
    cursor: query.cursor,
    limit: query.limit,
  });
}

const timePlace = z.tuple([z.number(), z.string()]);

/** Where a page of a list begins that is ordered by a time in whole milliseconds and then by id; null at its start. */
export function timePlaceOf({ keys, scope, cursor }: PageScope): { time: Date; id: string } | null {
  if (cursor === undefined) return null;
  const [time, id] = timePlace.parse(decodeCursor(keys, scope, cursor));
  return { time: new Date(time), id };
}

/** A page out of one row more than it holds: that one tells whether there is another page. */
export function cutPage<T>(
  { keys, scope, limit }: PageScope,
  found: readonly T[],
  placeOf: (row: T) => CursorValue[],
): Page<T> {
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last === undefined ? null : encodeCursor(keys, scope, placeOf(last)) };
}
