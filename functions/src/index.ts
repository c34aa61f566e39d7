import { onRequest } from 'firebase-functions/https';
import { REGION } from './entry/region.ts';
import { keepRawBodies } from './platform/raw-body.ts';
import { SECRETS } from './platform/settings.ts';

// One function a process: the runtime says which. The two that strangers call parse their bodies themselves.
if (process.env['FUNCTION_TARGET'] === 'webhook' || process.env['FUNCTION_TARGET'] === 'api') keepRawBodies();

/** Called by Twilio: inbound texts and delivery statuses. Each request must carry Twilio's signature. */
export const webhook = onRequest(
  {
    region: REGION,
    labels: { caller: 'twilio' },
    secrets: [SECRETS.TWILIO_AUTH_TOKEN, SECRETS.PHONE_HASH_KEY],
    memory: '512MiB',
    cpu: 1,
    concurrency: 80,
    maxInstances: 20,
    timeoutSeconds: 20,
    invoker: 'public',
  },
  async (request, response) => {
    const [{ handleWebhook }, { runtimeDeps }] = await Promise.all([
      import('./entry/webhook-handler.ts'),
      import('./entry/deps.ts'),
    ]);
    await handleWebhook(runtimeDeps(), request, response);
  },
);
