import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Firestore } from '@google-cloud/firestore';
import { describe, expect, test } from 'vitest';
import { arrivalOf } from '../../functions/src/entry/http/client-address.ts';
import { hideServer } from '../../functions/src/platform/raw-body.ts';
import { startApi } from '../support/api-in-process.ts';

const PROJECT = { projectId: 'acme-texts', emulator: false, consoleHosts: ['sms.example.com'] };
const GOOGLE = '66.249.84.1';
const CONSOLE = 'acme-texts.web.app';

describe('OP-5: a call is told to have come through Hosting', () => {
  test.each<[string, string | undefined, string | undefined, string, boolean]>([
    ['through Hosting', `203.0.113.9,${GOOGLE}`, CONSOLE, '203.0.113.9', true],
    ['at the second host', `203.0.113.9, ${GOOGLE}`, 'acme-texts.firebaseapp.com', '203.0.113.9', true],
    ['at an own domain, in capitals', `203.0.113.9, ${GOOGLE}`, 'SMS.example.com', '203.0.113.9', true],
    ['at a preview', `203.0.113.9, ${GOOGLE}`, 'acme-texts--pr1-abc123.web.app', '203.0.113.9', true],
    ['with a forged header before', `192.0.2.1, 203.0.113.9, ${GOOGLE}`, CONSOLE, '203.0.113.9', true],
    ['by IPv6', '2001:db8::1, 2a00:1450:4001::1', CONSOLE, '2001:db8::1', true],
    ['by IPv4 within IPv6', `::ffff:203.0.113.9, ::ffff:${GOOGLE}`, CONSOLE, '203.0.113.9', true],
    ['straight to the function', '203.0.113.9', undefined, '203.0.113.9', false],
    ['straight to it by IPv6', '2001:db8::1', undefined, '2001:db8::1', false],
    ['straight to it, naming the console', '203.0.113.9', CONSOLE, '203.0.113.9', false],
    ['straight to it, posing as Hosting', `192.0.2.1, ${GOOGLE}, 203.0.113.9`, CONSOLE, '203.0.113.9', false],
    ['from a machine in the cloud', `192.0.2.1, 34.68.0.1`, CONSOLE, '34.68.0.1', false],
    ['a front end alone', GOOGLE, CONSOLE, '', false],
    ['behind a front end, naming no host', `203.0.113.9, ${GOOGLE}`, undefined, '203.0.113.9', false],
    ['naming the function itself', `203.0.113.9, ${GOOGLE}`, 'api-x.a.run.app', '203.0.113.9', false],
    ['naming another project', `203.0.113.9, ${GOOGLE}`, 'acme.web.app', '203.0.113.9', false],
    ['naming a longer host', `203.0.113.9, ${GOOGLE}`, `${CONSOLE}.evil.example`, '203.0.113.9', false],
    ['naming a false preview', `203.0.113.9, ${GOOGLE}`, 'acme-texts--x.evil.web.app', '203.0.113.9', false],
    ['naming two hosts', `203.0.113.9, ${GOOGLE}`, `${CONSOLE},evil.example`, '203.0.113.9', false],
    ['without any header', undefined, undefined, '', false],
    ['with what is no address', `unknown, ${GOOGLE}`, CONSOLE, '', false],
    ['ending in what is no address', `203.0.113.9, unknown`, CONSOLE, '', false],
  ])('OP-5: %s', (_name, forwardedFor, forwardedHost, address, viaHosting) => {
    expect(arrivalOf({ forwardedFor, forwardedHost }, PROJECT)).toEqual({ address, viaHosting });
  });

  test('OP-5: direct calls are taken where the settings say so, with the address that cannot be forged', () => {
    const any = { ...PROJECT, consoleHosts: 'any' as const };
    expect(arrivalOf({ forwardedFor: '192.0.2.1, 203.0.113.9', forwardedHost: undefined }, any)).toEqual({
      address: '203.0.113.9',
      viaHosting: true,
    });
  });

  test('PRIV-5: on the emulators every call comes from this machine, whatever its headers claim', () => {
    const local = { projectId: 'demo-parley', emulator: true, consoleHosts: [] };
    for (const forwardedFor of [undefined, '203.0.113.9', `203.0.113.9, ${GOOGLE}`, 'nonsense'])
      expect(arrivalOf({ forwardedFor, forwardedHost: 'evil.example' }, local)).toEqual({
        address: '127.0.0.1',
        viaHosting: true,
      });
  });
});

test('OP-5: a call that did not come through Hosting is refused before anything is done with it', async () => {
  const { api, lines } = startApi(
    new Firestore({ projectId: 'demo-nowhere', host: '127.0.0.1:1', ssl: false }),
  );
  const body = JSON.stringify({ email: 'olga@example.com', password: 'correct horse battery' });
  const requests = [
    new Request('http://parley.invalid/api/v1/session', { method: 'POST', body }),
    new Request('http://parley.invalid/api/v1/health'),
    new Request('http://parley.invalid/nosuch'),
  ];
  for (const request of requests) {
    const answer = await api.fetch(request, { address: '203.0.113.9', viaHosting: false });
    expect([answer.status, await answer.json()]).toMatchObject([403, { errorCode: 'VIA_HOSTING_ONLY' }]);
  }
  expect(lines).toHaveLength(3);
});

test('OP-4: no answer names the software that gave it', async () => {
  const answer: RequestListener = (_request, response) => {
    response.setHeader('X-Powered-By', 'Express').setHeader('Content-Type', 'text/plain');
    response.end('x');
  };
  hideServer();
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { headers } = await fetch(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  server.close();
  expect([headers.get('x-powered-by'), headers.get('content-type')]).toEqual([null, 'text/plain']);
});
