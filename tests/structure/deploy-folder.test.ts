import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { bundleFunctions } from '../../functions/cli/lib/functions-bundle.ts';

// What `firebase deploy` would send is built and installed as the cloud would, outside of the repository, and asked
// for its functions in the way of the command line: by firebase-functions' own discovery.

const Endpoint = z.looseObject({
  platform: z.string(),
  region: z.array(z.string()),
  labels: z.record(z.string(), z.string()),
  availableMemoryMb: z.number(),
  timeoutSeconds: z.number(),
  maxInstances: z.number(),
  secretEnvironmentVariables: z.array(z.object({ key: z.string() })),
  serviceAccountEmail: z.string(),
  concurrency: z.number().nullish(),
  httpsTrigger: z.looseObject({ invoker: z.array(z.string()) }).optional(),
  taskQueueTrigger: z.looseObject({ invoker: z.array(z.string()) }).optional(),
  scheduleTrigger: z.looseObject({ schedule: z.string(), timeZone: z.string() }).optional(),
});
const Manifest = z.object({
  specVersion: z.string(),
  endpoints: z.record(z.string(), Endpoint),
  params: z.array(z.looseObject({ name: z.string(), type: z.string() })),
  requiredAPIs: z.array(z.object({ api: z.string() })),
});

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.looseObject({
      version: z.string().optional(),
      integrity: z.string().optional(),
      dev: z.boolean().optional(),
    }),
  ),
});

const folder = mkdtempSync(join(tmpdir(), 'parley-deploy-'));
const environment = {
  ...process.env,
  PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
};
let sources: string[] = [];
let manifest: z.infer<typeof Manifest>;

beforeAll(async () => {
  const { metafile } = await bundleFunctions({ destination: folder });
  sources = Object.keys(metafile.inputs);
  execFileSync(
    'npm',
    ['ci', '--omit=dev', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'],
    {
      cwd: folder,
      env: environment,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  manifest = await discover();
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function discover(): Promise<z.infer<typeof Manifest>> {
  const output = join(folder, 'functions.yaml');
  const program = join(folder, 'node_modules', '.bin', 'firebase-functions');
  const child = spawn(program, [folder], {
    cwd: folder,
    env: {
      PATH: environment.PATH,
      FUNCTIONS_CONTROL_API: 'true',
      FUNCTIONS_MANIFEST_OUTPUT_PATH: output,
      GCLOUD_PROJECT: 'demo-parley',
      FIREBASE_CONFIG: '{"projectId":"demo-parley"}',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  expect(code).toBe(0);
  return Manifest.parse(JSON.parse(readFileSync(output, 'utf8')));
}

/** What one look at the table of functions should tell. */
function row(name: string) {
  const endpoint = manifest.endpoints[name];
  if (endpoint === undefined) throw new Error(`${name} is not deployed.`);
  return {
    caller: endpoint.labels['caller'],
    region: endpoint.region,
    memory: endpoint.availableMemoryMb,
    seconds: endpoint.timeoutSeconds,
    instances: endpoint.maxInstances,
    account: endpoint.serviceAccountEmail,
    secrets: endpoint.secretEnvironmentVariables.map(({ key }) => key).sort(),
  };
}

const account = (name: string) => `${name}@demo-parley.iam.gserviceaccount.com`;

test('OPS-5: the deployed functions are these five', () => {
  expect(Object.keys(manifest.endpoints).sort()).toEqual([
    'api',
    'runDueWork',
    'sendBulk',
    'sendOutgoing',
    'webhook',
  ]);
  expect(Object.values(manifest.endpoints).map(({ platform }) => platform)).toEqual([
    'gcfv2',
    'gcfv2',
    'gcfv2',
    'gcfv2',
    'gcfv2',
  ]);
});

test('IN-1: webhook is called by Twilio, holds no key that decrypts a number, and ends before Twilio gives up for good', () => {
  expect(row('webhook')).toEqual({
    caller: 'twilio',
    region: ['us-central1'],
    memory: 512,
    seconds: 20,
    instances: 20,
    account: account('parley-webhook'),
    secrets: ['PHONE_HASH_KEY', 'TWILIO_AUTH_TOKEN'],
  });
});

test('OP-3: api is called with a session, and holds every secret but the key of the audit log', () => {
  expect(row('api')).toEqual({
    caller: 'session',
    region: ['us-central1'],
    memory: 512,
    seconds: 60,
    instances: 10,
    account: account('parley-api'),
    secrets: ['PHONE_HASH_KEY', 'PHONE_KEYS', 'SESSION_KEYS', 'TWILIO_AUTH_TOKEN'],
  });
});

test('OUT-3: sendOutgoing is called by the task queue only, in the name of an account that runs nothing', () => {
  expect(row('sendOutgoing')).toEqual({
    caller: 'internal',
    region: ['us-central1'],
    memory: 512,
    seconds: 50,
    instances: 10,
    account: account('parley-send'),
    secrets: ['PHONE_KEYS', 'TWILIO_AUTH_TOKEN'],
  });
  const { taskQueueTrigger, httpsTrigger } = manifest.endpoints['sendOutgoing'] ?? {};
  expect(httpsTrigger).toBeUndefined();
  expect(taskQueueTrigger).toMatchObject({
    invoker: [account('parley-tasks')],
    retryConfig: { maxAttempts: 20, minBackoffSeconds: 1, maxBackoffSeconds: 120, maxDoublings: 7 },
    rateLimits: { maxConcurrentDispatches: 100, maxDispatchesPerSecond: 200 },
  });
});

test('OUT-3: sendBulk is the same behind a queue of its own, with half of its rate', () => {
  expect(row('sendBulk')).toEqual({ ...row('sendOutgoing'), account: account('parley-bulk') });
  expect(manifest.endpoints['sendBulk']?.taskQueueTrigger).toMatchObject({
    invoker: [account('parley-tasks')],
    retryConfig: { maxAttempts: 20, minBackoffSeconds: 1, maxBackoffSeconds: 120, maxDoublings: 7 },
    rateLimits: { maxConcurrentDispatches: 50, maxDispatchesPerSecond: 100 },
  });
});

test('PRIV-5: runDueWork runs every minute, one at a time, and alone holds the key of the audit log', () => {
  expect(row('runDueWork')).toEqual({
    caller: 'internal',
    region: ['us-central1'],
    memory: 512,
    seconds: 120,
    instances: 1,
    account: account('parley-due'),
    secrets: ['AUDIT_KEY', 'PHONE_KEYS', 'TWILIO_AUTH_TOKEN'],
  });
  expect(manifest.endpoints['runDueWork']?.scheduleTrigger).toMatchObject({
    schedule: 'every 1 minutes',
    timeZone: 'Etc/UTC',
  });
});

test('OP-3: each function runs as an account of its own, and only the two that strangers call are public', () => {
  const endpoints = Object.entries(manifest.endpoints);
  const accounts = endpoints.map(([, { serviceAccountEmail }]) => serviceAccountEmail);
  expect(new Set(accounts).size).toBe(endpoints.length);
  const open = endpoints.filter(([, { httpsTrigger }]) => httpsTrigger?.invoker.includes('public'));
  expect(open.map(([name]) => name).sort()).toEqual(['api', 'webhook']);
  const invokers = endpoints.flatMap(([, { taskQueueTrigger }]) => taskQueueTrigger?.invoker ?? []);
  expect(invokers.filter((invoker) => accounts.includes(invoker))).toEqual([]);
});

test('OPS-5: the deploy guide gives each function the account, the secrets and the caller that it declares', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../functions/docs/deploy.md'), 'utf8');
  const listed = [
    ...guide.matchAll(/^\| `(\w+)` \| `(\w+)` \| `(parley-[a-z]+)` \| ([^|]+) \| ([^|]+) \|$/gm),
  ].map(([, name = '', caller, runsAs = '', secrets = '']) => [
    name,
    caller,
    account(runsAs),
    [...secrets.matchAll(/`([A-Z_]+)`/g)].map(([, secret]) => secret).sort(),
  ]);
  const declared = Object.keys(manifest.endpoints).map((name) => {
    const { caller, account: runsAs, secrets } = row(name);
    return [name, caller, runsAs, secrets];
  });
  expect(listed.sort()).toEqual(declared.sort());
});

test('OPS-5: what is installed is what the lock file names, and that is what the repository tests with', () => {
  const read = (path: string) => Lock.parse(JSON.parse(readFileSync(path, 'utf8'))).packages;
  const deployed = read(join(folder, 'package-lock.json'));
  const tested = read(join(import.meta.dirname, '../../package-lock.json'));
  const paths = Object.keys(deployed).filter((path) => path !== '');
  expect(paths.length).toBeGreaterThan(100);
  for (const path of paths) {
    expect([path, deployed[path]?.version]).toEqual([path, tested[path]?.version]);
    expect([path, deployed[path]?.integrity]).toEqual([path, tested[path]?.integrity]);
    expect([path, deployed[path]?.dev]).toEqual([path, undefined]);
  }
  for (const name of ['esbuild', 'vitest', 'firebase-tools', 'lit'])
    expect(paths).not.toContain(`node_modules/${name}`);
});

test('OP-3: every function declares its caller, from the closed list', () => {
  const callers = Object.values(manifest.endpoints).map(({ labels }) => labels['caller']);
  expect(
    callers.filter((caller) => !['twilio', 'session', 'public', 'internal'].includes(caller ?? '')),
  ).toEqual([]);
});

test('OPS-5: the settings are these, and what is secret is declared as a secret', () => {
  const kinds = Object.fromEntries(manifest.params.map(({ name, type }) => [name, type]));
  expect(kinds).toEqual({
    ACK_TEXT: 'string',
    AUDIT_KEY: 'secret',
    AUTO_REPLIES_PER_HOUR: 'string',
    CONSOLE_HOSTS: 'string',
    DEFAULT_COUNTRY: 'string',
    EXTRA_STOP_WORDS: 'string',
    PHONE_HASH_KEY: 'secret',
    PHONE_KEYS: 'secret',
    SESSION_KEYS: 'secret',
    SMS_MODE: 'string',
    TWILIO_ACCOUNT_SID: 'string',
    TWILIO_API_URL: 'string',
    TWILIO_AUTH_TOKEN: 'secret',
    TWILIO_FROM_NUMBER: 'string',
    TWILIO_MESSAGING_SERVICE_SID: 'string',
    WEBHOOK_URL: 'string',
  });
});

test('DX-3: nothing of the carrier, the tests or the demo data is deployed', () => {
  expect(sources.filter((path) => !path.startsWith('functions/src/'))).toEqual(['firestore.indexes.json']);
});
