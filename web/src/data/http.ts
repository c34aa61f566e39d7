import type { AnswerOf, InputOf, RouteName } from '../../../functions/src/contract/routes.ts';
import { ApiProblem, isErrorBody } from './api-problem.ts';
import { noteChange, online } from './connection.ts';

interface Extras {
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal | undefined;
}

/** What a call gives: nothing where the route needs nothing. */
type Given<N extends RouteName> =
  object extends InputOf<N> ? [input?: InputOf<N> & Extras] : [input: InputOf<N> & Extras];

/** The same as it is sent; what is undefined, null or empty in the query is left out. */
interface Input extends Extras {
  params?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string | number | null | undefined>>;
  body?: unknown;
}

let onRefused: (problem: ApiProblem) => void = () => undefined;

/** Sets what is called when the server sees no session (401); the session store does. */
export function whenRefused(handler: (problem: ApiProblem) => void): void {
  onRefused = handler;
}

function address(path: string, { params = {}, query = {} }: Input): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const given = Object.entries(query).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return `/api/v1${filled}${text === '' ? '' : `?${text}`}`;
}

async function send(method: string, path: string, input: Input): Promise<Response> {
  const { body, headers, signal = null } = input;
  try {
    const answer = await fetch(address(path, input), {
      method,
      signal,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    online.set(true);
    return answer;
  } catch (cause) {
    if (signal?.aborted) throw cause;
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
 * One call of the API, by its name in the contract's route table: `call('GET /people/{userId}', { params: { userId } })`.
 * Server and console are built from one contract, so the answer is taken to be what the table says, here and nowhere else.
 * Throws ApiProblem, or the signal's reason when it was aborted.
 */
export function call<N extends RouteName>(name: N, ...given: Given<N>): Promise<AnswerOf<N>>;
export async function call(name: RouteName, input: Input = {}): Promise<unknown> {
  const [method = '', path = ''] = name.split(' ');
  const answer = await send(method, path, input);
  const body = await parse(answer);
  if (answer.ok) {
    if (method !== 'GET' && !/^\/session|\/search$/.test(path)) noteChange();
    return body;
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
