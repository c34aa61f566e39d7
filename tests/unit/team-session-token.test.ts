import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parseKeyRing } from '../../functions/src/platform/key-ring.ts';
import { readSessionToken, signSessionToken } from '../../functions/src/team/session-token.ts';

const key = (id: string, fill: number) => `${id}:${Buffer.alloc(32, fill).toString('base64')}`;
const ring = parseKeyRing('SESSION_KEYS', `${key('b', 2)},${key('a', 1)}`);
const olderRing = parseKeyRing('SESSION_KEYS', key('a', 1));
const startedAt = new Date('2026-03-02T09:00:00.000Z');
const endsAt = new Date('2026-03-02T13:00:00.000Z');
const session = { sessionId: 's1', operatorId: 'op_1', startedAt, endsAt };
const during = new Date('2026-03-02T10:00:00.000Z');

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = {
  iss: 'parley',
  sub: 'op_1',
  sid: 's1',
  iat: startedAt.getTime() / 1000,
  exp: endsAt.getTime() / 1000,
};

/** A token made by hand, signed with HMAC under a key of 32 bytes `fill`. */
function forge(header: object, payload: object, fill: number, hash = 'sha256'): string {
  const text = `${part(header)}.${part(payload)}`;
  return `${text}.${createHmac(hash, Buffer.alloc(32, fill)).update(text).digest('base64url')}`;
}

describe('a session token', () => {
  test('OP-2: is a JWT of HS256 that names its key, its session and its end', async () => {
    const token = await signSessionToken(ring, session);
    const [header = '', payload = ''] = token.split('.');
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({ alg: 'HS256', kid: 'b' });
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toEqual(claims);
    expect(await readSessionToken(ring, token, during)).toEqual({
      kind: 'valid',
      claims: { sessionId: 's1', operatorId: 'op_1' },
    });
  });

  test('OP-2: is valid under any key of the ring, and under none that left it', async () => {
    const token = await signSessionToken(olderRing, session);
    expect((await readSessionToken(ring, token, during)).kind).toBe('valid');
    expect((await readSessionToken(parseKeyRing('SESSION_KEYS', key('b', 2)), token, during)).kind).toBe(
      'invalid',
    );
  });

  test('OP-2: is expired from its last second on', async () => {
    const token = await signSessionToken(ring, session);
    const at = async (instant: string) => (await readSessionToken(ring, token, new Date(instant))).kind;
    expect(await at('2026-03-02T12:59:59.999Z')).toBe('valid');
    expect(await at('2026-03-02T13:00:00.000Z')).toBe('expired');
  });

  const kid = 'b';
  test.each([
    ['alg none, unsigned', `${part({ alg: 'none', kid })}.${part(claims)}.`],
    ['alg none, signed', forge({ alg: 'none', kid }, claims, 2)],
    ['no alg', forge({ kid }, claims, 2)],
    ['another HMAC', forge({ alg: 'HS512', kid }, claims, 2, 'sha512')],
    ['an asymmetric algorithm', forge({ alg: 'RS256', kid }, claims, 2)],
    ['no key id', forge({ alg: 'HS256' }, claims, 2)],
    ['an unknown key id', forge({ alg: 'HS256', kid: 'c' }, claims, 2)],
    ['a foreign key', forge({ alg: 'HS256', kid }, claims, 9)],
    ['the key of another id', forge({ alg: 'HS256', kid }, claims, 1)],
    ['a foreign key and past its end', forge({ alg: 'HS256', kid }, { ...claims, exp: 1 }, 9)],
    ['no end', forge({ alg: 'HS256', kid }, { ...claims, exp: undefined }, 2)],
    ['an end that is no number', forge({ alg: 'HS256', kid }, { ...claims, exp: 'never' }, 2)],
    ['no session', forge({ alg: 'HS256', kid }, { ...claims, sid: undefined }, 2)],
    ['no operator', forge({ alg: 'HS256', kid }, { ...claims, sub: undefined }, 2)],
    ['another issuer', forge({ alg: 'HS256', kid }, { ...claims, iss: 'other' }, 2)],
    ['a critical header', forge({ alg: 'HS256', kid, crit: ['x'], x: 1 }, claims, 2)],
    [
      'a time before which it is not valid',
      forge({ alg: 'HS256', kid }, { ...claims, nbf: endsAt.getTime() / 1000 }, 2),
    ],
    ['nothing', ''],
    ['two parts', 'a.b'],
    ['four parts', 'a.b.c.d'],
    ['no base64', '!.!.!'],
  ])('OP-2: is refused with %s', async (_name, token) => {
    expect(await readSessionToken(ring, token, during)).toEqual({ kind: 'invalid' });
  });

  test('OP-2: is refused after any change of one character', async () => {
    const token = await signSessionToken(ring, session);
    const passed: string[] = [];
    for (let index = 0; index < token.length; index += 1) {
      for (const replacement of ['A', 'B', 'z', '0', '-', '_', '.', ' ', '']) {
        if (token[index] === replacement) continue;
        const changed = token.slice(0, index) + replacement + token.slice(index + 1);
        if ((await readSessionToken(ring, changed, during)).kind !== 'invalid') passed.push(changed);
      }
    }
    expect(passed).toEqual([]);
  });
});
