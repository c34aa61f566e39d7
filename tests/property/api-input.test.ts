import { Firestore } from '@google-cloud/firestore';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { acceptInvitation, signIn } from '../../functions/src/contract/team.ts';
import { startApi } from '../support/api-in-process.ts';
import { expectRefusal } from '../support/refusals.ts';

// Nothing here may reach the datastore: it does not answer, so a test that asks it would not end.
const parley = startApi(new Firestore({ projectId: 'demo-nowhere', host: '127.0.0.1:1', ssl: false }));

const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => new Uint8Array(array));
const path = fc.constantFrom('/session', '/operators/invitation');
/** What stands in headers and cookies: visible ASCII and the Latin letters above it. */
const headerText = fc.string({
  unit: fc
    .integer({ min: 0x20, max: 0xff })
    .filter((code) => code !== 0x7f)
    .map((code) => String.fromCharCode(code)),
  maxLength: 300,
});
const nearlyRight = fc.record(
  {
    email: fc.oneof(fc.emailAddress(), fc.string({ unit: 'binary' }), fc.integer(), fc.constant(null)),
    token: fc.oneof(fc.string({ unit: 'binary' }), fc.boolean()),
    password: fc.oneof(
      fc.string({ unit: 'binary', maxLength: 1200 }),
      fc.array(fc.string()),
      fc.constant(undefined),
    ),
    extra: fc.anything(),
  },
  { requiredKeys: [] },
);

describe('what a stranger can send', () => {
  test('ACC-5: any bytes are refused in the one shape', async () => {
    await fc.assert(
      fc.asyncProperty(path, bytes, async (to, raw) => {
        expectRefusal(await parley.call('POST', to, { raw }), ['NOT_JSON', 'VALIDATION_FAILED']);
      }),
      { numRuns: 2000 },
    );
  });

  test('ACC-5: any JSON that is no sign-in and no invitation is refused, naming the fields', async () => {
    await fc.assert(
      fc.asyncProperty(path, fc.oneof(fc.jsonValue(), nearlyRight), async (to, body) => {
        const sent: unknown = JSON.parse(JSON.stringify(body) ?? 'null');
        fc.pre(!signIn.safeParse(sent).success && !acceptInvitation.safeParse(sent).success);
        const answer = await parley.call('POST', to, { body: sent });
        if (expectRefusal(answer, ['VALIDATION_FAILED', 'NOT_JSON']) === 'NOT_JSON') {
          expect(JSON.stringify(sent)).toContain('__proto__');
          return;
        }
        const details = (answer.body as { details: { path: unknown; message: unknown }[] }).details;
        expect(details.length).toBeGreaterThan(0);
        for (const problem of details)
          expect([typeof problem.path, typeof problem.message]).toEqual(['string', 'string']);
      }),
      { numRuns: 3000 },
    );
  });

  test('OP-3, ACC-5: any cookie that is no token opens nothing', async () => {
    const routes = parley.api.routes.filter((route) => route.access !== 'public');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...routes), headerText, fc.boolean(), async (route, text, named) => {
        const cookie = named ? `__session=${text}` : text;
        const to = route.path.slice('/api/v1'.length).replace(/\{\w+\}/g, 'x');
        expectRefusal(await parley.call(route.method, to, { cookie }), ['NOT_SIGNED_IN']);
      }),
      { numRuns: 2000 },
    );
  });

  test('ACC-5: any path is answered in the one shape', async () => {
    const segment = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '..',
        '.',
        '%',
        '%00',
        '%E0%A4%A',
        '//',
        'session',
        'people',
        'operators',
        '{operatorId}',
        '__proto__',
      ),
    );
    const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'PROPFIND');
    await fc.assert(
      fc.asyncProperty(method, fc.array(segment, { maxLength: 4 }), async (how, segments) => {
        const to = `/${segments.map((each) => each.replace(/[?#]/g, '')).join('/')}`;
        const request = new Request(`http://parley.invalid/api/v1${to}`, { method: how });
        const answer = await parley.api.fetch(request);
        expect(answer.status).toBeLessThan(500);
        if (answer.status === 405) expect(answer.headers.get('allow')).toMatch(/^[A-Z, ]+$/);
        const text = await answer.text();
        if (how !== 'HEAD' && answer.status >= 400)
          expectRefusal({ status: answer.status, headers: answer.headers, body: JSON.parse(text) });
      }),
      { numRuns: 3000 },
    );
  });

  test('ACC-5: any query on a route that takes none is refused', async () => {
    const query = fc.webQueryParameters().filter((text) => text !== '' && new URLSearchParams(text).size > 0);
    await fc.assert(
      fc.asyncProperty(query, async (text) => {
        expectRefusal(await parley.call('GET', `/health?${text}`), ['VALIDATION_FAILED']);
      }),
      { numRuns: 1000 },
    );
  });

  test('OP-4: any other origin is refused before anything else is looked at', async () => {
    const origin = fc.oneof(
      fc.webUrl(),
      headerText,
      fc.constantFrom('null', 'file://', 'https://parley.invalid.evil', 'https://parley.invalid:81'),
    );
    await fc.assert(
      fc.asyncProperty(origin, fc.constantFrom('POST', 'PATCH', 'DELETE'), async (text, method) => {
        fc.pre(text.trim() !== '' && !(URL.canParse(text) && new URL(text).host === 'parley.invalid'));
        const headers = { origin: text, 'x-forwarded-host': 'parley.invalid' };
        expectRefusal(
          await parley.call(method, '/session', { headers, body: { email: 'a@example.com', password: 'x' } }),
          ['CROSS_SITE_REFUSED'],
        );
      }),
      { numRuns: 1000 },
    );
  });
});

describe('bodies', () => {
  const send = (raw: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    parley.call('POST', '/session', { raw, headers });
  const good = JSON.stringify({ email: 'a@example.com', password: 'x', extra: 1 });

  test.each<[string, string | Uint8Array<ArrayBuffer>, Record<string, string>, string]>([
    ['of 10 MB', new Uint8Array(10 * 1024 * 1024).fill(0x20), {}, 'BODY_TOO_LARGE'],
    ['of one byte too many', '"'.padEnd(64 * 1024, 'x') + '"', {}, 'BODY_TOO_LARGE'],
    ['that claims to be large', good, { 'content-length': '99999999' }, 'BODY_TOO_LARGE'],
    [
      'that is a form',
      'email=a',
      { 'content-type': 'application/x-www-form-urlencoded' },
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['of no type', good, { 'content-type': '' }, 'UNSUPPORTED_MEDIA_TYPE'],
    ['of a lookalike type', good, { 'content-type': 'application/jsonp' }, 'UNSUPPORTED_MEDIA_TYPE'],
    ['that is compressed', good, { 'content-encoding': 'gzip' }, 'UNSUPPORTED_MEDIA_TYPE'],
    ['that is empty', '', {}, 'NOT_JSON'],
    ['that is cut off', good.slice(0, -1), {}, 'NOT_JSON'],
    ['in Latin-1', new Uint8Array([0x22, 0xe9, 0x22]), {}, 'NOT_JSON'],
    [
      'in UTF-16',
      new Uint8Array(Buffer.from(good, 'utf16le')),
      { 'content-type': 'application/json; charset=utf-16' },
      'NOT_JSON',
    ],
    ['with a surrogate as bytes', new Uint8Array([0x22, 0xed, 0xa0, 0xbd, 0x22]), {}, 'NOT_JSON'],
    ['nested a thousand times', '['.repeat(1000) + ']'.repeat(1000), {}, 'VALIDATION_FAILED'],
    ['nested beyond reason', '['.repeat(60_000), {}, 'NOT_JSON'],
    [
      'with a prototype',
      '{"email":"a@example.com","password":"x","__proto__":{"role":"owner"}}',
      {},
      'NOT_JSON',
    ],
    ['with an extra field', good, {}, 'VALIDATION_FAILED'],
    ['that is a number', '7', {}, 'VALIDATION_FAILED'],
    ['that is null', 'null', {}, 'VALIDATION_FAILED'],
    ['with a NUL in the e-mail', '{"email":"a\\u0000@example.com","password":"x"}', {}, 'VALIDATION_FAILED'],
    [
      'with an e-mail that is too long',
      JSON.stringify({ email: `${'a'.repeat(250)}@example.com`, password: 'x' }),
      {},
      'VALIDATION_FAILED',
    ],
    [
      'with a password that is too long',
      JSON.stringify({ email: 'a@example.com', password: 'x'.repeat(1001) }),
      {},
      'VALIDATION_FAILED',
    ],
    [
      'with a doubled field of another type',
      '{"email":"a@example.com","password":"x","email":7}',
      {},
      'VALIDATION_FAILED',
    ],
  ])('ACC-5: one %s is refused', async (_name, raw, headers, code) => {
    expect(expectRefusal(await send(raw, headers))).toBe(code);
  });

  test('ACC-5, PRIV-1: a number among the fields is not sent back', async () => {
    const answer = await send('{"+12025550143":1,"email":{"12025550143":1}}');
    expectRefusal(answer, ['VALIDATION_FAILED']);
    expect(JSON.stringify(answer.body)).not.toContain('2025550143');
  });
});
