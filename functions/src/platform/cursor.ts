import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { AppError } from './errors.ts';
import type { KeyRing, RingKey } from './key-ring.ts';

/** What a cursor may carry: the sort values of the last row of a page. */
export type CursorValue = string | number | null;

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const MAX_CURSOR = 1024;
const payload = z.array(z.union([z.string(), z.number(), z.null()]));

function derived(key: RingKey): Buffer {
  return Buffer.from(hkdfSync('sha256', key.bytes, Buffer.alloc(0), 'parley cursor', 32));
}

/**
 * The cursor of the page after these values, sealed under the newest key: nobody can make one, and since cursors travel
 * in URLs, which are logged, nobody reads names out of one. `scope` names the list and every filter and sort of it, so
 * that a cursor is good for the very list that gave it out: `cursorScope('incoming', query)`.
 */
export function encodeCursor(ring: KeyRing, scope: string, values: readonly CursorValue[]): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, derived(ring[0]), iv).setAAD(Buffer.from(scope));
  const text = Buffer.concat([cipher.update(JSON.stringify(values), 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url');
}

/** The values of a cursor that this server gave out for `scope`, under any key of the ring. Throws BAD_CURSOR for others. */
export function decodeCursor(ring: KeyRing, scope: string, cursor: string): CursorValue[] {
  const sealed = Buffer.from(cursor.length > MAX_CURSOR ? '' : cursor, 'base64url');
  // Compared as text too: base64 readers skip stray characters, and one cursor has one writing.
  if (sealed.length <= IV_BYTES + TAG_BYTES || sealed.toString('base64url') !== cursor)
    throw new AppError('BAD_CURSOR');
  for (const key of ring) {
    const text = open(key, scope, sealed);
    if (text !== null) return payload.parse(JSON.parse(text));
  }
  throw new AppError('BAD_CURSOR');
}

function open(key: RingKey, scope: string, sealed: Buffer): string | null {
  const tag = sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES);
  try {
    const decipher = createDecipheriv(CIPHER, derived(key), sealed.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(Buffer.from(scope))
      .setAuthTag(tag);
    return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString(
      'utf8',
    );
  } catch {
    // Not sealed by this key for this list: the caller tries the next key.
    return null;
  }
}

/** A list and its filters as one text; `cursor` and `limit` do not count, since pages may change their size. */
export function cursorScope(list: string, filters: Readonly<Record<string, unknown>>): string {
  const { cursor: _cursor, limit: _limit, ...rest } = filters;
  const parts = Object.entries(rest).filter(([, value]) => value !== undefined);
  return `${list}?${JSON.stringify(parts.sort(([a], [b]) => (a < b ? -1 : 1)))}`;
}
