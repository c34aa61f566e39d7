import { describe, expect, test } from 'vitest';
import { clientAddress } from '../../functions/src/entry/http/client-address.ts';
import { isSameOrigin, type OriginHeaders } from '../../functions/src/entry/http/origin-check.ts';
import { readSessionCookie, sessionCookie } from '../../functions/src/entry/http/session-cookie.ts';

const none: OriginHeaders = { origin: null, secFetchSite: null, forwardedHost: null, host: 'parley.example' };

describe('where a request comes from', () => {
  test.each<[string, Partial<OriginHeaders>, boolean]>([
    ['a program, without headers', {}, true],
    ['the console', { origin: 'https://parley.example', secFetchSite: 'same-origin' }, true],
    [
      'the console behind Hosting',
      { origin: 'https://parley.example', host: 'api-x.run.app', forwardedHost: 'parley.example' },
      true,
    ],
    ['the console on a port', { origin: 'http://127.0.0.1:5000', host: '127.0.0.1:5000' }, true],
    ['the console, typed in capitals', { origin: 'https://PARLEY.example' }, true],
    ['the address bar', { secFetchSite: 'none' }, true],
    ['another site', { origin: 'https://evil.example', secFetchSite: 'cross-site' }, false],
    ['another site, by an old browser', { origin: 'https://evil.example' }, false],
    ['another site, without an origin', { secFetchSite: 'cross-site' }, false],
    ['a sister site', { origin: 'https://other.parley.example', secFetchSite: 'same-site' }, false],
    ['another port', { origin: 'https://parley.example:8443' }, false],
    ['a longer name', { origin: 'https://parley.example.evil.example' }, false],
    ['a sandboxed frame', { origin: 'null' }, false],
    ['what is no origin', { origin: 'parley.example' }, false],
    [
      'the function behind Hosting, by its own name',
      { origin: 'https://api-x.run.app', host: 'api-x.run.app', forwardedHost: 'parley.example' },
      false,
    ],
    ['a browser that tells no host', { origin: 'https://parley.example', host: null }, false],
  ])('OP-4: %s', (_name, headers, fine) => {
    for (const method of ['POST', 'PATCH', 'DELETE', 'PUT'])
      expect(isSameOrigin(method, { ...none, ...headers })).toBe(fine);
    for (const method of ['GET', 'HEAD']) expect(isSameOrigin(method, { ...none, ...headers })).toBe(true);
  });
});

describe('the address of a client', () => {
  const frontEnd = '66.249.84.1';
  test.each([
    ['straight to the function', '203.0.113.9', '203.0.113.9'],
    ['straight to it, with a forged header', '192.0.2.1, 203.0.113.9', '203.0.113.9'],
    ['straight to it, posing as Hosting', `192.0.2.1, ${frontEnd}, 203.0.113.9`, '203.0.113.9'],
    ['through Hosting', `203.0.113.9,${frontEnd}`, '203.0.113.9'],
    ['through Hosting, with a forged header', `192.0.2.1, 203.0.113.9, ${frontEnd}`, '203.0.113.9'],
    ['through Hosting by IPv6', '2001:db8::1, 2a00:1450:4001::1', '2001:db8::1'],
    ['a front end alone', frontEnd, ''],
    ['no address', 'unknown', ''],
    ['what is no address behind a front end', `unknown, ${frontEnd}`, ''],
    ['commas', ' , ,', '127.0.0.1'],
    ['no header', undefined, '127.0.0.1'],
  ])('OP-5: %s', (_name, forwardedFor, address) => {
    expect(clientAddress(forwardedFor, '127.0.0.1')).toBe(address);
  });

  test('OP-5: is unknown where there is neither header nor peer', () => {
    expect(clientAddress(undefined, undefined)).toBe('');
  });
});

describe('the session cookie', () => {
  test.each([
    ['__session=abc', 'abc'],
    ['a=b; __session=abc; c=d', 'abc'],
    ['__session=abc; __session=def', null],
    ['__session=', null],
    ['__Session=abc', null],
    ['x__session=abc', null],
    ['', null],
    [null, null],
  ])('OP-2: %s reads as %s', (header, value) => {
    expect(readSessionCookie(header)).toBe(value);
  });

  test.each([
    ['09:00:00.000', 14_400],
    ['09:00:00.900', 14_399],
    ['12:59:59.500', 0],
    ['13:00:00.000', 0],
    ['14:00:00.000', 0],
  ])(
    'OP-2: at %s is kept for %i seconds, until the session ends, by this site and server only',
    (time, seconds) => {
      const at = (text: string) => new Date(`2026-03-02T${text}Z`);
      expect(sessionCookie('abc', at('13:00:00.000'), at(time))).toBe(
        `__session=abc; Path=/; HttpOnly; Secure; SameSite=Strict; Max-Age=${String(seconds)}`,
      );
    },
  );
});
