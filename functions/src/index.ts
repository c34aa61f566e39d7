import { REGION } from './entry/region.ts';
import { onRequest, onSchedule, onTaskDispatched } from './platform/declare.ts';
import { runtimePlace } from './platform/config.ts';
import { hideServer, keepRawBodies } from './platform/raw-body.ts';
import { accountOf, type Account } from './platform/service-accounts.ts';
import { SECRETS } from './platform/settings.ts';

const account = (of: Account): string => accountOf(of, runtimePlace().projectId);

hideServer();
// One function a process: the runtime says which. The two that strangers call parse their bodies themselves.
if (process.env['FUNCTION_TARGET'] === 'webhook' || process.env['FUNCTION_TARGET'] === 'api') keepRawBodies();

/** Called by Twilio: inbound texts and delivery statuses. Each request must carry Twilio's signature. */
export const webhook = onRequest(
  {
    region: REGION,
    labels: { caller: 'twilio' },
    serviceAccount: account('webhook'),
    secrets: [SECRETS.TWILIO_AUTH_TOKEN, SECRETS.PHONE_HASH_KEY],
    memory: '512MiB',
    cpu: 1,
    concurrency: 80,
    maxInstances: 20,
    timeoutSeconds: 20,
    invoker: 'public',
  },
  async (request, response) => {
    const [{ handleWebhook }, { runtimeDeps }, { madeOrRefused }] = await Promise.all([
      import('./entry/webhook/webhook-handler.ts'),
      import('./entry/deps.ts'),
      import('./entry/misconfigured.ts'),
    ]);
    const deps = madeOrRefused(runtimeDeps, response);
    if (deps !== null) await handleWebhook(deps, request, response);
  },
);

/** Behind Hosting at /api: the console and programs. Each route says who may call it; all but a few need a session. */
export const api = onRequest(
  {
    region: REGION,
    labels: { caller: 'session' },
    serviceAccount: account('api'),
    // The auth token is for the health page, which asks Twilio whether it is right.
    secrets: [SECRETS.TWILIO_AUTH_TOKEN, SECRETS.PHONE_KEYS, SECRETS.PHONE_HASH_KEY, SECRETS.SESSION_KEYS],
    memory: '512MiB',
    cpu: 1,
    concurrency: 80,
    maxInstances: 10,
    timeoutSeconds: 60,
    invoker: 'public',
  },
  async (request, response) => {
    const [{ handleApi }, { runtimeApi }, { madeOrRefused }] = await Promise.all([
      import('./entry/http/handler.ts'),
      import('./entry/http/runtime.ts'),
      import('./entry/misconfigured.ts'),
    ]);
    const made = madeOrRefused(runtimeApi, response);
    if (made !== null) await handleApi(made, request, response);
  },
);

/**
 * Every minute: whatever is due. Cloud Scheduler calls it in the name of its own account, and nobody else may. The emulator fires no schedules; there the dev clock names the instant to
 * run as of.
 */
export const runDueWork = onSchedule(
  {
    schedule: 'every 1 minutes',
    timeZone: 'Etc/UTC',
    region: REGION,
    labels: { caller: 'internal' },
    serviceAccount: account('runDueWork'),
    secrets: [SECRETS.TWILIO_AUTH_TOKEN, SECRETS.PHONE_KEYS, SECRETS.AUDIT_KEY],
    memory: '512MiB',
    maxInstances: 1,
    timeoutSeconds: 120,
    retryCount: 0,
  },
  async (event) => {
    const { runDueWork: run, runtimeDueDeps } = await import('./entry/schedule/run-due-work.ts');
    const deps = await runtimeDueDeps();
    await run(deps, deps.config.emulator ? new Date(event.scheduleTime) : deps.clock.now());
  },
);

/** Sends one accepted text. A run ends before its lease does (outbox/delivery-status.ts), so two never overlap. */
export const sendOutgoing = onTaskDispatched(
  {
    region: REGION,
    labels: { caller: 'internal' },
    serviceAccount: account('sendOutgoing'),
    invoker: account('tasks'),
    secrets: [SECRETS.TWILIO_AUTH_TOKEN, SECRETS.PHONE_KEYS],
    memory: '512MiB',
    cpu: 1,
    concurrency: 80,
    maxInstances: 10,
    timeoutSeconds: 50,
    // Waits of 1, 2, 4 … 64, 120, 120 … s: a carrier's 429 gets two minutes, a store that is down about half an hour.
    retryConfig: { maxAttempts: 20, minBackoffSeconds: 1, maxBackoffSeconds: 120, maxDoublings: 7 },
    rateLimits: { maxConcurrentDispatches: 100, maxDispatchesPerSecond: 200 },
  },
  async ({ data }) => {
    const { handleSendTask, runtimeSendDeps } = await import('./entry/tasks/send-outgoing.ts');
    await handleSendTask(await runtimeSendDeps(), data);
  },
);
