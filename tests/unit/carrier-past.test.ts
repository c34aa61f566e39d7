import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SENDER, startTestCarrier, type TestCarrier } from '../support/test-carrier.ts';

const HANDSET = '+12025550101';
const sid = (number: number) => `SM${String(number).padStart(32, '0')}`;

let carrier: TestCarrier;

beforeEach(async () => {
  carrier = await startTestCarrier();
});

afterEach(async () => {
  await carrier.stop();
  expect(carrier.broken).toEqual([]);
});

interface Change {
  direction?: string;
  body?: string;
  status?: string;
  errorCode?: number;
  media?: string[];
}

function message(number: number, change: Change = {}) {
  const at = `2026-11-20T12:00:${String(number * 10).padStart(2, '0')}.000Z`;
  const base = { sid: sid(number), handset: HANDSET, direction: 'inbound', body: 'Hello', media: [] };
  return { ...base, status: 'received', errorCode: null, createdAt: at, updatedAt: at, ...change };
}

const reply = (number: number, body: string) =>
  message(number, { direction: 'outbound-api', status: 'delivered', body });

const remember = (...messages: object[]) => carrier.call('POST', '/past', { messages });

async function onHandset() {
  const { json } = await carrier.call('GET', `/handsets/${HANDSET}/texts?all=true`);
  const { optedOut, texts } = json as {
    optedOut: boolean;
    texts: { direction: string; body: string; status: string; at: string }[];
  };
  return { optedOut, texts: texts.map((each) => `${each.at.slice(17, 19)} ${each.direction}: ${each.body}`) };
}

describe('DX-1: the carrier can be given a past', () => {
  test('DX-1: handsets show the past that the carrier was given, and nobody is called', async () => {
    expect(await remember(message(1), reply(2, 'Hello back'))).toMatchObject({ status: 204 });
    expect(await onHandset()).toEqual({
      optedOut: false,
      texts: ['10 sent: Hello', '20 received: Hello back'],
    });
    expect(carrier.carrier.pending.size).toBe(0);
  });

  test('DX-1: the same past given twice is there once', async () => {
    await remember(message(1), message(2, { body: 'STOP' }));
    const once = await onHandset();
    await remember(message(1), message(2, { body: 'STOP' }));
    expect(await onHandset()).toEqual(once);
  });

  test('DX-1: STOP of the past opts out and was answered; START of the past ends it', async () => {
    await remember(message(1, { body: 'STOP' }));
    expect(await onHandset()).toMatchObject({
      optedOut: true,
      texts: ['10 sent: STOP', expect.stringMatching(/^11 received: You have successfully been unsub/)],
    });
    await expect(
      carrier.sdk.messages.create({ to: HANDSET, from: SENDER, body: 'Hi' }),
    ).rejects.toMatchObject({ code: 21610 });
    await remember(message(3, { body: 'START' }));
    expect(await onHandset()).toMatchObject({ optedOut: false });
  });

  test('OUT-6: the API answers for messages of the past as for any other', async () => {
    const failed = { direction: 'outbound-api', status: 'failed', errorCode: 30005 };
    await remember(reply(1, 'Hello back'), message(2, failed));
    expect(await carrier.sdk.messages(sid(1)).fetch()).toMatchObject({
      direction: 'outbound-api',
      status: 'delivered',
      from: SENDER,
      to: HANDSET,
      price: '-0.00830',
    });
    expect(await carrier.sdk.messages(sid(2)).fetch()).toMatchObject({
      status: 'failed',
      errorCode: 30005,
      price: null,
    });
    expect((await carrier.sdk.messages.list({ to: HANDSET })).map((each) => each.sid)).toEqual([
      sid(2),
      sid(1),
    ]);
  });

  test.each([
    ['a number that is none', { handset: '123' }],
    ['an id that is none', { sid: 'SM1' }],
    ['a message that is still on its way', { status: 'sending' }],
    ['an unknown field', { price: 1 }],
  ])('DX-1: refuses a past with %s, and keeps nothing of it', async (_name, change) => {
    expect(await remember(message(1), { ...message(2), ...change })).toMatchObject({ status: 400 });
    expect((await onHandset()).texts).toEqual([]);
  });
});
