import { compare, getRounds, hashSync } from 'bcryptjs';
import { describe, expect, test } from 'vitest';
import { directBcrypt } from '../../functions/src/platform/bcrypt.ts';
import { hashPassword, isAcceptablePassword, isPassword } from '../../functions/src/team/password.ts';

const quick = (password: string) => hashSync(password, 4);

describe('a password', () => {
  test.each([
    ['11 bytes', 'a'.repeat(11), false],
    ['12 bytes', 'a'.repeat(12), true],
    ['72 bytes', 'a'.repeat(72), true],
    ['73 bytes', 'a'.repeat(73), false],
    ['12 bytes in 3 characters', '🔑🔑🔑', true],
    ['18 emoji, 72 bytes', '🔑'.repeat(18), true],
    ['19 emoji, 76 bytes', '🔑'.repeat(19), false],
    ['a NUL', `${'a'.repeat(12)}\u0000`, false],
    ['half an emoji', `${'a'.repeat(12)}\ud83d`, false],
    ['right-to-left text', 'كلمةسرطويلة', true],
    ['nothing', '', false],
  ])('OP-1: of %s', (_name, password, fine) => {
    expect(isAcceptablePassword(password)).toBe(fine);
  });

  test('OP-1: is hashed by bcrypt at cost 12, and never cut', async () => {
    expect(await hashPassword('a'.repeat(72), directBcrypt)).toMatch(/^\$2[aby]\$12\$/);
    await expect(hashPassword('a'.repeat(73), directBcrypt)).rejects.toThrow(RangeError);
  });

  test('OP-1: counts as it reads, whichever way its accents were composed', async () => {
    expect(await isPassword('cafe\u0301 au lait', quick('caf\u00e9 au lait'), directBcrypt)).toBe(true);
  });

  test.each([
    ['73 bytes whose first 72 are right', 'a'.repeat(73), 'a'.repeat(72)],
    ['bytes behind a NUL', 'a'.repeat(12), `${'a'.repeat(12)}\u0000b`],
    ['a NUL in what is typed', `${'a'.repeat(12)}\u0000`, 'a'.repeat(12)],
    ['nothing', '', 'a'.repeat(12)],
  ])('OP-1: is wrong with %s', async (_name, typed, stored) => {
    expect(await isPassword(typed, quick(stored), directBcrypt)).toBe(false);
  });

  test('OP-1: no password is right for an operator who has none', async () => {
    expect(await isPassword('', null, directBcrypt)).toBe(false);
    expect(await isPassword('a'.repeat(12), null, directBcrypt)).toBe(false);
  });

  test.each([
    ['a wrong password', 'wrong horse battery', true],
    ['an operator who is not there', 'wrong horse battery', false],
    ['a password that is too long to be right', 'a'.repeat(500), true],
    ['a password with NUL', 'a\u0000b', true],
  ])('OP-1: %s costs one comparison of cost 12, like any other', async (_what, typed, known) => {
    const stored = known ? await hashPassword('correct horse battery', directBcrypt) : null;
    // The real comparison, watched: what it costs is what an onlooker could time.
    const costs: number[] = [];
    const watched = (password: string, hash: string) => {
      costs.push(getRounds(hash));
      return compare(password, hash);
    };
    expect(await isPassword(typed, stored, { compare: watched })).toBe(false);
    expect(costs).toEqual([12]);
  });
});
