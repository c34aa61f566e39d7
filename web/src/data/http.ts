import { ApiProblem, isErrorBody } from './api-problem.ts';
import { noteChange, online } from './connection.ts';

export interface CallOptions {
  /** Query parameters; those that are undefined, null or empty are left out. */
  query?: Readonly<Record<string, string | number | null | undefined>>;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal | undefined;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

let onRefused: (problem: ApiProblem) => void = () => undefined;

/** Sets what is called when the server sees no session (401); the session store does. */
export function whenRefused(handler: (problem: ApiProblem) => void): void {
  onRefused = handler;
}

function address(path: string, query: CallOptions['query'] = {}): string {
  const given = Object.entries(query).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return `/api/v1${path}${text === '' ? '' : `?${text}`}`;
}

async function send(method: Method, path: string, options: CallOptions): Promise<Response> {
  try {
    const answer = await fetch(address(path, options.query), {
      method,
      signal: options.signal ?? null,
      headers: {
        accept: 'application/json',
        ...(options.body !== undefined && { 'content-type': 'application/json' }),
        ...options.headers,
      },
      body: options.body === undefined ? null : JSON.stringify(options.body),
    });
    online.set(true);
    return answer;
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    online.set(false);
    throw new ApiProblem(
      { errorCode: 'OFFLINE', message: 'Parley cannot be reached. Check your connection. Nothing was lost.' },
      0,
    );
  }
}

async function parse(answer: Response): Promise<unknown> {
  if (answer.status === 204) return null;
  try {
    return await answer.json();
  } catch {
    throw new ApiProblem(
      { errorCode: 'UNREADABLE', message: 'The answer could not be read. Try again in a moment.' },
      answer.status,
    );
  }
}

/**
 * One call of the API. `T` is the contract's type of the answer: both sides are built from it, so an answer is not
 * checked again here. Throws ApiProblem, or the signal's reason when it was aborted.
 */
export async function call<T>(method: Method, path: string, options: CallOptions = {}): Promise<T> {
  const answer = await send(method, path, options);
  const body = await parse(answer);
  if (answer.ok) {
    if (method !== 'GET' && !/^\/session|\/search$/.test(path)) noteChange();
    return body as T;
  }
  const problem = new ApiProblem(
    isErrorBody(body)
      ? body
      : { errorCode: 'UNREADABLE', message: 'The server could not answer. Try again in a moment.' },
    answer.status,
  );
  if (answer.status === 401 && problem.errorCode !== 'CREDENTIALS_WRONG') onRefused(problem);
  throw problem;
}
