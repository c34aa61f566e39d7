import { randomBytes } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { atMost, inParallel, quantile, timed, told, type Figure } from './measure.ts';
import { benchPeople } from './people.ts';
import type { BenchStack } from './stack.ts';

const WIDTH = 20;
const ROUNDS = 5;
const PER_ROUND = 100;
/** The webhook beside a function that does nothing, in turns, so that changes of the machine's speed affect both. */
export async function benchWebhook(stack: BenchStack): Promise<Figure[]> {
  const { instance } = stack;
  const people = await benchPeople(stack);
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
    Array.from({ length: count }, (_, index) => people[index % people.length]?.number ?? '');
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
