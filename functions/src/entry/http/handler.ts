import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../../platform/config.ts';
import { arrivalOf } from './client-address.ts';
import type { Api } from './route.ts';

/** A request as the functions framework gives it: the body read whole, as raw bytes (platform/raw-body.ts). */
type FrameworkRequest = IncomingMessage & { rawBody?: Buffer };

const ORIGINAL = {
  'x-parley-content-type': 'content-type',
  'x-parley-content-encoding': 'content-encoding',
} as const;

function headersOf(request: FrameworkRequest): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    for (const each of [value ?? []].flat()) headers.append(name, each);
  }
  for (const [kept, name] of Object.entries(ORIGINAL)) {
    const sent = headers.get(kept);
    if (sent === null) continue;
    headers.delete(kept);
    headers.delete(name);
    if (sent !== '') headers.set(name, sent);
  }
  return headers;
}

/** A standard request knows no TRACE and no CONNECT; whatever it refuses is asked for nowhere, and answered as such. */
function toRequest(request: FrameworkRequest, signal: AbortSignal): Request {
  try {
    return standardRequest(request, signal);
  } catch {
    return new Request('http://parley.invalid/unreadable');
  }
}

/** The host is a placeholder: nothing may be built from the Host header, which stays readable as a header. */
function standardRequest(request: FrameworkRequest, signal: AbortSignal): Request {
  const method = request.method ?? 'GET';
  const path = (request.url ?? '/').replace(/^[^/].*$/, '/');
  const { rawBody } = request;
  const bare = rawBody === undefined || method === 'GET' || method === 'HEAD';
  return new Request(`http://parley.invalid${path}`, {
    method,
    headers: headersOf(request),
    signal,
    ...(bare ? {} : { body: new Uint8Array(rawBody) }),
  });
}

/** A stream goes out as fast as its reader takes it, and is given up when the reader goes away; all else is sent whole. */
async function send(answer: Response, response: ServerResponse): Promise<void> {
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) {
    if (name !== 'set-cookie') response.setHeader(name, value);
  }
  const cookies = answer.headers.getSetCookie();
  if (cookies.length > 0) response.setHeader('Set-Cookie', cookies);
  if (!answer.headers.has('transfer-encoding') || answer.body === null)
    response.end(Buffer.from(await answer.arrayBuffer()));
  // A stream that fails has logged why; its connection is cut.
  else await pipeline(Readable.from(answer.body), response).catch(() => undefined);
}

/** Aborted when the caller goes away before the answer has been sent. */
function goneSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort(new Error('the caller went away'));
  });
  return controller.signal;
}

const headerText = (value: string | string[] | undefined) => (Array.isArray(value) ? value.join(',') : value);

/** Bridges firebase-functions' `onRequest` to the API. */
export async function handleApi(
  { api, config }: { api: Api; config: Pick<Config, 'emulator' | 'projectId' | 'consoleHosts'> },
  request: FrameworkRequest,
  response: ServerResponse,
): Promise<void> {
  const arrival = arrivalOf(
    {
      forwardedFor: headerText(request.headers['x-forwarded-for']),
      forwardedHost: headerText(request.headers['x-forwarded-host']),
    },
    config,
  );
  await send(await api.fetch(toRequest(request, goneSignal(response)), arrival), response);
}
