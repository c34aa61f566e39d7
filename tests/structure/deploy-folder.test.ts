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
  concurrency: z.number().nullish(),
  httpsTrigger: z.looseObject({}).optional(),
  taskQueueTrigger: z.looseObject({}).optional(),
  scheduleTrigger: z.looseObject({ schedule: z.string(), timeZone: z.string() }).optional(),
});
const Manifest = z.object({
  specVersion: z.string(),
  endpoints: z.record(z.string(), Endpoint),
  params: z.array(z.looseObject({ name: z.string(), type: z.string() })),
  requiredAPIs: z.array(z.object({ api: z.string() })),
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
    ['install', '--omit=dev', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'],
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
    secrets: endpoint.secretEnvironmentVariables.map(({ key }) => key).sort(),
  };
}

test('the functions are these four', () => {
  expect(Object.keys(manifest.endpoints).sort()).toEqual(['api', 'runDueWork', 'sendOutgoing', 'webhook']);
  expect(Object.values(manifest.endpoints).map(({ platform }) => platform)).toEqual([
    'gcfv2',
    'gcfv2',
    'gcfv2',
    'gcfv2',
  ]);
});

test('webhook is called by Twilio, holds no key that decrypts a number, and ends before Twilio gives up for good', () => {
  expect(row('webhook')).toEqual({
    caller: 'twilio',
    region: ['us-central1'],
    memory: 512,
    seconds: 20,
    instances: 20,
    secrets: ['PHONE_HASH_KEY', 'TWILIO_AUTH_TOKEN'],
  });
});

test('api is called with a session and may use every secret', () => {
  expect(row('api')).toEqual({
    caller: 'session',
    region: ['us-central1'],
    memory: 512,
    seconds: 60,
    instances: 10,
    secrets: ['PHONE_HASH_KEY', 'PHONE_KEYS', 'SESSION_KEYS', 'TWILIO_AUTH_TOKEN'],
  });
});

test('sendOutgoing is called by the task queue only', () => {
  expect(row('sendOutgoing')).toEqual({
    caller: 'internal',
    region: ['us-central1'],
    memory: 512,
    seconds: 50,
    instances: 10,
    secrets: ['PHONE_HASH_KEY', 'PHONE_KEYS', 'TWILIO_AUTH_TOKEN'],
  });
  const { taskQueueTrigger, httpsTrigger } = manifest.endpoints['sendOutgoing'] ?? {};
  expect(httpsTrigger).toBeUndefined();
  expect(taskQueueTrigger).toMatchObject({
    retryConfig: { maxAttempts: 20, minBackoffSeconds: 1, maxBackoffSeconds: 120, maxDoublings: 7 },
    rateLimits: { maxConcurrentDispatches: 100, maxDispatchesPerSecond: 200 },
  });
});

test('runDueWork runs every minute, one at a time', () => {
  expect(row('runDueWork')).toEqual({
    caller: 'internal',
    region: ['us-central1'],
    memory: 512,
    seconds: 120,
    instances: 1,
    secrets: ['PHONE_HASH_KEY', 'PHONE_KEYS', 'TWILIO_AUTH_TOKEN'],
  });
  expect(manifest.endpoints['runDueWork']?.scheduleTrigger).toMatchObject({
    schedule: 'every 1 minutes',
    timeZone: 'Etc/UTC',
  });
});

test('every function declares its caller, from the closed list', () => {
  const callers = Object.values(manifest.endpoints).map(({ labels }) => labels['caller']);
  expect(
    callers.filter((caller) => !['twilio', 'session', 'public', 'internal'].includes(caller ?? '')),
  ).toEqual([]);
});

test('the settings are these, and what is secret is a secret', () => {
  const kinds = Object.fromEntries(manifest.params.map(({ name, type }) => [name, type]));
  expect(kinds).toEqual({
    ACK_TEXT: 'string',
    AUTO_REPLIES_PER_HOUR: 'string',
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
