import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import RequestClient from 'twilio/lib/base/RequestClient.js';
import type httpResponse from 'twilio/lib/http/response.js';

/**
 * A request to which no whole answer came. `reached`: whether Twilio may have got it, and so may have acted on it:
 * false only when no connection stood. Carries neither address nor body.
 */
export class TransportError extends Error {
  readonly reached: boolean;

  constructor(reached: boolean, problem: string, cause?: unknown) {
    super(problem, cause === undefined ? {} : { cause });
    this.name = 'TransportError';
    this.reached = reached;
  }
}

interface Call {
  method: string;
  headers: Record<string, string>;
  body: string;
  milliseconds: number;
}

interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
}

/** Twilio's answers are a few kilobytes; more is not an answer. */
const MAX_ANSWER_BYTES = 1024 * 1024;

/**
 * The request client that the twilio SDK goes through here: to `apiUrl` in place of Twilio's own address, and over a
 * connection of its own each time. On a kept connection a reset says nothing about whether the request arrived, and the
 * SDK's own client does not report it either; here what failed before the connection stood has certainly not been sent.
 */
export class TwilioTransport extends RequestClient {
  readonly #apiUrl: string;
  readonly #milliseconds: number;

  /** `milliseconds`: how long one request may take in all. */
  constructor(apiUrl: string, milliseconds: number) {
    super();
    this.#apiUrl = apiUrl.replace(/\/+$/, '');
    this.#milliseconds = milliseconds;
  }

  /** Throws TransportError when there is no whole answer. */
  override async request<T>(options: RequestClient.RequestOptions<T>): Promise<httpResponse.default<T>> {
    const asked = new URL(options.uri);
    const url = new URL(this.#apiUrl + asked.pathname + asked.search);
    for (const [name, value] of fieldsOf(options.params)) url.searchParams.append(name, value);
    const body = new URLSearchParams(fieldsOf(options.data)).toString();
    const basic = Buffer.from(`${options.username ?? ''}:${options.password ?? ''}`).toString('base64');
    const headers = {
      ...options.headers,
      authorization: `Basic ${basic}`,
      'content-length': String(Buffer.byteLength(body)),
    };
    const answer = await call(url, {
      method: options.method,
      headers,
      body,
      milliseconds: this.#milliseconds,
    });
    // The SDK parses the text itself, and types what it hopes to find in it.
    return { statusCode: answer.status, body: answer.body as T, headers: answer.headers };
  }
}

function fieldsOf(fields: unknown): [string, string][] {
  if (typeof fields !== 'object' || fields === null) return [];
  return Object.entries(fields).flatMap(([name, value]: [string, unknown]) =>
    [value].flat().map((each): [string, string] => [name, String(each)]),
  );
}

function call(url: URL, { method, headers, body, milliseconds }: Call): Promise<Answer> {
  const secure = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    let connected = false;
    const request = (secure ? httpsRequest : httpRequest)(url, {
      method: method.toUpperCase(),
      headers,
      agent: false,
    });
    const timer = setTimeout(() => request.destroy(new Error('No whole answer in time.')), milliseconds);
    const fail = (error: Error) => {
      clearTimeout(timer);
      reject(
        new TransportError(
          connected,
          connected ? 'The connection broke before the answer was whole.' : 'No connection.',
          error,
        ),
      );
    };
    request.on('socket', (socket) => {
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        connected = true;
      });
    });
    request.on('error', fail);
    request.on('response', (response) => {
      readAnswer(
        response,
        (answer) => {
          clearTimeout(timer);
          resolve(answer);
        },
        fail,
      );
    });
    request.end(body);
  });
}

function readAnswer(
  response: IncomingMessage,
  done: (answer: Answer) => void,
  fail: (error: Error) => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  response.on('error', fail);
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) response.destroy(new Error('The answer is too large.'));
    else chunks.push(chunk);
  });
  response.on('end', () => {
    if (!response.complete) fail(new Error('The answer was cut off.'));
    else
      done({
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      });
  });
}
