import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Firestore } from '@google-cloud/firestore';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createApiFrame } from '../../functions/src/entry/http/app.ts';
import { bytesIn, bytesOut } from '../../functions/src/entry/http/bytes.ts';
import { handleApi } from '../../functions/src/entry/http/handler.ts';
import { json } from '../../functions/src/entry/http/json.ts';
import { nothing } from '../../functions/src/entry/http/kinds.ts';
import { streamOut } from '../../functions/src/entry/http/stream.ts';
import { AppError } from '../../functions/src/platform/errors.ts';
import { startApi } from '../support/api-in-process.ts';
import { pollUntil } from '../support/poll-until.ts';

const PICTURES = ['image/png', 'image/jpeg'] as const;
const MEGABYTE = 1024 * 1024;
const size = z.strictObject({ size: z.number() });

/** A frame of the API without routes; nothing here reaches a datastore. */
function frame() {
  const { deps, lines } = startApi(
    new Firestore({ projectId: 'demo-nowhere', host: '127.0.0.1:1', ssl: false }),
  );
  return { api: createApiFrame(deps), config: deps.config, lines };
}
type Frame = ReturnType<typeof frame>;

const at = 'http://parley.invalid/api/v1';
const codeOf = async (answer: Response) => ((await answer.json()) as { errorCode: string }).errorCode;

let closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing) close();
  closing = [];
});

/** Serves a frame over a socket, as the deployed function does. */
async function served({ api, config }: Frame): Promise<string> {
  const listener: RequestListener = (request, response) => void handleApi({ api, config }, request, response);
  const server = createServer(listener).listen(0, '127.0.0.1');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/api/v1`;
}

describe('a body of bytes', () => {
  function upload() {
    const made = frame();
    made.api.route({
      method: 'put',
      path: '/picture',
      summary: 'Keep a picture',
      access: 'public',
      body: bytesIn({ maxBytes: MEGABYTE, types: PICTURES }),
      status: 200,
      response: json(size.extend({ type: z.string() })),
      handler: async ({ input: { body } }) => ({ size: body.bytes.byteLength, type: body.type }),
    });
    const put = (body: RequestInit['body'], type = 'image/png', headers = {}) =>
      made.api.fetch(
        new Request(`${at}/picture`, {
          method: 'PUT',
          body: body ?? null,
          headers: { 'content-type': type, ...headers },
          duplex: 'half',
        } as RequestInit),
      );
    return { ...made, put };
  }

  test('IN-8: comes to the handler whole, with its type', async () => {
    const answer = await upload().put(new Uint8Array(MEGABYTE), 'image/jpeg; q=1');
    expect([answer.status, await answer.json()]).toEqual([200, { size: MEGABYTE, type: 'image/jpeg' }]);
  });

  test.each<[string, RequestInit['body'], string, Record<string, string>, string]>([
    ['of one byte too many', new Uint8Array(MEGABYTE + 1), 'image/png', {}, 'BODY_TOO_LARGE'],
    [
      'that claims to be large',
      new Uint8Array(3),
      'image/png',
      { 'content-length': '9999999' },
      'BODY_TOO_LARGE',
    ],
    ['of another type', new Uint8Array(3), 'image/svg+xml', {}, 'UNSUPPORTED_MEDIA_TYPE'],
    ['of no type', new Uint8Array(3), '', {}, 'UNSUPPORTED_MEDIA_TYPE'],
    [
      'that is compressed',
      new Uint8Array(3),
      'image/png',
      { 'content-encoding': 'gzip' },
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['that is empty', new Uint8Array(0), 'image/png', {}, 'VALIDATION_FAILED'],
    ['that is missing', undefined, 'image/png', {}, 'VALIDATION_FAILED'],
  ])('ACC-5: one %s is refused', async (_name, body, type, headers, code) => {
    expect(await codeOf(await upload().put(body, type, headers))).toBe(code);
  });

  test('ACC-5: is counted as it comes and read no further than its limit, whatever the headers claim', async () => {
    let given = 0;
    let canceled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        given += 64 * 1024;
        controller.enqueue(new Uint8Array(64 * 1024));
      },
      cancel() {
        canceled = true;
      },
    });
    const answer = await upload().put(endless, 'image/png', { 'content-length': '10' });
    expect([answer.status, await codeOf(answer), canceled]).toEqual([413, 'BODY_TOO_LARGE', true]);
    expect(given).toBeLessThan(MEGABYTE + 4 * 64 * 1024);
  });

  test('ACC-5: a JSON body may be as large as its route says', async () => {
    const { api } = frame();
    api.route({
      method: 'post',
      path: '/rows',
      summary: 'Take rows',
      access: 'public',
      body: json(z.strictObject({ text: z.string() }), { maxBytes: MEGABYTE }),
      status: 204,
      response: nothing,
      handler: async () => undefined,
    });
    const post = (length: number) =>
      api.fetch(
        new Request(`${at}/rows`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ text: 'x'.repeat(length) }),
        }),
      );
    expect((await post(MEGABYTE - 20)).status).toBe(204);
    expect(await codeOf(await post(MEGABYTE))).toBe('BODY_TOO_LARGE');
  });
});

describe('an answer of bytes', () => {
  const answering = (type: string) => {
    const made = frame();
    made.api.route({
      method: 'get',
      path: '/picture',
      summary: 'A picture',
      access: 'public',
      status: 200,
      response: bytesOut(PICTURES),
      handler: async ({ setHeader }) => {
        setHeader('Content-Disposition', 'attachment');
        return { type, bytes: new Uint8Array([1, 0, 255]) };
      },
    });
    return made;
  };

  test('IN-8: is sent as it is, with its type and length, and kept by nobody', async () => {
    const answer = await fetch(`${await served(answering('image/png'))}/picture`);
    expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([1, 0, 255]);
    const headers = ['content-type', 'content-length', 'content-disposition', 'cache-control'];
    expect(headers.map((name) => answer.headers.get(name))).toEqual([
      'image/png',
      '3',
      'attachment',
      'private, no-store',
    ]);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('IN-8: of a type that the route does not name is no answer', async () => {
    const { api } = answering('text/html');
    expect(await codeOf(await api.fetch(new Request(`${at}/picture`)))).toBe('INTERNAL');
  });

  test('ACC-1: is described with its types', () => {
    const { paths } = answering('image/png').api.describe() as {
      paths: Record<string, { get: { responses: Record<string, { content: object }> } }>;
    };
    expect(paths['/api/v1/picture']?.get.responses['200']?.content).toEqual({
      'image/png': { schema: { type: 'string', format: 'binary' } },
      'image/jpeg': { schema: { type: 'string', format: 'binary' } },
    });
  });
});

describe('an answer that streams', () => {
  /** A route that streams `chunks` chunks of `each` bytes, and what became of it. */
  function streaming(chunks: number, each = 64 * 1024, limits = {}, pause?: () => Promise<unknown>) {
    const seen = { made: 0, returned: false, aborted: false };
    async function* rows(signal: AbortSignal) {
      signal.addEventListener('abort', () => (seen.aborted = true));
      try {
        for (; seen.made < chunks; seen.made += 1) {
          yield new Uint8Array(each).fill(0x61);
          await pause?.();
        }
      } finally {
        seen.returned = true;
      }
    }
    const made = frame();
    made.api.route({
      ...limits,
      method: 'get',
      path: '/rows',
      summary: 'Rows',
      access: 'public',
      status: 200,
      response: streamOut('text/csv'),
      handler: async ({ signal }) => rows(signal),
    });
    return { ...made, seen };
  }

  test('LOG-5: comes whole', async () => {
    const { seen, ...made } = streaming(50, 1000);
    const answer = await fetch(`${await served(made)}/rows`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv']);
    expect((await answer.text()).length).toBe(50_000);
    expect(seen).toEqual({ made: 50, returned: true, aborted: false });
  });

  test('LOG-5: waits for a slow reader: of 50 MB no more is made ahead than fits the buffers of the connection', async () => {
    const { seen, ...made } = streaming(50 * 16);
    const url = `${await served(made)}/rows`;
    const response = await new Promise<IncomingMessage>((resolve) => get(url, resolve));
    response.pause();
    let before = -1;
    await pollUntil(async () => {
      const still = seen.made === before;
      before = seen.made;
      return still && before > 0;
    });
    expect(seen.made * 64 * 1024).toBeLessThan(25 * MEGABYTE);
    let bytes = 0;
    let backlog = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      backlog = Math.max(backlog, seen.made * 64 * 1024 - bytes);
    }
    expect([bytes, seen.made, seen.returned]).toEqual([50 * MEGABYTE, 800, true]);
    expect(backlog).toBeLessThan(25 * MEGABYTE);
  });

  test('LOG-5: is given up when its reader goes away', async () => {
    const { seen, lines, ...made } = streaming(50 * 16);
    const reader = new AbortController();
    const answer = await fetch(`${await served({ ...made, lines })}/rows`, { signal: reader.signal });
    await answer.body?.getReader().read();
    reader.abort();
    await pollUntil(async () => seen.returned);
    expect(seen.made).toBeLessThan(800);
    expect(lines.filter((line) => line.includes('api.failed'))).toEqual([]);
  });

  test('LOG-5: ends at its deadline, cut off and not as if it were whole', async () => {
    const { seen, lines, ...made } = streaming(1000, 10, { deadlineMilliseconds: 50 }, async () => {
      await new Promise((resolve) => setTimeout(resolve, 10));
    });
    const answer = await fetch(`${await served({ ...made, lines })}/rows`);
    await expect(answer.text()).rejects.toThrow();
    await pollUntil(async () => seen.returned);
    expect(seen.aborted).toBe(true);
    expect(lines.filter((line) => line.includes('"errorCode":"UNAVAILABLE"'))).toHaveLength(1);
  });

  test('LOG-5: what fails before the first chunk is answered, what fails later is cut off and logged', async () => {
    const failing = (after: number) => {
      const made = frame();
      async function* rows() {
        if (after === 0) throw new AppError('PERSON_NOT_FOUND');
        yield new Uint8Array(10);
        throw new TypeError('broken');
      }
      made.api.route({
        method: 'get',
        path: '/rows',
        summary: 'Rows',
        access: 'public',
        status: 200,
        response: streamOut('text/csv'),
        handler: async () => rows(),
      });
      return made;
    };
    expect(await codeOf(await fetch(`${await served(failing(0))}/rows`))).toBe('PERSON_NOT_FOUND');
    const later = failing(1);
    const answer = await fetch(`${await served(later)}/rows`);
    await expect(answer.text()).rejects.toThrow();
    expect(later.lines.filter((line) => line.includes('api.failed'))).toHaveLength(1);
  });

  test('LOG-5: holds its place until it has been sent', async () => {
    const { api } = streaming(3, 10, { concurrency: 1 });
    const ask = () => api.fetch(new Request(`${at}/rows`));
    const first = await ask();
    const busy = await ask();
    expect([busy.status, busy.headers.get('retry-after'), await codeOf(busy)]).toEqual([
      429,
      '1',
      'ROUTE_BUSY',
    ]);
    await first.text();
    const next = await ask();
    expect(next.status).toBe(200);
    await next.body?.cancel();
    expect((await ask()).status).toBe(200);
  });
});

describe('the limits of a route', () => {
  test('ACC-4: at its deadline the caller is told, and the place stays taken while the work goes on', async () => {
    const { api } = frame();
    let finish = () => {};
    api.route({
      method: 'get',
      path: '/slow',
      summary: 'Slow',
      access: 'public',
      deadlineMilliseconds: 50,
      concurrency: 1,
      status: 204,
      response: nothing,
      handler: () => new Promise<void>((resolve) => (finish = resolve)),
    });
    const ask = () => api.fetch(new Request(`${at}/slow`));
    expect(await codeOf(await ask())).toBe('UNAVAILABLE');
    expect(await codeOf(await ask())).toBe('ROUTE_BUSY');
    const soon = () => new Promise((resolve) => setTimeout(resolve, 5));
    finish();
    await soon();
    const again = ask();
    await soon();
    finish();
    expect((await again).status).toBe(204);
  });
});
