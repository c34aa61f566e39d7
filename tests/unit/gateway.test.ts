import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MAX_BODY_LENGTH } from '../../functions/src/contract/delivery.ts';
import type { E164 } from '../../functions/src/platform/phone-vault.ts';
import { carrierStatus } from '../../functions/src/twilio/statuses.ts';
import { ERROR_CODES, providerError } from '../../functions/src/twilio/error-codes.ts';
import type { OutgoingText, SendOutcome } from '../../functions/src/carrier/gateway.ts';
import { createTwilioGateway } from '../../functions/src/twilio/gateway.ts';
import {
  ACCOUNT,
  AUTH_TOKEN,
  SENDER,
  startTestCarrier,
  startWebhook,
  type TestCarrier,
  type TestWebhook,
} from '../support/test-carrier.ts';

const HANDSET = '+12025550101' as E164;
let carrier: TestCarrier;
let webhook: TestWebhook;

beforeEach(async () => {
  webhook = await startWebhook();
  carrier = await startTestCarrier({ webhookUrl: webhook.url });
});

afterEach(async () => {
  await carrier.stop();
  await webhook.stop();
});

function text(change: Partial<OutgoingText> = {}): OutgoingText {
  return {
    to: HANDSET,
    body: 'Hello',
    sender: { kind: 'number', value: SENDER },
    statusCallback: `${webhook.url}/status?m=m_1`,
    ...change,
  };
}

function sendTo(
  apiUrl: string,
  change: Partial<OutgoingText> = {},
  milliseconds = 5_000,
): Promise<SendOutcome> {
  return createTwilioGateway({ accountSid: ACCOUNT, authToken: AUTH_TOKEN, apiUrl, milliseconds }).send(
    text(change),
  );
}

const send = (change: Partial<OutgoingText> = {}) => sendTo(carrier.url, change);
const taken = () => carrier.carrier.store.all().map((message) => message.body);

describe('OUT-3, DX-3: through the twilio SDK to the simulated carrier', () => {
  test('OUT-3: an accepted message has its carrier ID, and is reported on at the address that was given', async () => {
    const body = 'Grüße, «123» 🎉 a+b&c=d %26';
    const outcome = await send({ body });
    expect(outcome).toMatchObject({ kind: 'accepted' });
    expect(taken()).toEqual([body]);
    await carrier.carrier.pending.idle();
    expect(webhook.calls.map((call) => call.path)).toEqual(Array.from(webhook.calls, () => '/status?m=m_1'));
    expect(webhook.calls.at(-1)?.fields).toMatchObject({
      MessageStatus: 'delivered',
      MessageSid: outcome.kind === 'accepted' ? outcome.providerId : '',
    });
  });

  test('OUT-3: a messaging service can be the sender', async () => {
    const value = 'MG00000000000000000000000000000001';
    expect(await send({ sender: { kind: 'service', value } })).toMatchObject({ kind: 'accepted' });
    expect(carrier.carrier.store.all()[0]?.messagingServiceSid).toBe(value);
  });

  test.each([
    ['+15005550001', 21211, 'This is not a valid phone number.'],
    ['+15005550002', 21612, 'This number cannot be reached from the sender number.'],
    ['+15005550003', 21408, 'Messages to this country are not enabled for the carrier account.'],
    ['+15005550004', 21610, 'This person has opted out with the carrier.'],
    ['+15005550009', 21614, 'This number is not a mobile number.'],
  ])('OUT-6: %s is refused with %i, in plain words and without the number', async (to, errorCode, reason) => {
    const sender = { kind: 'service' as const, value: 'MG00000000000000000000000000000001' };
    expect(await send({ to: to as E164, sender })).toEqual({ kind: 'refused', errorCode, reason });
    expect(taken()).toEqual([]);
  });

  test('OUT-6: a message that is too long is refused', async () => {
    expect(await send({ body: 'x'.repeat(MAX_BODY_LENGTH + 1) })).toMatchObject({
      kind: 'refused',
      errorCode: 21617,
    });
  });

  test('OUT-6: wrong credentials are refused and not tried again', async () => {
    const gateway = createTwilioGateway({ accountSid: ACCOUNT, authToken: 'wrong', apiUrl: carrier.url });
    expect(await gateway.send(text())).toEqual({
      kind: 'refused',
      errorCode: 20003,
      reason: 'The carrier refused our credentials.',
    });
  });

  test.each([
    [429, undefined, 20429, 'The carrier is receiving too many requests.'],
    [503, undefined, 20503, 'The carrier is not available.'],
    [500, undefined, 20500, 'The carrier had an internal error.'],
    [502, 99999, 99999, 'The carrier cannot take messages right now.'],
    [400, 21611, 21611, 'The queue of the sender number is full.'],
  ])('OUT-6: HTTP %i with code %j may be tried again', async (status, code, errorCode, reason) => {
    carrier.carrier.dials.change({ failNextWith: { status, ...(code === undefined ? {} : { code }) } });
    expect(await send()).toEqual({ kind: 'retry', errorCode, reason });
    expect(taken()).toEqual([]);
    expect(await send()).toMatchObject({ kind: 'accepted' });
  });

  test('OUT-6: an unknown error code is reported as unknown', async () => {
    carrier.carrier.dials.change({
      failNextWith: { status: 400, code: 54321, message: `Not to ${HANDSET}` },
    });
    expect(await send()).toEqual({
      kind: 'refused',
      errorCode: 54321,
      reason: 'The message failed with carrier code 54321.',
    });
  });

  test.each(['reset', 'timeout', 'cut'] as const)(
    'OUT-6: %s, whether it was taken or not: unknown',
    async (kind) => {
      for (const accepted of [true, false]) {
        carrier.carrier.dials.change({ connectionTrouble: { kind, accepted } });
        expect(await sendTo(carrier.url, {}, 300), `accepted: ${String(accepted)}`).toMatchObject({
          kind: 'unknown',
        });
      }
      expect(taken()).toHaveLength(1);
    },
  );
});

describe('OUT-6: broken answers of the carrier', () => {
  let server: Server;
  const sockets = new Set<Socket>();

  async function answering(listener: RequestListener): Promise<string> {
    server = createServer(listener);
    server.on('connection', (socket) => sockets.add(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  }

  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    await new Promise((resolve) => server.close(resolve));
  });

  test.each<[string, number, string, SendOutcome]>([
    [
      'a success that is no JSON',
      201,
      '<html>',
      { kind: 'unknown', reason: 'The carrier’s answer could not be read.' },
    ],
    [
      'a success without an id',
      201,
      '{}',
      { kind: 'unknown', reason: 'The carrier answered without a message ID.' },
    ],
    [
      'a success that is null',
      201,
      'null',
      { kind: 'unknown', reason: 'The carrier’s answer could not be read.' },
    ],
    ['an empty success', 200, '', { kind: 'unknown', reason: 'The carrier’s answer could not be read.' }],
    ['a redirect', 302, '', { kind: 'unknown', reason: 'The carrier answered with HTTP 302.' }],
    [
      'a refusal that is no JSON',
      400,
      '<html>',
      { kind: 'refused', errorCode: null, reason: 'The carrier gave no reason.' },
    ],
    [
      'a refusal with nonsense in it',
      400,
      '{"code":"21610"}',
      { kind: 'refused', errorCode: null, reason: 'The carrier gave no reason.' },
    ],
    [
      'a gateway’s 502',
      502,
      '<html>',
      { kind: 'retry', errorCode: null, reason: 'The carrier cannot take messages right now.' },
    ],
  ])('%s', async (_what, status, body, outcome) => {
    const url = await answering((_request, response) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(body),
    );
    expect(await sendTo(url)).toEqual(outcome);
  });

  test('OUT-6: an endless answer is neither waited for nor read whole', async () => {
    const url = await answering((_request, response) => {
      response.writeHead(201);
      response.write('x'.repeat(2 * 1024 * 1024));
    });
    expect(await sendTo(url, {}, 2_000)).toMatchObject({ kind: 'unknown' });
  });

  test('OUT-6: a message was certainly not sent when nothing listens at the address', async () => {
    const url = await answering(() => undefined);
    await new Promise((resolve) => server.close(resolve));
    expect(await sendTo(url)).toEqual({
      kind: 'retry',
      errorCode: null,
      reason: 'The carrier could not be reached.',
    });
  });

  test('OUT-6: a message was certainly not sent when the host does not exist', async () => {
    await answering(() => undefined);
    expect(await sendTo('http://no-such-host.invalid', {}, 3_000)).toMatchObject({ kind: 'retry' });
  });

  test('OUT-6: a message was certainly not sent when the TLS handshake fails', async () => {
    const url = await answering((_request, response) => response.end());
    expect(await sendTo(url.replace('http:', 'https:'), {}, 3_000)).toMatchObject({ kind: 'retry' });
  });
});

describe('OUT-4: error codes and statuses', () => {
  test('OUT-4: every error code of the ledger has a reason in words', () => {
    const codes = [
      21211, 21614, 21635, 21408, 21608, 21610, 21611, 30001, 21617, 30003, 30004, 30005, 30006, 30007, 30032,
      30034, 30450, 30610, 20429,
    ];
    for (const code of codes) expect(providerError(code).reason, String(code)).not.toContain(String(code));
    for (const { reason } of Object.values(ERROR_CODES)) expect(reason).toMatch(/^[A-Z].*\.$/);
  });

  test('OUT-7: statuses are known in any case, and an unknown one is not guessed', () => {
    for (const status of ['', 'received', 'receiving', 'toString', '__proto__', 'deliver'])
      expect(carrierStatus(status), status).toBeNull();
    expect(
      [
        'accepted',
        'scheduled',
        'queued',
        'sending',
        'sent',
        'delivered',
        'undelivered',
        'failed',
        'canceled',
        'read',
      ].map(carrierStatus),
    ).toEqual([
      'accepted',
      'accepted',
      'accepted',
      'accepted',
      'sent',
      'delivered',
      'undelivered',
      'failed',
      'canceled',
      'read',
    ]);
  });
});
