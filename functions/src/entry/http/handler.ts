import type { IncomingMessage, ServerResponse } from 'node:http';
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
function toRequest(request: FrameworkRequest): Request {
  try {
    return standardRequest(request);
  } catch {
    return new Request('http://parley.invalid/unreadable');
  }
}

/** The host is a placeholder: nothing may be built from the Host header, which stays readable as a header. */
function standardRequest(request: FrameworkRequest): Request {
  const method = request.method ?? 'GET';
  const path = (request.url ?? '/').replace(/^[^/].*$/, '/');
  const { rawBody } = request;
  const bare = rawBody === undefined || method === 'GET' || method === 'HEAD';
  return new Request(`http://parley.invalid${path}`, {
    method,
    headers: headersOf(request),
    ...(bare ? {} : { body: new Uint8Array(rawBody) }),
  });
}

async function send(answer: Response, response: ServerResponse): Promise<void> {
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) {
    if (name !== 'set-cookie') response.setHeader(name, value);
  }
  const cookies = answer.headers.getSetCookie();
  if (cookies.length > 0) response.setHeader('Set-Cookie', cookies);
  response.end(Buffer.from(await answer.arrayBuffer()));
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
  await send(await api.fetch(toRequest(request), arrival), response);
}
