import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cursorScope, decodeCursor, encodeCursor } from '../../functions/src/platform/cursor.ts';
import type { KeyRing } from '../../functions/src/platform/key-ring.ts';

const key = (id: string) => ({ id, bytes: createHash('sha256').update(id).digest() });
const ring: KeyRing = [key('new'), key('old')];
const scope = cursorScope('people', { status: 'active', tag: undefined, cursor: 'x', limit: 5 });
const values = fc.array(
  fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer(), fc.constant(null)),
  { maxLength: 4 },
);
const refusal = expect.objectContaining({ code: 'BAD_CURSOR' }) as Error;

describe('LOG-4: cursors', () => {
  test('LOG-4: a cursor gives its values back, also after the keys have rotated', () => {
    fc.assert(
      fc.property(values, (row) => {
        expect(decodeCursor(ring, scope, encodeCursor([ring[1] ?? ring[0]], scope, row))).toEqual(row);
      }),
    );
  });

  test('LOG-4: a cursor with one changed character is refused', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=.+/ ';
    const cursor = encodeCursor(ring, scope, ['ada lovelace', 'u1']);
    for (let at = 0; at < cursor.length; at += 1) {
      for (const other of alphabet) {
        if (other === cursor[at]) continue;
        const changed = cursor.slice(0, at) + other + cursor.slice(at + 1);
        expect(() => decodeCursor(ring, scope, changed)).toThrow(refusal);
      }
    }
  });

  test('LOG-4: a cursor of another list, of other filters or under other keys is refused, as is any other text', () => {
    const cursor = encodeCursor(ring, scope, ['ada lovelace', 'u1']);
    expect(() => decodeCursor(ring, cursorScope('people', { status: 'inactive' }), cursor)).toThrow(refusal);
    expect(() => decodeCursor(ring, cursorScope('users', { status: 'active' }), cursor)).toThrow(refusal);
    expect(() => decodeCursor([key('other')], scope, cursor)).toThrow(refusal);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 1200 }), (garbage) => {
        expect(() => decodeCursor(ring, scope, garbage)).toThrow(refusal);
      }),
      { numRuns: 2000 },
    );
  });

  test('PRIV-3: a cursor does not show the values of its row', () => {
    const cursor = encodeCursor(ring, scope, ['ada lovelace', 'u1']);
    expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toMatch(/ada|love|u1/);
    expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
  });
});
