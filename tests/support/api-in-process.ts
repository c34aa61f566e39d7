import { hashSync } from 'bcryptjs';
import type { Firestore } from '@google-cloud/firestore';
import type { Role } from '../../functions/src/contract/permissions.ts';
import type { ApiDeps } from '../../functions/src/entry/deps.ts';
import { createApi } from '../../functions/src/entry/http/app.ts';
import type { Api } from '../../functions/src/entry/http/route.ts';
import { verifyCookie } from '../../functions/src/entry/http/verify-cookie.ts';
import type { Verifier } from '../../functions/src/entry/http/verifier.ts';
import { directBcrypt } from '../../functions/src/platform/bcrypt.ts';
import { environmentSettings, parseConfig, type Config } from '../../functions/src/platform/config.ts';
import { randomIds } from '../../functions/src/platform/ids.ts';
import type { LiveClaims } from '../../functions/src/platform/live-access.ts';
import { LOCAL_DEFAULTS } from '../../functions/src/platform/local-defaults.ts';
import { createLog } from '../../functions/src/platform/log.ts';
import { createPhoneVault } from '../../functions/src/platform/phone-vault.ts';
import { passwordGate } from '../../functions/src/team/password-gate.ts';
import { operatorsStore } from '../../functions/src/team/operators-store.ts';
import { twilioCarrier } from '../../functions/src/twilio/twilio-carrier.ts';
import type { Operator } from '../../functions/src/team/operator.ts';

export const testPassword = 'correct horse battery';
/** Of cost 4: what is tested with it is not how long it takes. */
const testHash = hashSync(testPassword, 4);

export const testStart = new Date('2026-03-02T09:00:00.000Z');

/** The whole API in this process, on the caller's database, with a clock that tests move. */
export interface TestApi {
  readonly api: Api;
  readonly deps: ApiDeps;
  readonly config: Config;
  /** Every log line so far. */
  readonly lines: string[];
  /** Claims of the live tokens that were made. */
  readonly claims: LiveClaims[];
  /** Ids of the send tasks that were queued. */
  readonly queued: string[];
  readonly clock: { now(): Date; set(instant: Date): void; forward(seconds: number): void };
  call(method: string, path: string, options?: TestCall): Promise<TestAnswer>;
  /** Adds an operator; active and with `testPassword` by default. */
  addOperator(name: string, role: Role, change?: Partial<Operator>): Promise<Operator>;
  /** Signs in and answers the cookie, `__session=…`. */
  signIn(email: string, address?: string): Promise<string>;
}

export interface TestCall {
  body?: unknown;
  /** Sent as it is, instead of `body`. */
  raw?: string | Uint8Array<ArrayBuffer>;
  cookie?: string;
  address?: string;
  headers?: Record<string, string>;
}

export interface TestAnswer {
  status: number;
  headers: Headers;
  body: unknown;
}

export function testConfig(projectId = 'demo-unit', settings: Record<string, string> = {}): Config {
  return parseConfig(environmentSettings({ ...LOCAL_DEFAULTS, ...settings }), { projectId, emulator: true });
}

/** `programs` verify the credentials of programs, beside the cookie of the console. */
export function startApi(
  db: Firestore,
  settings: Record<string, string> = {},
  programs: readonly Verifier[] = [],
): TestApi {
  const config = testConfig(undefined, settings);
  const lines: string[] = [];
  const claims: LiveClaims[] = [];
  const queued: string[] = [];
  let now = testStart;
  const clock = {
    now: () => now,
    set: (instant: Date) => void (now = instant),
    forward: (seconds: number) => void (now = new Date(now.getTime() + seconds * 1000)),
  };
  const deps: ApiDeps = {
    config,
    clock,
    db,
    ids: randomIds,
    log: createLog((line) => lines.push(line)),
    vault: createPhoneVault(config.secrets.phoneKeys, config.secrets.phoneHashKey),
    tasks: { enqueue: async ({ payload }) => void queued.push(payload.messageId) },
    carrier: twilioCarrier(config),
    bcrypt: directBcrypt,
    passwordGate: passwordGate(),
    live: {
      projectId: config.projectId,
      emulator: null,
      token: async (operatorId, made) => {
        claims.push(made);
        return `live-${operatorId}`;
      },
    },
  };
  const api = createApi(deps, [verifyCookie, ...programs]);

  async function call(method: string, path: string, options: TestCall = {}): Promise<TestAnswer> {
    const { body, raw, cookie, headers } = options;
    const sent = raw ?? (body === undefined ? null : JSON.stringify(body));
    const request = new Request(`http://parley.invalid/api/v1${path}`, {
      method,
      headers: {
        ...(sent === null ? {} : { 'content-type': 'application/json' }),
        ...(cookie === undefined ? {} : { cookie }),
        ...headers,
      },
      body: sent,
    });
    const answer = await api.fetch(request, { address: options.address ?? '198.51.100.7' });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) };
  }

  return {
    api,
    deps,
    config,
    lines,
    claims,
    queued,
    clock,
    call,
    async addOperator(name, role, change = {}) {
      const store = operatorsStore(db, config);
      const email = `${name.toLowerCase()}@example.com`;
      const operator: Operator = {
        id: store.idOf(email),
        email,
        name,
        role,
        status: 'active',
        passwordHash: testHash,
        passwordChangedAt: now,
        invitation: null,
        createdAt: now,
        updatedAt: now,
        lastSignInAt: null,
        ...change,
      };
      const batch = db.batch();
      store.add(batch, operator);
      await batch.commit();
      return operator;
    },
    async signIn(email, address) {
      const options = {
        body: { email, password: testPassword },
        ...(address === undefined ? {} : { address }),
      };
      const answer = await call('POST', '/session', options);
      const [cookie = ''] = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
      if (answer.status !== 201)
        throw new Error(`${email} could not sign in: ${JSON.stringify(answer.body)}`);
      return cookie;
    },
  };
}
