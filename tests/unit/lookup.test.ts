import { afterEach, describe, expect, test } from 'vitest';
import type { E164 } from '../../functions/src/platform/phone-vault.ts';
import { createTwilioLookup } from '../../functions/src/twilio/lookup.ts';
import { ACCOUNT, AUTH_TOKEN, SENDER, startTestCarrier, type TestCarrier } from '../support/test-carrier.ts';

let carrier: TestCarrier | null = null;
afterEach(async () => {
  await carrier?.stop();
  carrier = null;
});

const to = '+12025550143' as E164;
const lookupAt = (apiUrl: string, milliseconds = 2_000) =>
  createTwilioLookup({ accountSid: ACCOUNT, authToken: AUTH_TOKEN, apiUrl, milliseconds });

async function carrierWith(bodies: readonly string[]): Promise<TestCarrier> {
  carrier = await startTestCarrier();
  for (const body of bodies) await carrier.sdk.messages.create({ to, from: SENDER, body });
  await carrier.sdk.messages.create({ to: '+12025550144', from: SENDER, body: 'For somebody else' });
  return carrier;
}

describe('OUT-6: the carrier is asked what it has', () => {
  test('OUT-6: lists the messages to one phone, with status, words and price', async () => {
    const { url } = await carrierWith(['One', 'Two']);
    const answer = await lookupAt(url).find({ to, since: new Date(0) });
    if (answer.kind !== 'listed') throw new Error(answer.kind);
    expect(answer.complete).toBe(true);
    expect(answer.texts.map(({ body, sentBy }) => [body, sentBy])).toEqual([
      ['Two', 'api'],
      ['One', 'api'],
    ]);
    expect(answer.texts[0]?.providerId).toMatch(/^SM[0-9a-f]{32}$/);
  });

  test('OUT-6: leaves out messages older than asked for', async () => {
    const { url } = await carrierWith(['One']);
    const answer = await lookupAt(url).find({ to, since: new Date(Date.now() + 60_000) });
    expect(answer).toEqual({ kind: 'listed', texts: [], complete: true });
  });

  test('OUT-6: reads a list of several pages to its end', async () => {
    const { url } = await carrierWith(Array.from({ length: 205 }, (_, index) => `Text ${String(index)}`));
    const answer = await lookupAt(url, 10_000).find({ to, since: new Date(0) });
    expect(answer).toMatchObject({ kind: 'listed', complete: true });
    expect(answer.kind === 'listed' && new Set(answer.texts.map(({ body }) => body)).size).toBe(205);
  });

  test('OUT-6: finds one message by its carrier ID, and knows when it is absent', async () => {
    const { sdk, url } = await carrierWith([]);
    const { sid } = await sdk.messages.create({ to, from: SENDER, body: 'Hello' });
    const found = await lookupAt(url).fetch(sid);
    expect(found).toMatchObject({ kind: 'found', text: { providerId: sid, body: 'Hello', sentBy: 'api' } });
    expect(await lookupAt(url).fetch(`SM${'0'.repeat(32)}`)).toEqual({ kind: 'absent' });
  });

  test('OUT-6: a broken connection or wrong credentials never pass for an absent message', async () => {
    const { url } = await carrierWith(['One']);
    const wrong = createTwilioLookup({ accountSid: ACCOUNT, authToken: 'wrong', apiUrl: url });
    for (const lookup of [lookupAt('http://127.0.0.1:9'), wrong]) {
      expect(await lookup.find({ to, since: new Date(0) })).toEqual({ kind: 'unavailable' });
      expect(await lookup.fetch(`SM${'0'.repeat(32)}`)).toEqual({ kind: 'unavailable' });
    }
  });
});
