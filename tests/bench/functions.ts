import { onDocumentWritten } from 'firebase-functions/firestore';
import { onRequest } from 'firebase-functions/https';
import { onTaskDispatched } from 'firebase-functions/tasks';
import { runtimeSendDeps } from '../../functions/src/entry/tasks/send-deps.ts';
import { standardLog } from '../../functions/src/platform/log.ts';
import { SECRETS } from '../../functions/src/platform/settings.ts';
import { isSignedByTwilio, parseForm } from '../../functions/src/twilio/signature.ts';
import { onQueueReport, onQueueWrite, QUEUE, type QueueDeps } from './queue-pattern.ts';

// What the bench runs on its emulators: Parley's functions, and what they are compared with: two that do nothing, and the
// usual queue (queue-pattern.ts).
export * from '../../functions/src/index.ts';

const region = 'us-central1';
const secrets = [SECRETS.TWILIO_AUTH_TOKEN, SECRETS.PHONE_KEYS, SECRETS.PHONE_HASH_KEY];

export const empty = onRequest({ region }, (_request, response) => {
  response.status(200).send('');
});

export const emptyTask = onTaskDispatched({ region, rateLimits: { maxConcurrentDispatches: 50 } }, () => {});

async function queueDeps(): Promise<QueueDeps> {
  const { db, gateway, config } = await runtimeSendDeps();
  const statusUrl = config.webhookUrl.replace(/webhook$/, 'queueReport');
  return { db, gateway, sender: config.sender, statusUrl };
}

export const queueWrite = onDocumentWritten(
  { document: `${QUEUE}/{id}`, region, secrets, memory: '512MiB', cpu: 1, concurrency: 80, maxInstances: 10 },
  async ({ data, params }) => {
    if (data !== undefined) await onQueueWrite(await queueDeps(), params.id, data.before, data.after);
    // As the extension does after each of its runs.
    standardLog.info('queue.ran', { messageId: params.id });
  },
);

export const queueReport = onRequest({ region, secrets }, async (request, response) => {
  const { db, statusUrl } = await queueDeps();
  const fields = parseForm(request.rawBody);
  const signature = request.header('x-twilio-signature');
  if (!isSignedByTwilio(SECRETS.TWILIO_AUTH_TOKEN.value(), signature, statusUrl, fields)) {
    response.status(403).end();
    return;
  }
  await onQueueReport(db, String(fields['MessageSid']), String(fields['MessageStatus']));
  standardLog.info('queue.reported', { sid: String(fields['MessageSid']) });
  response.status(200).type('text/xml').send('<Response/>');
});
