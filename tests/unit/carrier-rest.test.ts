import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACCOUNT, SENDER, sdkFor, startTestCarrier, type TestCarrier } from '../support/test-carrier.ts';

const HANDSET = '+12025550101';
const RFC_2822 = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} \+0000$/;

let carrier: TestCarrier;

beforeEach(async () => {
  carrier = await startTestCarrier();
});

afterEach(async () => {
  await carrier.stop();
  expect(carrier.broken).toEqual([]);
});

function post(
  form: Record<string, string>,
  authorization = basic(ACCOUNT, 'parley-local-auth-token'),
): Promise<Response> {
  return fetch(`${carrier.url}/2010-04-01/Accounts/${ACCOUNT}/Messages.json`, {
    method: 'POST',
    headers: { authorization },
    body: new URLSearchParams(form),
  });
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

describe('DX-3: the twilio SDK works against the carrier, unchanged but for its host', () => {
  test('DX-3: creates a message, which can be fetched and reaches the handset', async () => {
    const created = await carrier.sdk.messages.create({ to: HANDSET, from: SENDER, body: 'Hello 👋' });
    expect(created).toMatchObject({
      accountSid: ACCOUNT,
      body: 'Hello 👋',
      direction: 'outbound-api',
      errorCode: null,
      errorMessage: null,
      from: SENDER,
      numSegments: '1',
      status: 'queued',
      to: HANDSET,
    });
    expect(created.sid).toMatch(/^SM[0-9a-f]{32}$/);
    expect(created.dateCreated).toBeInstanceOf(Date);

    await carrier.carrier.pending.idle();
    const fetched = await carrier.sdk.messages(created.sid).fetch();
    expect(fetched).toMatchObject({ status: 'delivered', price: '-0.00830', priceUnit: 'USD' });
    expect(fetched.dateSent).toBeInstanceOf(Date);
    const { json } = await carrier.call('GET', `/handsets/${HANDSET}/texts`);
    expect(json).toMatchObject({
      texts: [{ sid: created.sid, direction: 'received', body: 'Hello 👋', status: 'delivered' }],
    });
  });

  test('DX-3: lists messages by filters and pages, newest first', async () => {
    for (const body of ['one', 'two', 'three', 'four', 'five']) {
      await carrier.sdk.messages.create({ to: HANDSET, from: SENDER, body });
    }
    await carrier.sdk.messages.create({ to: '+12025550102', from: SENDER, body: 'other' });
    await carrier.carrier.pending.idle();

    const paged = await carrier.sdk.messages.list({ to: HANDSET, pageSize: 2 });
    expect(paged.map(({ body }) => body)).toEqual(['five', 'four', 'three', 'two', 'one']);
    expect(await carrier.sdk.messages.list({ from: '+12025550102' })).toEqual([]);
    const today = new Date();
    const tomorrow = new Date(today.getTime() + 24 * 60 * 60 * 1000);
    expect(await carrier.sdk.messages.list({ dateSent: today })).toHaveLength(6);
    expect(await carrier.sdk.messages.list({ dateSentAfter: tomorrow })).toHaveLength(0);
    expect(await carrier.sdk.messages.list({ dateSentBefore: tomorrow })).toHaveLength(6);
  });

  test('DX-3: a page of messages keeps its place when new ones come', async () => {
    for (const body of ['one', 'two', 'three'])
      await carrier.sdk.messages.create({ to: HANDSET, from: SENDER, body });
    const first = await carrier.sdk.messages.page({ pageSize: 2 });
    await carrier.sdk.messages.create({ to: HANDSET, from: SENDER, body: 'four' });
    const second = await first.nextPage();
    expect(second?.instances.map(({ body }) => body)).toEqual(['one']);
  });

  test('DX-3: answers for the account and its number, which the doctor asks for', async () => {
    expect(await carrier.sdk.api.v2010.accounts(ACCOUNT).fetch()).toMatchObject({
      sid: ACCOUNT,
      status: 'active',
      type: 'Full',
    });
    const [number, ...others] = await carrier.sdk.incomingPhoneNumbers.list({ phoneNumber: SENDER });
    expect(others).toEqual([]);
    expect(number).toMatchObject({
      phoneNumber: SENDER,
      smsUrl: 'http://127.0.0.1:9/inbound',
      smsMethod: 'POST',
      capabilities: { sms: true, mms: true },
    });
    expect(await carrier.sdk.incomingPhoneNumbers.list({ phoneNumber: '+15005550000' })).toEqual([]);
  });

  test('DX-3: refuses a wrong token as Twilio does', async () => {
    await expect(sdkFor(carrier.url, { token: 'wrong' }).messages.list()).rejects.toMatchObject({
      status: 401,
      code: 20003,
      message: 'Authenticate',
      moreInfo: 'https://www.twilio.com/docs/errors/20003',
    });
  });

  test('DX-3: answers 404 with code 20404 for what does not exist', async () => {
    const sid = `SM${'0'.repeat(32)}`;
    await expect(carrier.sdk.messages(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  });
});

describe('DX-3: answers have the shape of Twilio’s OpenAPI description', () => {
  test('DX-3: a created message has the shape of Twilio’s description', async () => {
    const response = await post({ To: HANDSET, From: SENDER, Body: 'Hi' });
    expect(response.status).toBe(201);
    const message = (await response.json()) as Record<string, string>;
    expect(message).toEqual({
      account_sid: ACCOUNT,
      api_version: '2010-04-01',
      body: 'Hi',
      date_created: expect.stringMatching(RFC_2822) as string,
      date_sent: null,
      date_updated: expect.stringMatching(RFC_2822) as string,
      direction: 'outbound-api',
      error_code: null,
      error_message: null,
      from: SENDER,
      messaging_service_sid: null,
      num_media: '0',
      num_segments: '1',
      price: null,
      price_unit: 'USD',
      sid: expect.stringMatching(/^SM[0-9a-f]{32}$/) as string,
      status: 'queued',
      subresource_uris: {
        media: `/2010-04-01/Accounts/${ACCOUNT}/Messages/${message['sid'] ?? ''}/Media.json`,
      },
      to: HANDSET,
      uri: `/2010-04-01/Accounts/${ACCOUNT}/Messages/${message['sid'] ?? ''}.json`,
    });
  });

  test('DX-3: a page of a list has the shape of Twilio’s description', async () => {
    for (const body of ['one', 'two', 'three']) await post({ To: HANDSET, From: SENDER, Body: body });
    const path = `/2010-04-01/Accounts/${ACCOUNT}/Messages.json`;
    const response = await fetch(`${carrier.url}${path}?To=%2B12025550101&PageSize=2`, {
      headers: { authorization: basic(ACCOUNT, 'parley-local-auth-token') },
    });
    const { messages, ...envelope } = (await response.json()) as { messages: { sid: string }[] };
    expect(messages).toHaveLength(2);
    expect(envelope).toEqual({
      end: 1,
      first_page_uri: `${path}?To=%2B12025550101&PageSize=2&Page=0`,
      next_page_uri: `${path}?To=%2B12025550101&PageSize=2&Page=1&PageToken=PA${messages[1]?.sid ?? ''}`,
      page: 0,
      page_size: 2,
      previous_page_uri: null,
      start: 0,
      uri: `${path}?To=%2B12025550101&PageSize=2&Page=0`,
    });
  });

  test('DX-3: a message of a messaging service starts as accepted', async () => {
    const service = `MG${'a'.repeat(32)}`;
    const response = await post({ To: HANDSET, MessagingServiceSid: service, Body: 'Hi' });
    expect(await response.json()).toMatchObject({ status: 'accepted', messaging_service_sid: service });
  });
});

describe('DX-3: bad requests get Twilio’s codes', () => {
  const good = { To: HANDSET, From: SENDER, Body: 'Hi' };
  test.each([
    ['no recipient', { To: '' }, 21604],
    ['a recipient that is no number', { To: '555-HELLO' }, 21211],
    ['a recipient of 3 digits', { To: '+123' }, 21211],
    ['a recipient of 30 digits', { To: `+1${'2'.repeat(29)}` }, 21211],
    ['no sender', { From: '' }, 21603],
    ['a sender that is no number', { From: 'Parley!' }, 21212],
    ['a sender of somebody else', { From: '+12025550199' }, 21606],
    ['itself as recipient', { To: SENDER }, 21266],
    ['no text', { Body: '' }, 21602],
    ['1,601 characters', { Body: 'a'.repeat(1601) }, 21617],
    ['a callback that is no address', { StatusCallback: 'nowhere' }, 21609],
    ['a callback to a host with an underscore', { StatusCallback: 'http://my_host/status' }, 21609],
    ['an unknown messaging service', { MessagingServiceSid: 'MG1' }, 21701],
    ['a magic number (invalid recipient)', { To: '+15005550001' }, 21211],
    ['a magic number (cannot be routed)', { To: '+15005550002' }, 21612],
    ['a magic number (no international permission)', { To: '+15005550003' }, 21408],
    ['a magic number (blocked)', { To: '+15005550004' }, 21610],
    ['a magic number (not a mobile)', { To: '+15005550009' }, 21614],
    ['a magic number (invalid sender)', { From: '+15005550001' }, 21212],
    ['a magic number (sender not owned)', { From: '+15005550007' }, 21606],
    ['a magic number (queue full)', { From: '+15005550008' }, 21611],
  ])('DX-3: refuses a message with %s, by Twilio’s code', async (_name, change, code) => {
    const response = await post({ ...good, ...change });
    expect(response.status).toBe(400);
    const { message, ...rest } = (await response.json()) as { message: string };
    expect(rest).toEqual({
      code,
      status: 400,
      more_info: `https://www.twilio.com/docs/errors/${String(code)}`,
    });
    expect(message).not.toBe('');
    expect(carrier.carrier.store.all()).toEqual([]);
  });

  test('DX-3: accepts 1,600 characters', async () => {
    expect((await post({ ...good, Body: 'a'.repeat(1600) })).status).toBe(201);
  });

  test.each([
    ['no credentials', ''],
    ['another scheme', 'Bearer parley-local-auth-token'],
    ['another account', basic(`AC${'f'.repeat(32)}`, 'parley-local-auth-token')],
    ['garbage', 'Basic %%%'],
  ])('DX-3: answers 401 with code 20003 to %s', async (_name, authorization) => {
    const response = await post(good, authorization);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Basic realm="Twilio API"');
    expect(await response.json()).toMatchObject({ code: 20003 });
  });

  test('DX-3: does not find the path of another account', async () => {
    const response = await fetch(`${carrier.url}/2010-04-01/Accounts/AC${'f'.repeat(32)}/Messages.json`, {
      headers: { authorization: basic(ACCOUNT, 'parley-local-auth-token') },
    });
    expect(response.status).toBe(404);
  });

  test('DX-3: answers 415 to JSON where Twilio takes a form', async () => {
    const response = await fetch(`${carrier.url}/2010-04-01/Accounts/${ACCOUNT}/Messages.json`, {
      method: 'POST',
      headers: {
        authorization: basic(ACCOUNT, 'parley-local-auth-token'),
        'content-type': 'application/json',
      },
      body: '{}',
    });
    expect(response.status).toBe(415);
  });

  test.each(['PageSize=0', 'Page=-1', 'PageSize=x', 'PageToken=PASMnone', 'DateSent=yesterday'])(
    'DX-3: the list refuses %s',
    async (query) => {
      const response = await fetch(`${carrier.url}/2010-04-01/Accounts/${ACCOUNT}/Messages.json?${query}`, {
        headers: { authorization: basic(ACCOUNT, 'parley-local-auth-token') },
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: 20001 });
    },
  );
});
