import { randomUUID } from 'node:crypto';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { CarrierSettings } from './settings.ts';
import type { FormFields } from './signature.ts';
import { signWebhook, withoutFragment } from './signature.ts';
import { limiter } from './limiter.ts';
import { MAX_TWIML_BYTES } from './twiml.ts';

/** Twilio's limit for connecting. */
const CONNECT_MS = 5_000;
/** Keeps a flood of callbacks from opening thousands of sockets at once. */
const AT_ONCE = 64;

/** One request of a webhook: the HTTP status, or why there is none. */
export interface Attempt {
  status: number | null;
  error: string | null;
  milliseconds: number;
}

/** What came back in the end; `status` is null when no attempt was answered. */
export interface WebhookAnswer {
  url: string;
  status: number | null;
  contentType: string;
  body: string;
  attempts: Attempt[];
}

type Outcome =
  | { kind: 'answered'; status: number; contentType: string; body: string }
  | { kind: 'connect' | 'read'; error: string };

const inTurn = limiter(AT_ONCE);

/**
 * Posts a signed form to a customer's address as Twilio does: 15 s in all, and one retry when the connection fails or the
 * answer is 5xx. A fragment such as `#rc=5&rp=all` on the address sets the number of retries and what is retried
 * (`ct` connecting, `rt` reading, `4xx`, `5xx`, `all`). Each retry carries the same idempotency token.
 */
export async function postWebhook(
  { authToken, webhookTimeoutMs }: Pick<CarrierSettings, 'authToken' | 'webhookTimeoutMs'>,
  address: string,
  fields: FormFields,
  signal: AbortSignal,
): Promise<WebhookAnswer> {
  const url = withoutFragment(address);
  const policy = retryPolicy(address);
  const headers = {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    'user-agent': 'TwilioProxy/1.1',
    accept: '*/*',
    'i-twilio-idempotency-token': randomUUID(),
    'x-twilio-signature': signWebhook(authToken, url, fields),
  };
  const body = new URLSearchParams(fields).toString();
  const deadline = performance.now() + webhookTimeoutMs;
  const attempts: Attempt[] = [];

  for (;;) {
    const began = performance.now();
    const outcome = await inTurn(() => post(url, headers, body, Math.max(1, deadline - began), signal));
    const answered = outcome.kind === 'answered';
    attempts.push({
      status: answered ? outcome.status : null,
      error: answered ? null : outcome.error,
      milliseconds: Math.round(performance.now() - began),
    });
    const again = attempts.length <= policy.count && policy.retries(outcome) && performance.now() < deadline;
    if (again && !signal.aborted) continue;
    return answered
      ? { url, status: outcome.status, contentType: outcome.contentType, body: outcome.body, attempts }
      : { url, status: null, contentType: '', body: '', attempts };
  }
}

function retryPolicy(address: string): { count: number; retries: (outcome: Outcome) => boolean } {
  const overrides = new URLSearchParams(address.split('#')[1] ?? '');
  const count = overrides.has('rc')
    ? Math.min(5, Math.max(0, Number.parseInt(overrides.get('rc') ?? '', 10) || 0))
    : 1;
  const kinds = new Set((overrides.get('rp') ?? 'ct,rt,5xx').split(','));
  return {
    count,
    retries(outcome) {
      if (outcome.kind !== 'answered')
        return kinds.has('all') || kinds.has(outcome.kind === 'connect' ? 'ct' : 'rt');
      const family = `${String(Math.floor(outcome.status / 100))}xx`;
      return outcome.status >= 400 && (kinds.has('all') || kinds.has(family));
    },
  };
}

/** A connection of its own each time: a kept one that the other side just closed would look like trouble. */
function post(
  url: string,
  headers: Record<string, string>,
  body: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Outcome> {
  return new Promise((resolve) => {
    let connected = false;
    const start = url.startsWith('https:') ? requestHttps : requestHttp;
    const request = start(url, {
      method: 'POST',
      agent: false,
      signal,
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    });
    const fail = (error: string): void => {
      clearTimeout(total);
      clearTimeout(connecting);
      resolve({ kind: connected ? 'read' : 'connect', error });
      request.destroy();
    };
    const total = setTimeout(() => fail('timeout'), timeoutMs);
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
