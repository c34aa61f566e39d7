import { describe, expect, test } from 'vitest';
import { createInTurn } from '../../functions/src/platform/in-turn.ts';

/** A work that ends when it is told to, and tells when it begins. */
function held(name: string, told: string[]) {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  return {
    work: () => (told.push(name), promise),
    end: () => resolve(name),
    fail: () => reject(new Error(name)),
  };
}

describe('works in turn', () => {
  test('those of one key follow each other in order, whatever becomes of the ones before', async () => {
    const inTurn = createInTurn();
    const told: string[] = [];
    const [a, b, c] = [held('a', told), held('b', told), held('c', told)];
    const results = [inTurn('key', a.work), inTurn('key', b.work), inTurn('key', c.work)] as const;
    await Promise.resolve();
    expect(told).toEqual(['a']);
    a.end();
    expect(await results[0]).toBe('a');
    b.fail();
    await expect(results[1]).rejects.toThrow('b');
    c.end();
    expect(await results[2]).toBe('c');
    expect(told).toEqual(['a', 'b', 'c']);
  });

  test('those of different keys run side by side', async () => {
    const inTurn = createInTurn();
    const told: string[] = [];
    const [a, b] = [held('a', told), held('b', told)];
    const results = [inTurn('one', a.work), inTurn('two', b.work)] as const;
    await Promise.resolve();
    expect(told).toEqual(['a', 'b']);
    b.end();
    expect(await results[1]).toBe('b');
    a.end();
    expect(await results[0]).toBe('a');
  });
});
