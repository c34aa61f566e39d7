import { Timestamp } from '@google-cloud/firestore';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical } from '../../functions/src/audit/canonical.ts';
import { comparePlaces } from '../../functions/src/audit/entry.ts';
import { hashEntry, hashSeal, nextSeal } from '../../functions/src/audit/seal-chain.ts';

const timestamp = fc
  .tuple(fc.integer({ min: 0, max: 4_000_000_000 }), fc.integer({ min: 0, max: 999_999 }))
  .map(([seconds, micros]) => new Timestamp(seconds, micros * 1000));
/** What an entry can hold. */
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    timestamp,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const entry = fc.record({
  id: fc.uuid(),
  at: timestamp,
  data: fc.dictionary(fc.string(), value, { maxKeys: 5, noNullPrototype: true }),
});
const key = Buffer.alloc(32, 5);

/** Another order of the same fields, all the way down. */
function shuffled(each: unknown): unknown {
  if (Array.isArray(each)) return each.map(shuffled);
  if (typeof each !== 'object' || each === null || each instanceof Timestamp) return each;
  return Object.fromEntries(
    Object.entries(each)
      .reverse()
      .map(([name, inner]) => [name, shuffled(inner)]),
  );
}

describe('the canonical text of an entry', () => {
  test('PRIV-5: does not depend on the order of the fields', () => {
    fc.assert(
      fc.property(value, (each) => canonical(each) === canonical(shuffled(each))),
      { numRuns: 2000 },
    );
  });

  test('PRIV-5: tells every two different values apart', () => {
    fc.assert(
      fc.property(value, value, (one, two) => {
        expect(canonical(one) === canonical(two)).toBe(
          Buffer.from(canonical(one)).equals(Buffer.from(canonical(two))),
        );
        const same = isSame(one, two);
        expect(canonical(one) === canonical(two)).toBe(same);
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    ['a number and its text', 1, '1'],
    ['null and its text', null, 'null'],
    ['a time and its text', new Timestamp(1, 2), '@1.2'],
    ['a list and a map', ['a'], { 0: 'a' }],
    ['nothing and an empty list', {}, []],
    ['two ways to split', ['a', 'b'], ['a,b']],
    ['two ways to nest', { a: { b: 1 } }, { a: '{"b":1}' }],
  ])('PRIV-5: tells %s apart', (_name, one, two) => {
    expect(canonical(one)).not.toBe(canonical(two));
  });

  test.each([undefined, NaN, Infinity, Buffer.from('x'), new Date(0), () => 1])(
    'PRIV-5: refuses %s, which no entry holds',
    (each) => {
      expect(() => canonical({ each })).toThrow(TypeError);
    },
  );
});

/** Equality that knows -0 and 0 as one, as Firestore's JSON does. */
function isSame(one: unknown, two: unknown): boolean {
  if (one instanceof Timestamp || two instanceof Timestamp)
    return one instanceof Timestamp && two instanceof Timestamp && one.isEqual(two);
  if (typeof one !== 'object' || one === null || typeof two !== 'object' || two === null) return one === two;
  if (Array.isArray(one) !== Array.isArray(two)) return false;
  const [left, right] = [one as Record<string, unknown>, two as Record<string, unknown>];
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((name) => Object.hasOwn(right, name) && isSame(left[name], right[name]))
  );
}

describe('a chain of seals', () => {
  const entries = fc.uniqueArray(entry, { minLength: 1, maxLength: 8, selector: (each) => each.id });

  test('PRIV-5: any change of a sealed entry changes its hash; any change of a seal changes its own', () => {
    fc.assert(
      fc.property(entries, timestamp, fc.nat(), (list, sealedAt, pick) => {
        const [first, ...rest] = [...list].sort(comparePlaces);
        if (first === undefined) return;
        const head = { seq: 7, hash: 'before', through: first };
        const seal = nextSeal(key, head, [first, ...rest], sealedAt);
        if (seal === null) throw new Error('There are entries, and no seal.');
        expect([seal.seq, seal.previous, seal.entries.length]).toEqual([8, 'before', list.length]);
        expect(hashSeal(key, seal)).toBe(seal.hash);
        const chosen = [first, ...rest][pick % list.length] ?? first;
        const sealed = seal.entries.find((each) => each.id === chosen.id)?.hash;
        expect(hashEntry(key, chosen)).toBe(sealed);
        expect(hashEntry(key, { ...chosen, data: { ...chosen.data, forged: true } })).not.toBe(sealed);
        expect(hashEntry(key, { ...chosen, id: `${chosen.id}x` })).not.toBe(sealed);
        expect(hashEntry(Buffer.alloc(32, 6), chosen)).not.toBe(sealed);
        const changes = [
          { seq: 9 },
          { previous: '' },
          { entries: seal.entries.slice(1) },
          { entries: [...seal.entries, { id: 'x', hash: 'y' }] },
          { sealedAt: new Timestamp(sealedAt.seconds + 1, 0) },
          { through: { ...seal.through, id: 'z' } },
          { key: 'derived' as const },
        ];
        for (const change of changes) expect(hashSeal(key, { ...seal, ...change })).not.toBe(seal.hash);
      }),
      { numRuns: 1000 },
    );
  });

  test('PRIV-5: a seal without entries ends where the one before it does, and none begins a chain', () => {
    const through = { at: new Timestamp(1_700_000_000, 0), id: 'a' };
    const at = new Timestamp(1_700_000_900, 0);
    const seal = nextSeal(key, { seq: 7, hash: 'before', through }, [], at);
    expect(seal).toMatchObject({ seq: 8, previous: 'before', entries: [], through, key: 'audit' });
    expect(nextSeal(key, null, [], at)).toBeNull();
  });
});
