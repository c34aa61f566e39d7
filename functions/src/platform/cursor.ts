import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { AppError } from './errors.ts';
import type { KeyRing, RingKey } from './key-ring.ts';

/** What a cursor may carry: the sort values of the last row of a page. */
export type CursorValue = string | number | null;

const TAG_BYTES = 16;
const MAX_CURSOR = 1024;
const payload = z.array(z.union([z.string(), z.number(), z.null()]));

function tag(key: RingKey, scope: string, text: string): Buffer {
  const derived = Buffer.from(hkdfSync('sha256', key.bytes, Buffer.alloc(0), 'parley cursor', 32));
  return createHmac('sha256', derived).update(`${scope}\n${text}`).digest().subarray(0, TAG_BYTES);
}

/**
 * The cursor of the page after these values, signed under the newest key. `scope` names the list and every filter and
 * sort of it, so that a cursor is good for the very list that gave it out: `cursorScope('incoming', query)`.
 */
export function encodeCursor(ring: KeyRing, scope: string, values: readonly CursorValue[]): string {
  const text = Buffer.from(JSON.stringify(values)).toString('base64url');
  return `${text}.${tag(ring[0], scope, text).toString('base64url')}`;
}

/** The values of a cursor that this server gave out for `scope`, under any key of the ring; else throws BAD_CURSOR. */
export function decodeCursor(ring: KeyRing, scope: string, cursor: string): CursorValue[] {
  const [text, signature, ...rest] = cursor.length > MAX_CURSOR ? [] : cursor.split('.');
  if (text === undefined || signature === undefined || rest.length > 0) throw new AppError('BAD_CURSOR');
  // Compared as text too: base64 readers skip stray characters, and one cursor has one writing.
  const claimed = Buffer.from(signature, 'base64url');
  const genuine = ring.some((key) => claimed.length === TAG_BYTES && timingSafeEqual(claimed, tag(key, scope, text)));
  if (!genuine || claimed.toString('base64url') !== signature) throw new AppError('BAD_CURSOR');
  return payload.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
}

/** A list and its filters as one text; `cursor` and `limit` do not count, since pages may change their size. */
export function cursorScope(list: string, filters: Readonly<Record<string, unknown>>): string {
  const { cursor: _cursor, limit: _limit, ...rest } = filters;
  const parts = Object.entries(rest).filter(([, value]) => value !== undefined);
  return `${list}?${JSON.stringify(parts.sort(([a], [b]) => (a < b ? -1 : 1)))}`;
}
