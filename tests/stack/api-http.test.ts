import { describe, expect, test } from 'vitest';
import { ApiClient, demoPassword, signIn } from '../support/api-client.ts';
import { stack } from '../support/stack.ts';
import { expectRefusal } from '../support/refusals.ts';

// The same door as in api-input.test.ts, but through Hosting and the functions framework, which would parse bodies and
// answer trouble with a page of their own.

async function raw(
  method: string,
  path: string,
  body: BodyInit | null,
  headers: Record<string, string>,
  base = stack().urls.api,
) {
  const response = await fetch(base + path, {
    method,
    body,
    headers: { origin: stack().urls.console, ...headers },
    redirect: 'manual',
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as unknown };
}

describe('through Hosting', () => {
  const json = { 'content-type': 'application/json' };
  test.each<[string, BodyInit | null, Record<string, string>, string]>([
    ['broken JSON', '{"email":', json, 'NOT_JSON'],
    ['10 MB', new Uint8Array(10 * 1024 * 1024).fill(0x20), json, 'BODY_TOO_LARGE'],
    ['a form', 'email=a', { 'content-type': 'application/x-www-form-urlencoded' }, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a broken form of parts', 'x', { 'content-type': 'multipart/form-data' }, 'UNSUPPORTED_MEDIA_TYPE'],
    [
      'an unknown charset',
      '{}',
      { 'content-type': 'application/json; charset=klingon' },
      'VALIDATION_FAILED',
    ],
    ['what claims to be compressed', '{}', { ...json, 'content-encoding': 'gzip' }, 'UNSUPPORTED_MEDIA_TYPE'],
    [
      'what is compressed in a way that there is not',
      '{}',
      { ...json, 'content-encoding': 'nosuch' },
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['what is no UTF-8', new Uint8Array([0x22, 0xff, 0x22]), json, 'NOT_JSON'],
    ['nothing', null, {}, 'UNSUPPORTED_MEDIA_TYPE'],
    [
      'a header of ours',
      '{}',
      { 'content-type': 'text/plain', 'x-parley-content-type': 'application/json' },
      'UNSUPPORTED_MEDIA_TYPE',
    ],
  ])('ACC-5: %s is refused in the one shape', async (_name, body, headers, code) => {
    expect(expectRefusal(await raw('POST', '/session', body, headers))).toBe(code);
  });

  test('ACC-5: what is not there is told so, in JSON, and so is a method that is not taken', async () => {
    expect(expectRefusal(await raw('GET', '/nosuch', null, {}))).toBe('NOT_FOUND');
    expect(expectRefusal(await raw('PUT', '/session', '{}', json))).toBe('METHOD_NOT_ALLOWED');
  });

  test('OP-4: another origin is refused, the console is not', async () => {
    const body = JSON.stringify({ email: 'owner@example.com', password: 'wrong' });
    expect(
      expectRefusal(await raw('POST', '/session', body, { ...json, origin: 'https://evil.example' })),
    ).toBe('CROSS_SITE_REFUSED');
    expect(
      expectRefusal(await raw('POST', '/session', body, { ...json, 'sec-fetch-site': 'cross-site' })),
    ).toBe('CROSS_SITE_REFUSED');
  });
});

test('OP-4: no answer of the API or of the webhook names the software that gave it', async () => {
  const { urls, settings } = stack();
  const calls: [string, string][] = [
    ['GET', `${urls.api}/health`],
    ['GET', `${urls.api}/nosuch`],
    ['PUT', `${urls.api}/session`],
    ['POST', `${settings.WEBHOOK_URL}/inbound`],
    ['GET', `${settings.WEBHOOK_URL}/nosuch`],
  ];
  for (const [method, address] of calls) {
    const { headers } = await fetch(address, { method });
    expect([address, headers.get('x-powered-by'), headers.get('server')]).toEqual([address, null, null]);
  }
});

describe('a session through Hosting', () => {
  test('OP-2, OP-9: is a cookie with a token that opens Firestore, until sign-out', async () => {
    const client = await signIn('viewer@example.com');
    const { body } = await client.call('GET', '/session');
    const { live, sessionId } = body as {
      sessionId: string;
      live: { token: string; projectId: string; emulator: { auth: string; firestore: string } };
    };
    expect(live.projectId).toBe('demo-parley');

    const exchange = await fetch(
      `http://${live.emulator.auth}/identitytoolkit.googleapis.com/v1/accounts:signInWithCustomToken?key=emulator`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token: live.token, returnSecureToken: true }),
      },
    );
    const { idToken } = (await exchange.json()) as { idToken: string };
    const claims = JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString()) as object;
    expect(claims).toMatchObject({ role: 'viewer', sid: sessionId });

    const read = async (path: string) => {
      const url = `http://${live.emulator.firestore}/v1/projects/demo-parley/databases/(default)/documents/${path}`;
      return (await fetch(url, { headers: { authorization: `Bearer ${idToken}` } })).status;
    };
    expect(await read('incomingMessages?pageSize=5')).toBe(200);
    expect(await read('users?pageSize=5')).toBe(403);
    expect((await client.call('DELETE', '/session')).status).toBe(204);
    expect(await read('incomingMessages?pageSize=5')).toBe(403);
    expect(await read(`sessions/${sessionId}`)).toBe(200);
    expect(await client.call('GET', '/session')).toMatchObject({
      status: 401,
      body: { errorCode: 'SESSION_ENDED' },
    });
  });

  test('OP-1: no answer to a wrong password tells more than another', async () => {
    const attempt = async (email: string) =>
      (await new ApiClient().call('POST', '/session', { body: { email, password: `${demoPassword}!` } }))
        .body;
    const [known, unknown] = [
      await attempt('viewer@example.com'),
      await attempt(`nobody-${Date.now()}@example.com`),
    ];
    expect(known).toMatchObject({ errorCode: 'CREDENTIALS_WRONG', message: 'E-mail or password is wrong.' });
    expect(unknown).toMatchObject({
      errorCode: 'CREDENTIALS_WRONG',
      message: 'E-mail or password is wrong.',
    });
  });
});
