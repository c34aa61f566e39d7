import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SENDER, startTestCarrier, type TestCarrier } from '../support/test-carrier.ts';

let carrier: TestCarrier;

beforeEach(async () => {
  carrier = await startTestCarrier();
});

afterEach(async () => {
  await carrier.stop();
  expect(carrier.broken).toEqual([]);
});

/** A request with headers that fetch would not let through. */
function raw(path: string, headers: Record<string, string>, method = 'GET'): Promise<number> {
  const { port } = new URL(carrier.url);
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

describe('DX-3: the carrier is for this machine only', () => {
  test.each([
    ['another host name, as DNS rebinding would send', { host: 'evil.example' }, 403],
    ['another origin', { origin: 'http://evil.example' }, 403],
    ['an origin of another port', { origin: 'http://127.0.0.1:1' }, 403],
    ['an opaque origin', { origin: 'null' }, 403],
    [
      'a cross-site request without origin',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
      403,
    ],
    ['a link that is followed here', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, 200],
    ['localhost', { host: 'localhost:5010' }, 200],
  ])('DX-3: %s: %j', async (_name, headers, status) => {
    expect(await raw('/dials', headers)).toBe(status);
  });

  test('DX-3: lets no other origin read an answer', async () => {
    for (const path of ['/', '/dials', '/handsets', '/nothing']) {
      const response = await fetch(carrier.url + path);
      expect(response.headers.has('access-control-allow-origin')).toBe(false);
      await response.arrayBuffer();
    }
  });

  test('DX-3: the carrier listens on 127.0.0.1 alone', () => {
    expect(carrier.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  test('DX-6: names a taken port, with the setting that changes it', async () => {
    const { port } = new URL(carrier.url);
    await expect(startTestCarrier({ port: Number(port) })).rejects.toThrow(
      `Port ${port} is taken. Set PARLEY_PORT_CARRIER to another, or end what has it.`,
    );
  });
});

describe('DX-3: addresses', () => {
  test('DX-3: answers 404 to an unknown address, and 405 to a wrong method with those that are allowed', async () => {
    expect(await carrier.call('GET', '/nothing')).toMatchObject({ status: 404, json: { code: 20404 } });
    const response = await fetch(`${carrier.url}/dials`, { method: 'POST' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, PUT, PATCH, DELETE');
    expect(await response.json()).toMatchObject({ code: 20004 });
  });

  test('DX-3: answers HEAD like GET, without a body', async () => {
    expect(await raw('/health', {}, 'HEAD')).toBe(200);
  });

  test('DX-3: answers GET /idle when nothing is under way any more', async () => {
    carrier.carrier.dials.replace({ delayMs: 20 });
    const { sid } = await carrier.sdk.messages.create({ to: '+12025550101', from: SENDER, body: 'Hi' });
    expect(await carrier.call('GET', '/idle')).toEqual({ status: 200, json: { idle: true } });
    expect(carrier.carrier.store.get(sid)?.status).toBe('delivered');
  });
});

describe('DX-4: the handsets page', () => {
  test('DX-4: the handsets page is served with a policy that lets nothing in from elsewhere', async () => {
    const response = await fetch(carrier.url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    );
    const html = await response.text();
    const files = [...html.matchAll(/(?:href|src)="(\/page\/[^"]+)"/g)].map((match) => match[1] ?? '');
    expect(files).toContain('/page/app.js');
    for (const file of files) expect((await fetch(carrier.url + file)).status).toBe(200);
  });

  test.each(['/page/tsconfig.json', '/page/..%2Fmain.ts', '/page/%2e%2e/main.ts', '/page/none.js', '/page/'])(
    'DX-4: %s is not served',
    async (path) => {
      expect(await raw(path, {})).toBe(404);
    },
  );

  test('DX-4: the handsets page gets each change of messages, dials and clock', async () => {
    const response = await fetch(`${carrier.url}/events`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    const until = async (event: string): Promise<void> => {
      while (!heard.includes(event)) {
        const { value, done } = (await reader?.read()) ?? { value: '', done: true };
        if (done) throw new Error(`ended before ${event}`);
        heard += value;
      }
    };
    await until('retry');
    await carrier.sdk.messages.create({ to: '+12025550101', from: SENDER, body: 'Hi' });
    await until('"status":"delivered"');
    await carrier.call('PATCH', '/dials', { seed: 9 });
    await until('event: dials');
    await carrier.call('POST', '/clock', { run: true });
    await until('event: clock');
    const statuses = [...heard.matchAll(/^event: text\ndata: (.*)$/gm)].map(
      (match) => (JSON.parse(match[1] ?? '') as { text: { status: string } }).text.status,
    );
    expect(statuses).toEqual(['queued', 'sending', 'sent', 'delivered']);
    await reader?.cancel();
  });

  test('DX-4: lets at most 32 pages listen', async () => {
    const stop = new AbortController();
    const open = (): Promise<Response> => fetch(`${carrier.url}/events`, { signal: stop.signal });
    const all = await Promise.all(Array.from({ length: 33 }, open));
    expect(all.map(({ status }) => status).toSorted()).toEqual([...Array<number>(32).fill(200), 503]);
    stop.abort();
  });
});
