import { REGION } from './entry/region.ts';
import { QUEUES, type QueueName } from './jobs/queues.ts';
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

/** What both task functions have in common; their queues are apart, so that what somebody waits for waits for no blast. */
const taskFunction = (queue: QueueName) => ({
  region: REGION,
  labels: { caller: 'internal' },
  serviceAccount: account(queue),
  invoker: account('tasks'),
  secrets: [SECRETS.TWILIO_AUTH_TOKEN, SECRETS.PHONE_KEYS],
  memory: '512MiB' as const,
  cpu: 1,
  concurrency: 80,
  maxInstances: 10,
  timeoutSeconds: QUEUES[queue].timeoutSeconds,
  retryConfig: QUEUES[queue].retryConfig,
  rateLimits: QUEUES[queue].rateLimits,
});

async function runTask(data: unknown): Promise<void> {
  const [{ handleTask }, { runtimeSendDeps }] = await Promise.all([
    import('./entry/tasks/handle-task.ts'),
    import('./entry/tasks/send-deps.ts'),
  ]);
  await handleTask(await runtimeSendDeps(), data);
}

/** Sends one accepted message that somebody waits for. */
export const sendOutgoing = onTaskDispatched(taskFunction('sendOutgoing'), ({ data }) => runTask(data));

/** Sends one accepted message of many: the same work, behind a queue of its own. */
export const sendBulk = onTaskDispatched(taskFunction('sendBulk'), ({ data }) => runTask(data));
