import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * The functions framework parses bodies before our code runs, and answers what it cannot parse with a page of HTML and
 * a stack trace. Parley answers every request in one shape (ACC-5), so each request is marked as raw bytes before the
 * framework sees it, through Node's diagnostics channel, and parsed once, at our own door. The headers as they came stay
 * readable below.
 */
const ORIGINAL_TYPE = 'x-parley-content-type';
const ORIGINAL_ENCODING = 'x-parley-content-encoding';

const STARTS = 'http.server.request.start';

interface Start {
  request: IncomingMessage;
  response: ServerResponse;
}

function isStart(message: unknown): message is Start {
  return typeof message === 'object' && message !== null && 'request' in message && 'response' in message;
}

function markAsRaw({ headers }: IncomingMessage): void {
  headers[ORIGINAL_TYPE] = headers['content-type'] ?? '';
  headers[ORIGINAL_ENCODING] = headers['content-encoding'] ?? '';
  headers['content-type'] = 'application/octet-stream';
  delete headers['content-encoding'];
}

/** Call while the module loads, before the framework listens. */
export function keepRawBodies(): void {
  subscribe(STARTS, (message) => {
    if (isStart(message)) markAsRaw(message.request);
  });
}

/**
 * Leaves `X-Powered-By` out of every answer of this process, also those that the framework gives by itself: it names
 * the software to whoever looks for a known hole in it. Call while the module loads.
 */
export function hideServer(): void {
  subscribe(STARTS, (message) => {
    if (!isStart(message)) return;
    const { response } = message;
    const set = response.setHeader.bind(response);
    response.setHeader = (name, value) =>
      name.toLowerCase() === 'x-powered-by' ? response : set(name, value);
  });
}

export interface RawRequest {
  headers: Record<string, string | string[] | undefined>;
  rawBody?: Buffer;
}

/** The media type as the client sent it, lower case, without parameters; `''` when there was none. */
export function contentType(request: RawRequest): string {
  const sent = String(request.headers[ORIGINAL_TYPE] ?? request.headers['content-type'] ?? '');
  return (sent.split(';')[0] ?? '').trim().toLowerCase();
}

/** The content encoding as the client sent it, or `''`. Parley takes none but identity. */
export function contentEncoding(request: RawRequest): string {
  return String(request.headers[ORIGINAL_ENCODING] ?? '').toLowerCase();
}
