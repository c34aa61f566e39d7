import { Firestore } from '@google-cloud/firestore';
import fc from 'fast-check';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { describe, expect, test } from 'vitest';
import { ERROR_CODES } from '../../functions/src/contract/errors.ts';
import {
  answerWebhook,
  type WebhookDeps,
  type WebhookRequest,
} from '../../functions/src/entry/webhook/webhook.ts';
import { fixedClock } from '../support/fixed-clock.ts';
import { environmentSettings, parseConfig } from '../../functions/src/platform/config.ts';
import { LOCAL_DEFAULTS } from '../../functions/src/platform/local-defaults.ts';
import { createLog } from '../../functions/src/platform/log.ts';
import { createPhoneVault } from '../../functions/src/platform/phone-vault.ts';
import { parseForm } from '../../functions/src/twilio/signature.ts';
import { twilioCarrier } from '../../functions/src/twilio/twilio-carrier.ts';

const RUNS = 3_000;
const config = parseConfig(environmentSettings(LOCAL_DEFAULTS), { projectId: 'demo-parley', emulator: true });

/** A store that is down and counts who came: whatever reaches it is answered 503, and nothing is half-written. */
function world(): { deps: WebhookDeps; asked: () => number } {
  const db = new Firestore({ projectId: 'demo-parley', host: '127.0.0.1:1', ssl: false });
  let asked = 0;
  const down = () => {
    asked += 1;
    return Promise.reject(Object.assign(new Error('down'), { code: 14 }));
  };
  Reflect.set(db, 'request', down);
  Reflect.set(db, 'requestStream', down);
  const deps: WebhookDeps = {
    config,
    clock: fixedClock(new Date('2026-03-01T12:00:00.000Z')),
    ids: { next: () => 'request-1' },
    log: createLog(() => {}),
    db,
    carrier: twilioCarrier(config),
    vault: createPhoneVault(config.secrets.phoneKeys, config.secrets.phoneHashKey),
  };
  return { deps, asked: () => asked };
}

const path = fc.constantFrom('/inbound', '/status', '/', '/inbound/', '/constructor', '/__proto__');
const search = fc.oneof(
  fc.constant(''),
  fc.constant('?m=m_1'),
  fc.webQueryParameters().map((query) => `?${query}`),
);
const fields = fc.dictionary(
  fc.oneof(
    fc.constantFrom(
      'MessageSid',
      'From',
      'Body',
      'NumMedia',
      'NumSegments',
      'OptOutType',
      'MessageStatus',
      'ErrorCode',
      '__proto__',
    ),
    fc.string({ unit: 'binary' }),
  ),
  fc.oneof(
    fc.constantFrom(
      'SM00000000000000000000000000000001',
      '+12025550143',
      'STOP',
      'delivered',
      '-1',
      '99999999999',
      '\u0000',
      'שלום',
      'e\u0301',
    ),
    fc.string({ unit: 'binary', maxLength: 200 }),
  ),
);

async function answersInOneShape(deps: WebhookDeps, request: WebhookRequest): Promise<number> {
  const answer = await answerWebhook(deps, request);
  const body = JSON.parse(answer.body) as { errorCode: keyof typeof ERROR_CODES };
  expect(Object.keys(body).sort()).toEqual([
    'details',
    'error',
    'errorCode',
    'message',
    'requestId',
    'timestamp',
  ]);
  expect(ERROR_CODES[body.errorCode].status).toBe(answer.status);
  return answer.status;
}

describe('IN-1: anything at the webhook', () => {
  test('IN-1: a request without a right signature is refused in the one shape, and reaches no store', async () => {
    const { deps, asked } = world();
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          method: fc.constantFrom('POST', 'GET', 'PUT', 'OPTIONS'),
          path,
          search,
          contentType: fc.constantFrom(
            'application/x-www-form-urlencoded',
            'application/json',
            '',
            'text/plain',
          ),
          contentEncoding: fc.constantFrom('', 'gzip'),
          header: fc.option(fc.string(), { nil: undefined }).map((value) => () => value),
          rawBody: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
        }),
        async (request) => {
          const status = await answersInOneShape(deps, request);
          expect([403, 404, 405, 413, 415]).toContain(status);
        },
      ),
      { numRuns: RUNS },
    );
    expect(asked()).toBe(0);
  });

  /** Posts a form as Twilio would and answers with the status and the body. */
  async function posted(
    deps: WebhookDeps,
    to: string,
    query: string,
    form: Readonly<Record<string, string>>,
  ) {
    const rawBody = Buffer.from(new URLSearchParams(Object.entries(form)).toString());
    const signature = getExpectedTwilioSignature(
      config.secrets.twilioAuthToken(),
      config.webhookUrl + to + query,
      parseForm(rawBody),
    );
    return answerWebhook(deps, {
      method: 'POST',
      path: to,
      search: query,
      contentType: 'application/x-www-form-urlencoded',
      contentEncoding: '',
      header: () => signature,
      rawBody,
    });
  }

  test('IN-3: every signed inbound form with a message ID goes to the store, whatever its other fields hold', async () => {
    const { deps, asked } = world();
    const ids = fc.constantFrom('MessageSid', 'SmsSid', 'SmsMessageSid');
    const id = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => text.trim() !== '');
    await fc.assert(
      fc.asyncProperty(search, fields, ids, id, async (query, form, name, value) => {
        const before = asked();
        const answer = await posted(deps, '/inbound', query, { ...form, [name]: value });
        expect(answer.status).toBe(503);
        expect(asked()).toBeGreaterThan(before);
      }),
      { numRuns: RUNS },
    );
  });

  test('OUT-7: every signed status form is acknowledged, or sent for again when the store is down', async () => {
    const { deps } = world();
    await fc.assert(
      fc.asyncProperty(search, fields, async (query, form) => {
        const names = new URLSearchParams(query)
          .getAll('m')
          .some((each) => /^[A-Za-z0-9_-]{1,80}$/.test(each));
        expect((await posted(deps, '/status', query, form)).status).toBe(names ? 503 : 200);
      }),
      { numRuns: RUNS },
    );
  });

  test('ACC-5: a signed inbound form without a message ID is refused in the one shape', async () => {
    const { deps, asked } = world();
    const answer = await posted(deps, '/inbound', '', { From: '+12025550143', Body: 'Hello' });
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([400, { errorCode: 'BAD_REQUEST' }]);
    expect(asked()).toBe(0);
  });
});
