import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ACCOUNT,
  SENDER,
  startTestCarrier,
  startWebhook,
  type TestCarrier,
  type TestWebhook,
} from '../support/test-carrier.ts';

const HANDSET = '+12025550101';

let carrier: TestCarrier;
let webhook: TestWebhook;

beforeEach(async () => {
  webhook = await startWebhook();
  carrier = await startTestCarrier({ webhookUrl: webhook.url });
});

afterEach(async () => {
  await carrier.stop();
  await webhook.stop();
  expect(carrier.broken).toEqual([]);
});

async function send(body = 'Hi', to = HANDSET): Promise<string> {
  const { sid } = await carrier.sdk.messages.create({
    to,
    from: SENDER,
    body,
    statusCallback: `${webhook.url}/status?m=o'ne`,
  });
  return sid;
}

async function delivered(body?: string): Promise<string> {
  const sid = await send(body);
  await carrier.carrier.pending.idle();
  return sid;
}

test('OUT-7: calls back with each status after the first, signed as the SDK checks it, with our own query', async () => {
  const sid = await delivered();
  expect(webhook.calls).toEqual([
    {
      path: "/status?m=o'ne",
      signed: true,
      idempotencyToken: expect.any(String) as string,
      fields: {
        AccountSid: ACCOUNT,
        ApiVersion: '2010-04-01',
        From: SENDER,
        MessageSid: sid,
        MessageStatus: 'sent',
        SmsSid: sid,
        SmsStatus: 'sent',
        To: HANDSET,
      },
    },
    {
      path: "/status?m=o'ne",
      signed: true,
      idempotencyToken: expect.any(String) as string,
      fields: {
        AccountSid: ACCOUNT,
        ApiVersion: '2010-04-01',
        From: SENDER,
        MessageSid: sid,
        MessageStatus: 'delivered',
        RawDlrDoneDate: expect.stringMatching(/^\d{10}$/) as string,
        SmsSid: sid,
        SmsStatus: 'delivered',
        To: HANDSET,
      },
    },
  ]);
});

test('OUT-7: sends no callbacks where no address was given', async () => {
  await carrier.sdk.messages.create({ to: HANDSET, from: SENDER, body: 'Hi' });
  await carrier.carrier.pending.idle();
  expect(webhook.calls).toEqual([]);
});

test('OUT-7: a message of a messaging service is accepted first, and a callback says when it is queued', async () => {
  await carrier.sdk.messages.create({
    to: HANDSET,
    messagingServiceSid: `MG${'a'.repeat(32)}`,
    body: 'Hi',
    statusCallback: `${webhook.url}/status`,
  });
  await carrier.carrier.pending.idle();
  expect(webhook.statuses()).toEqual(['queued', 'sent', 'delivered']);
});

describe('DX-3: dials for status callbacks', () => {
  test('DX-3: sends each callback as many times as the dial says', async () => {
    carrier.carrier.dials.change({ callbackCopies: 3 });
    await delivered();
    expect(webhook.statuses()).toEqual(['sent', 'sent', 'sent', 'delivered', 'delivered', 'delivered']);
  });

  test('DX-3: sends callbacks in reversed order', async () => {
    carrier.carrier.dials.change({ callbackOrder: 'reversed', announceSending: true });
    await delivered();
    expect(webhook.statuses()).toEqual(['delivered', 'sent', 'sending']);
  });

  test('DX-3: shuffles callbacks the same way for the same seed', async () => {
    const run = async (seed: number): Promise<string[]> => {
      carrier.carrier.dials.replace({ delayMs: 0, callbackOrder: 'shuffled', announceSending: true, seed });
      return webhook.statuses(await delivered());
    };
    expect(await run(7)).toEqual(await run(7));
    expect((await run(7)).toSorted()).toEqual(['delivered', 'sending', 'sent']);
  });

  test('DX-3: late callbacks come after the message is on the handset', async () => {
    carrier.carrier.dials.change({ callbackLateMs: 60_000 });
    await send();
    await expect.poll(() => carrier.carrier.store.all()[0]?.status).toBe('delivered');
    expect(webhook.calls).toEqual([]);
  });

  test('DX-3: sends all callbacks before the request to send is answered', async () => {
    carrier.carrier.dials.change({ callbackBeforeAnswer: true, delayMs: 60_000 });
    const sid = await send();
    expect(webhook.statuses(sid)).toEqual(['sent', 'delivered']);
  });

  test('DX-3: lost callbacks are not sent', async () => {
    carrier.carrier.dials.change({ callbackLost: true });
    const sid = await delivered();
    expect(carrier.carrier.store.get(sid)).toMatchObject({ status: 'delivered', callbacks: [] });
    expect(webhook.calls).toEqual([]);
  });

  test('DX-3: an undelivered message has its code in the callback, the API and on the handset', async () => {
    carrier.carrier.dials.change({ deliveryFailure: { code: 30003 } });
    const sid = await delivered();
    expect(webhook.calls.at(-1)?.fields).toMatchObject({ MessageStatus: 'undelivered', ErrorCode: '30003' });
    expect(webhook.calls[0]?.fields).not.toHaveProperty('ErrorCode');
    expect(await carrier.sdk.messages(sid).fetch()).toMatchObject({
      status: 'undelivered',
      errorCode: 30003,
      errorMessage: 'Unreachable destination handset',
    });
    expect((await carrier.call('GET', `/handsets/${HANDSET}/texts`)).json).toMatchObject({ texts: [] });
    expect((await carrier.call('GET', `/handsets/${HANDSET}/texts?all=true`)).json).toMatchObject({
      texts: [
        { sid, status: 'undelivered', error: { code: 30003, message: 'Unreachable destination handset' } },
      ],
    });
  });

  test('DX-3: a failed message was never sent, and a fault that strikes once leaves the next one alone', async () => {
    carrier.carrier.dials.change({ deliveryFailure: { status: 'failed', code: 30034, count: 1 } });
    const first = await delivered();
    const second = await delivered();
    expect(webhook.statuses(first)).toEqual(['failed']);
    expect(webhook.statuses(second)).toEqual(['sent', 'delivered']);
    expect(carrier.carrier.dials.all.deliveryFailure).toBeNull();
  });

  test('DX-3: remembers how each callback was answered', async () => {
    const sid = await delivered();
    const { json } = await carrier.call('GET', '/messages');
    expect(json).toMatchObject({
      pending: 0,
      messages: [
        {
          sid,
          callbacks: [
            { status: 'sent', answered: 204 },
            { status: 'delivered', answered: 204 },
          ],
        },
      ],
    });
  });
});
