import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { signWebhook } from '../carrier/signature.ts';
import { readTwiml } from '../carrier/twiml.ts';
import { ACCOUNT, AUTH_TOKEN, startTestCarrier, type TestCarrier } from '../support/test-carrier.ts';

let carrier: TestCarrier;
beforeAll(async () => {
  carrier = await startTestCarrier();
});
afterAll(() => carrier.stop());

const anyText = fc.string({ unit: 'binary', maxLength: 60 });

test('DX-3: signs any parameters as the twilio SDK does', () => {
  fc.assert(
    fc.property(
      fc.dictionary(anyText, anyText),
      fc.webUrl({ withQueryParameters: true }),
      anyText,
      (fields, url, token) => {
        expect(signWebhook(`${token}x`, url, fields)).toBe(
          getExpectedTwilioSignature(`${token}x`, url, fields),
        );
      },
    ),
    { numRuns: 2000 },
  );
});

test('DX-3: reads or refuses whatever a webhook answers, and never throws', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '<Response>',
      '</Response>',
      '<Message',
      '>',
      '/>',
      '<Body>',
      '</Message>',
      '<![CDATA[',
      ']]>',
      '&amp;',
      '&x;',
      '<!--',
      '<!DOCTYPE',
      '<?xml',
    ),
    anyText,
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }),
      fc.constantFrom('text/xml', 'text/plain', 'text/html', 'image/png', ''),
      (pieces, type) => {
        const answer = readTwiml(type, pieces.join(''));
        expect(answer.ok || [12100, 12300].includes(answer.code)).toBe(true);
      },
    ),
    { numRuns: 3000 },
  );
});

/** What anybody may send to the carrier's own addresses; a refusal has its one shape, and nothing breaks. */
const routes = [
  ['POST', '/handsets/+12025550101/texts'],
  ['PUT', '/dials'],
  ['PATCH', '/dials'],
  ['POST', '/clock'],
] as const;
const fields = fc.constantFrom(
  'body',
  'media',
  'delayMs',
  'failNextWith',
  'handsets',
  'run',
  'jumpTo',
  'seed',
  '__proto__',
);
const json = fc.oneof(
  fc.jsonValue().map((value) => JSON.stringify(value)),
  fc.dictionary(fields, fc.jsonValue()).map((value) => JSON.stringify(value)),
  anyText,
);

// Nothing answers at the webhook (201, with the problem told) and at the functions emulator (502) of this carrier.
test('DX-3: gives a clear answer to any body at the carrier’s own addresses', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...routes), json, async ([method, path], body) => {
      const response = await fetch(carrier.url + path, {
        method,
        headers: { 'content-type': 'application/json' },
        body,
      });
      const answer = (await response.json()) as { code?: number; status?: number };
      if ([200, 201, 502].includes(response.status)) return;
      expect(response.status).toBe(400);
      expect(answer).toMatchObject({
        status: 400,
        code: expect.any(Number) as number,
        message: expect.any(String) as string,
      });
    }),
    { numRuns: 1500 },
  );
  expect(carrier.broken).toEqual([]);
});

test('DX-3: answers any form to create a message with a message or Twilio’s refusal', async () => {
  const name = fc.constantFrom('To', 'From', 'Body', 'StatusCallback', 'MessagingServiceSid', 'MediaUrl');
  const value = fc.oneof(
    anyText,
    fc.constantFrom('+12025550101', '+15005550006', '+15005550001', 'http://127.0.0.1:9/x'),
  );
  const authorization = `Basic ${Buffer.from(`${ACCOUNT}:${AUTH_TOKEN}`).toString('base64')}`;
  carrier.carrier.dials.replace({ delayMs: 0, callbackLost: true });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, value), { maxLength: 6 }), async (form) => {
      const response = await fetch(`${carrier.url}/2010-04-01/Accounts/${ACCOUNT}/Messages.json`, {
        method: 'POST',
        headers: { authorization },
        body: new URLSearchParams(form),
      });
      const answer = (await response.json()) as { code?: number };
      expect(response.status === 201 || (response.status === 400 && (answer.code ?? 0) >= 20000)).toBe(true);
    }),
    { numRuns: 1500 },
  );
  expect(carrier.broken).toEqual([]);
});
