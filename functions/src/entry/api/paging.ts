import { z } from 'zod';
import type { Page } from '../../contract/lists.ts';
import { decodeCursor, encodeCursor, type CursorValue } from '../../platform/cursor.ts';
import type { KeyRing } from '../../platform/key-ring.ts';

/** Which list, with which filters, under which keys: what a cursor belongs to. */
export interface PageScope {
  keys: KeyRing;
  scope: string;
  cursor: string | undefined;
  limit: number;
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
