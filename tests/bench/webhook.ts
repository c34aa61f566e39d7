import { randomBytes } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { createConversation } from '../../functions/src/messaging/conversations-store.ts';
import { decodeKey, parseKeyRing } from '../../functions/src/platform/key-ring.ts';
import { createPhoneVault } from '../../functions/src/platform/phone-vault.ts';
import { atMost, inParallel, quantile, timed, told, type Figure } from './measure.ts';
import type { BenchStack } from './stack.ts';

const WIDTH = 20;
const ROUNDS = 5;
const PER_ROUND = 100;
/** All numbers of the range for fiction, so that texts come from many people at once as they do in life. */
const SENDERS = Array.from({ length: 100 }, (_, index) => `+120255501${String(index).padStart(2, '0')}`);

/** Makes a person of every sender who is none yet: what the webhook reads of them. */
async function registerSenders({ instance, db }: BenchStack): Promise<void> {
  const key = decodeKey('PHONE_HASH_KEY', instance.settings.PHONE_HASH_KEY);
  const vault = createPhoneVault(
    () => parseKeyRing('PHONE_KEYS', instance.settings.PHONE_KEYS),
    () => key,
  );
  for (const [index, number] of SENDERS.entries()) {
    const phoneKey = db.doc(`phoneKeys/${vault.hash(number)}`);
    if ((await phoneKey.get()).exists) continue;
    const userId = `bench-sender-${String(index)}`;
    const batch = db.batch();
    batch.create(phoneKey, { userId, active: true, optedOut: null, suppressed: null });
    createConversation(batch, db, userId, `Sender ${String(index)}`);
    await batch.commit();
  }
}

/** The webhook beside a function that does nothing, in turns, so that the machine's moods meet both. */
export async function benchWebhook(stack: BenchStack): Promise<Figure[]> {
  const { instance } = stack;
  await registerSenders(stack);
  const { urls, settings } = instance;
  const text = async (from: string): Promise<number> => {
    const fields = {
      MessageSid: `SM${randomBytes(16).toString('hex')}`,
      From: from,
      Body: 'Hello',
      NumMedia: '0',
      NumSegments: '1',
    };
    const signature = getExpectedTwilioSignature(
      settings.TWILIO_AUTH_TOKEN,
      `${settings.WEBHOOK_URL}/inbound`,
      fields,
    );
    const response = await fetch(`${urls.webhook}/inbound`, {
      method: 'POST',
      headers: { 'x-twilio-signature': signature },
      body: new URLSearchParams(fields),
    });
    await response.arrayBuffer();
    return response.status;
  };
  const nothing = async (): Promise<number> => {
    const response = await fetch(urls.webhook.replace(/webhook$/, 'empty'), {
      method: 'POST',
      body: new URLSearchParams({ a: '1' }),
    });
    await response.arrayBuffer();
    return response.status;
  };
  const senders = (count: number) =>
    Array.from({ length: count }, (_, index) => SENDERS[index % SENDERS.length] ?? '');
  await inParallel(WIDTH, senders(40), text);
  await inParallel(WIDTH, senders(40), nothing);
  const spent = { webhook: [] as number[], empty: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    spent.empty.push(...(await inParallel(WIDTH, senders(PER_ROUND), () => timed(nothing))));
    spent.webhook.push(...(await inParallel(WIDTH, senders(PER_ROUND), (from) => timed(() => text(from)))));
  }
  const p99 = { webhook: quantile(spent.webhook, 0.99), empty: quantile(spent.empty, 0.99) };
  const statuses = await inParallel(200, senders(200), text);
  return [
    atMost('webhook p99 at 20 concurrent / empty function', p99.webhook / p99.empty, '×', 4),
    told('webhook p50 at 20 concurrent', quantile(spent.webhook, 0.5), 'ms'),
    told('webhook p99 at 20 concurrent', p99.webhook, 'ms'),
    told('empty function p99 at 20 concurrent', p99.empty, 'ms'),
    atMost('webhook errors of 200 texts at once', statuses.filter((status) => status !== 200).length, '', 0),
  ];
}
