import { stack } from './emulator.ts';

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

/** Calls the API through Hosting, as the console does; a session is its cookie. */
export class ApiClient {
  readonly cookie: string | null;

  constructor(cookie: string | null = null) {
    this.cookie = cookie;
  }

  /** @param path Below `/api/v1`, e.g. `/people?limit=10`. */
  async call(method: string, path: string, { body, headers = {} }: ApiRequest = {}): Promise<ApiAnswer> {
    const { urls } = stack();
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
): Promise<ApiClient> {
  const { status, headers, body } = await new ApiClient().call('POST', '/session', {
    body: { email, password },
  });
  const cookie = headers.getSetCookie().find((line) => line.startsWith('__session='));
  if (status >= 300 || cookie === undefined)
    throw new Error(`${email} could not sign in: ${status} ${JSON.stringify(body)}`);
  return new ApiClient(cookie.split(';')[0] ?? '');
}
