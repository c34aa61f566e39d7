import { Firestore } from '@google-cloud/firestore';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { describe, expect, test } from 'vitest';
import { answerWebhook, type WebhookDeps } from '../../functions/src/entry/webhook/webhook.ts';
import { fixedClock } from '../support/fixed-clock.ts';
import { environmentSettings, parseConfig } from '../../functions/src/platform/config.ts';
import { LOCAL_DEFAULTS } from '../../functions/src/platform/local-defaults.ts';
import { createLog } from '../../functions/src/platform/log.ts';
import { createPhoneVault } from '../../functions/src/platform/phone-vault.ts';
import { twilioCarrier } from '../../functions/src/twilio/twilio-carrier.ts';

const config = parseConfig(environmentSettings(LOCAL_DEFAULTS), { projectId: 'demo-parley', emulator: true });
const FIELDS = {
  MessageSid: 'SM00000000000000000000000000000001',
  From: '+12025550143',
  Body: 'Hello from +12025550143',
};

function signedRequest() {
  return {
    method: 'POST',
    path: '/inbound',
    search: '',
    contentType: 'application/x-www-form-urlencoded',
    contentEncoding: '',
    header: () =>
      getExpectedTwilioSignature(config.secrets.twilioAuthToken(), `${config.webhookUrl}/inbound`, FIELDS),
    rawBody: Buffer.from(new URLSearchParams(FIELDS).toString()),
  };
}

function depsWith(db: Firestore, lines: string[]): WebhookDeps {
  return {
    config,
    clock: fixedClock(new Date('2026-03-01T12:00:00.000Z')),
    ids: { next: () => 'request-1' },
    log: createLog((line) => lines.push(line)),
    db,
    carrier: twilioCarrier(config),
    vault: createPhoneVault(config.secrets.phoneKeys, config.secrets.phoneHashKey),
  };
}

/** A client whose every request fails as a gRPC call does. */
function failing(code: number): Firestore {
  const db = new Firestore({ projectId: 'demo-parley', host: '127.0.0.1:1', ssl: false });
  const fail = () => Promise.reject(Object.assign(new Error('no connection for +12025550143'), { code }));
  Reflect.set(db, 'request', fail);
  Reflect.set(db, 'requestStream', fail);
  return db;
}

describe('IN-10: a text that could not be kept is never acknowledged', () => {
  test.each([
    ['unavailable', 14, 503, 'UNAVAILABLE'],
    ['too slow', 4, 503, 'UNAVAILABLE'],
    ['denied', 7, 500, 'INTERNAL'],
  ])('Firestore %s', async (_what, code, status, errorCode) => {
    const lines: string[] = [];
    const answer = await answerWebhook(depsWith(failing(code), lines), signedRequest());
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject({ errorCode, requestId: 'request-1' });
    expect(lines.join()).toContain('webhook.failed');
    expect(lines.join() + answer.body).not.toContain('2025550143');
  });

  test('Firestore that never answers is given up in time for Twilio to try again', async () => {
    const db = new Firestore({ projectId: 'demo-parley', host: '127.0.0.1:1', ssl: false });
    const silence = () => new Promise(() => {});
    Reflect.set(db, 'request', silence);
    Reflect.set(db, 'requestStream', silence);
    const answer = await answerWebhook(depsWith(db, []), signedRequest(), 20);
    expect(answer.status).toBe(503);
  });
});

describe('IN-3: a signed message reaches the store however it is sent', () => {
  test.each([
    ['a charset', { contentType: 'application/x-www-form-urlencoded' }],
    ['no content type', { contentType: '' }],
    ['another content type', { contentType: 'text/plain' }],
  ])('with %s', async (_what, change) => {
    const answer = await answerWebhook(depsWith(failing(14), []), { ...signedRequest(), ...change });
    expect(answer.status).toBe(503);
  });

  test('but not with more fields than any message has, since each costs time before the signature is checked', async () => {
    const rawBody = Buffer.from('a&'.repeat(2_001));
    const answer = await answerWebhook(depsWith(failing(14), []), { ...signedRequest(), rawBody });
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([413, { errorCode: 'BODY_TOO_LARGE' }]);
  });
});

test('OPS-1: without an auth token nothing is taken for signed', async () => {
  const bare = parseConfig(environmentSettings({ ...LOCAL_DEFAULTS, TWILIO_AUTH_TOKEN: '' }), {
    projectId: 'demo-parley',
    emulator: true,
  });
  const answer = await answerWebhook(
    { ...depsWith(failing(14), []), carrier: twilioCarrier(bare) },
    signedRequest(),
  );
  expect([answer.status, JSON.parse(answer.body)]).toMatchObject([503, { errorCode: 'UNAVAILABLE' }]);
});
