import type { Urls } from '../../functions/cli/lib/instance.ts';
import { stack } from './stack.ts';

export const demoPassword = 'parley-demo-2026';
export type DemoOperator = 'owner@example.com' | 'operator@example.com' | 'viewer@example.com';

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON; null when the answer had no body. */
  readonly body: unknown;
}

export interface ApiRequest {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Where an API is, and the origin of its console. */
type Place = Pick<Urls, 'api' | 'console'>;

/** Calls the API through Hosting, as the console does; a session is its cookie. */
export class ApiClient {
  readonly cookie: string | null;
  readonly #place: Place | null;

  /** @param place Another Parley than the one that the tests share. */
  constructor(cookie: string | null = null, place: Place | null = null) {
    this.cookie = cookie;
    this.#place = place;
  }

  /** @param path Below `/api/v1`, e.g. `/people?limit=10`. */
  async call(method: string, path: string, { body, headers = {} }: ApiRequest = {}): Promise<ApiAnswer> {
    const urls = this.#place ?? stack().urls;
    const response = await fetch(urls.api + path, {
      method,
      redirect: 'manual',
      headers: {
        origin: urls.console,
        ...(this.cookie === null ? {} : { cookie: this.cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : JSON.parse(text),
    };
  }
}

/** Signs in and answers a client that holds the session. Throws with the answer when the sign-in is refused. */
export async function signIn(
  email: DemoOperator | (string & {}),
  password = demoPassword,
  place: Place | null = null,
): Promise<ApiClient> {
  const { status, headers, body } = await new ApiClient(null, place).call('POST', '/session', {
    body: { email, password },
  });
  const cookie = headers.getSetCookie().find((line) => line.startsWith('__session='));
  if (status >= 300 || cookie === undefined)
    throw new Error(`${email} could not sign in: ${status} ${JSON.stringify(body)}`);
  return new ApiClient(cookie.split(';')[0] ?? '', place);
}
