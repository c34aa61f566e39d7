import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { MAX_TWIML_BYTES } from './twiml.ts';

/** Twilio's limit for connecting. */
const CONNECT_MS = 5_000;

/** How one request went. */
export type Outcome =
  | { kind: 'answered'; status: number; contentType: string; body: string }
  /** `late`: the time for all attempts together is over. */
  | { kind: 'connect' | 'read' | 'late'; error: string };

/**
 * Posts a form once. A connection of its own each time: a kept one that the other side just closed would look like
 * trouble.
 */
export function postForm(
  url: string,
  headers: Record<string, string>,
  body: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Outcome> {
  return new Promise((resolve) => {
    let connected = false;
    const target = new URL(url);
    const start = target.protocol === 'https:' ? requestHttps : requestHttp;
    const request = start({
      hostname: target.hostname.replace(/^\[|\]$/g, ''),
      port: target.port,
      path: pathAsWritten(url) ?? target.pathname + target.search,
      method: 'POST',
      agent: false,
      signal,
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    });
    const fail = (
      error: string,
      kind: 'connect' | 'read' | 'late' = connected ? 'read' : 'connect',
    ): void => {
      clearTimeout(total);
      clearTimeout(connecting);
      resolve({ kind, error });
      request.destroy();
    };
    const total = setTimeout(() => fail('timeout', 'late'), timeoutMs);
    const connecting = setTimeout(
      () => {
        if (!connected) fail('connect timeout');
      },
      Math.min(timeoutMs, CONNECT_MS),
    );

    request.on('socket', (socket) => {
      const done = (): void => {
        connected = true;
        clearTimeout(connecting);
      };
      if (socket.connecting) socket.once('connect', done);
      else done();
    });
    request.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_TWIML_BYTES) fail('the answer is larger than 64 KiB');
        else chunks.push(chunk);
      });
      response.on('error', () => fail('the answer was cut off'));
      response.on('end', () => {
        clearTimeout(total);
        resolve({
          kind: 'answered',
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'] ?? '',
          body: Buffer.concat(chunks).toString('utf8'),
        });
      });
    });
    request.end(body);
  });
}

/** The path is asked for just as it was signed: a URL object would write some characters, such as `'`, in another way. */
function pathAsWritten(url: string): string | null {
  const path = /^https?:\/\/[^/?#]+([\x21-\x7e]*)$/i.exec(url)?.[1];
  return path === undefined ? null : path.startsWith('/') ? path : `/${path}`;
}
