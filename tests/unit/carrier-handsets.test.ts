import { afterEach, describe, expect, test } from 'vitest';
import type { TextOutcome } from '../carrier/inbound.ts';
import {
  ACCOUNT,
  SENDER,
  startTestCarrier,
  startWebhook,
  twiml,
  type TestCarrier,
  type TestWebhook,
  type WebhookCall,
  type WebhookReply,
} from '../support/test-carrier.ts';

const HANDSET = '+12025550101';
const STOPPED =
  'You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.';
const RESUBSCRIBED =
  'You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.';

let carrier: TestCarrier;
let webhook: TestWebhook;

async function start(
  reply: (call: WebhookCall) => WebhookReply,
  fragment = '',
  webhookTimeoutMs = 5_000,
): Promise<void> {
  webhook = await startWebhook(reply);
  carrier = await startTestCarrier({ webhookUrl: webhook.url + fragment, webhookTimeoutMs });
}

afterEach(async () => {
  await carrier.stop();
  await webhook.stop();
  expect(carrier.broken).toEqual([]);
});

async function text(body: string, more: object = {}): Promise<TextOutcome> {
  const { status, json } = await carrier.call('POST', `/handsets/${HANDSET}/texts`, { body, ...more });
  expect(status).toBe(201);
  await carrier.carrier.pending.idle();
  return json as TextOutcome;
}

async function onHandset(): Promise<string[]> {
  const { json } = await carrier.call('GET', `/handsets/${HANDSET}/texts`);
  const { texts } = json as { texts: { direction: string; body: string }[] };
  return texts.map(({ direction, body }) => `${direction}: ${body}`);
}

describe('DX-4: a handset texts', () => {
  test('DX-4: a handset’s message reaches the webhook as Twilio’s form, signed as the SDK checks it', async () => {
    await start(() => twiml(''));
    const { sid, webhook: answer } = await text('Hi there 👋');
    expect(answer).toMatchObject({ status: 200, attempts: [{ status: 200, error: null }] });
    expect(webhook.calls).toHaveLength(1);
    expect(webhook.calls[0]).toMatchObject({ path: '/inbound', signed: true });
    expect(webhook.calls[0]?.fields).toEqual({
      AccountSid: ACCOUNT,
      ApiVersion: '2010-04-01',
      Body: 'Hi there 👋',
      From: HANDSET,
      FromCity: 'WASHINGTON',
      FromCountry: 'US',
      FromState: 'DC',
      FromZip: '20001',
      MessageSid: sid,
      NumMedia: '0',
      NumSegments: '1',
      SmsMessageSid: sid,
      SmsSid: sid,
      SmsStatus: 'received',
      To: SENDER,
      ToCity: '',
      ToCountry: 'US',
      ToState: '',
      ToZip: '',
    });
    expect(await onHandset()).toEqual(['sent: Hi there 👋']);
  });

  test('DX-4: the webhook’s reply reaches the handset, and its action and status callback are called', async () => {
    await start(() =>
      twiml(
        `<Message action="${webhook.url}/status?m=a" statusCallback="/status?m=a">Your number &amp; more</Message>`,
      ),
    );
    const { replies } = await text('Hi');
    const sid = replies[0]?.sid;
    expect(replies).toEqual([{ sid, body: 'Your number & more', status: 'queued' }]);
    expect(await onHandset()).toEqual(['sent: Hi', 'received: Your number & more']);
    expect(webhook.statuses(sid).toSorted()).toEqual(['delivered', 'queued', 'sent']);
    expect(webhook.calls.every(({ signed }) => signed)).toBe(true);
    expect(carrier.carrier.store.get(sid ?? '')).toMatchObject({
      direction: 'outbound-reply',
      from: SENDER,
      to: HANDSET,
    });
  });

  test('DX-4: an empty message goes through, with the types of its media', async () => {
    await start(() => twiml(''));
    await text('', { media: [{ contentType: 'image/png' }] });
    expect(webhook.calls[0]?.fields).toMatchObject({
      Body: '',
      NumMedia: '1',
      MediaContentType0: 'image/png',
      MediaUrl0: expect.stringMatching(/\/Messages\/MM[0-9a-f]{32}\/Media\/ME[0-9a-f]{32}$/) as string,
      MessageSid: expect.stringMatching(/^MM/) as string,
    });
  });

  test('DX-4: two messages at once have two SIDs', async () => {
    await start(() => twiml(''));
    const [one, other] = await Promise.all([text('one'), text('other')]);
    expect(one.sid).not.toBe(other.sid);
  });

  test('DX-3: the dial for copies calls the webhook again with the same SID', async () => {
    await start(() => twiml('<Message>Once</Message>'));
    carrier.carrier.dials.change({ inboundCopies: 3 });
    const { sid } = await text('Hi');
    expect(webhook.calls.map(({ fields }) => fields['MessageSid'])).toEqual([sid, sid, sid]);
    expect(await onHandset()).toEqual(['sent: Hi', 'received: Once']);
  });

  test('DX-4: lists handsets with their last message', async () => {
    await start(() => twiml('<Message>Thanks</Message>'));
    await text('Hi');
    expect((await carrier.call('GET', '/handsets')).json).toMatchObject({
      parleyNumber: SENDER,
      handsets: [
        { number: HANDSET, texts: 2, optedOut: false, last: { body: 'Thanks', direction: 'received' } },
      ],
    });
    expect((await carrier.call('DELETE', '/handsets')).status).toBe(204);
    expect((await carrier.call('GET', '/handsets')).json).toEqual({
      parleyNumber: SENDER,
      phoneBook: [],
      handsets: [],
    });
  });
});

describe('DX-3: reacts to trouble at the webhook as Twilio does', () => {
  test('DX-3: calls once more after a 5xx, with the same SID and idempotency token', async () => {
    let calls = 0;
    await start(() => ((calls += 1) === 1 ? { status: 503 } : twiml('<Message>Second try</Message>')));
    const { sid, webhook: answer } = await text('Hi');
    expect(answer.attempts.map(({ status }) => status)).toEqual([503, 200]);
    expect(webhook.calls.map(({ fields }) => fields['MessageSid'])).toEqual([sid, sid]);
    expect(new Set(webhook.calls.map(({ idempotencyToken }) => idempotencyToken)).size).toBe(1);
    expect(await onHandset()).toEqual(['sent: Hi', 'received: Second try']);
  });

  test('DX-3: gives up after the second 5xx, and the handset shows it', async () => {
    await start(() => ({ status: 500 }));
    const outcome = await text('Hi');
    expect(outcome).toMatchObject({ replies: [], problems: [{ code: 11200 }], webhook: { status: 500 } });
    expect(outcome.webhook.attempts).toHaveLength(2);
    expect((await carrier.call('GET', `/handsets/${HANDSET}/texts`)).json).toMatchObject({
      texts: [{ status: 'received', error: { code: 11200, message: 'HTTP retrieval failure' } }],
    });
  });

  test('DX-3: calls once more after a cut connection', async () => {
    await start(() => null);
    const outcome = await text('Hi');
    expect(outcome).toMatchObject({ problems: [{ code: 11205 }], webhook: { status: null } });
    expect(outcome.webhook.attempts.map(({ status, error }) => [status, error])).toEqual([
      [null, 'ECONNRESET'],
      [null, 'ECONNRESET'],
    ]);
  });

  test('DX-3: the time limit is for all attempts together', async () => {
    await start(() => 'silence', '', 150);
    const outcome = await text('Hi');
    expect(outcome.webhook.attempts.map(({ error }) => error)).toEqual(['timeout']);
  });

  test('DX-3: does not call again after a 4xx', async () => {
    await start(() => ({ status: 403 }));
    expect((await text('Hi')).webhook.attempts).toHaveLength(1);
  });

  test('DX-3: a fragment of the address sets the retries and is neither signed nor requested', async () => {
    await start(() => ({ status: 404 }), '#rc=3&rp=all');
    const { webhook: answer } = await text('Hi');
    expect(answer.attempts).toHaveLength(4);
    expect(webhook.calls.map(({ path, signed }) => [path, signed])).toEqual(
      Array(4).fill(['/inbound', true]),
    );
  });

  test.each([
    ['XML that does not end', { status: 200, body: '<Response><Message>' }, 12100],
    ['another document', { status: 200, body: '<html/>' }, 12100],
    ['JSON', { status: 200, type: 'application/json', body: '{}' }, 12300],
    ['a verb of voice', twiml('<Say>Hello</Say>'), 12200],
    ['a reply to no number', twiml('<Message to="nobody">Hi</Message>'), 21211],
    ['a reply that is too long', twiml(`<Message>${'a'.repeat(1601)}</Message>`), 21617],
    ['an empty reply', twiml('<Message/>'), 14103],
  ])('DX-3: notes %s as Twilio’s debugger would, and sends nothing', async (_name, reply, code) => {
    await start(() => reply);
    const { problems, replies } = await text('Hi');
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(replies).toEqual([]);
  });
});

describe('IN-7: the carrier handles opt-out keywords itself, and passes them on', () => {
  test('IN-7: STOP blocks sends until START, and each change is answered once', async () => {
    await start(() => twiml(''));
    expect(await text(' Stop ')).toMatchObject({ optOutType: 'STOP' });
    await text('UNSUBSCRIBE');
    await expect(
      carrier.sdk.messages.create({ to: HANDSET, from: SENDER, body: 'Hi' }),
    ).rejects.toMatchObject({
      status: 400,
      code: 21610,
    });
    expect((await carrier.call('GET', `/handsets/${HANDSET}/texts`)).json).toMatchObject({ optedOut: true });

    await text('START');
    await carrier.sdk.messages.create({ to: HANDSET, from: SENDER, body: 'Welcome back' });
    await carrier.carrier.pending.idle();
    expect(await onHandset()).toEqual([
      'sent:  Stop ',
      `received: ${STOPPED}`,
      'sent: UNSUBSCRIBE',
      'sent: START',
      `received: ${RESUBSCRIBED}`,
      'received: Welcome back',
    ]);
    expect(webhook.calls.map(({ fields }) => fields['OptOutType'])).toEqual(['STOP', 'STOP', 'START']);
  });

  test('IN-7: refuses the webhook’s reply to STOP, and leaves a later HELP unanswered', async () => {
    await start(() => twiml('<Message>Sorry to see you go</Message>'));
    expect((await text('STOP')).problems).toMatchObject([{ code: 21610 }]);
    expect(await text('HELP')).toMatchObject({ optOutType: 'HELP', replies: [] });
    expect(await onHandset()).toEqual(['sent: STOP', `received: ${STOPPED}`, 'sent: HELP']);
  });

  test('IN-7: the carrier answers HELP', async () => {
    await start(() => twiml(''));
    await text('info');
    expect(await onHandset()).toEqual([
      'sent: info',
      'received: Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
    ]);
  });

  test('IN-7: counts a keyword only when it is the whole message', async () => {
    await start(() => twiml(''));
    expect(await text('please stop')).toMatchObject({ optOutType: null });
    expect(webhook.calls[0]?.fields).not.toHaveProperty('OptOutType');
  });

  test('IN-7: STOP from one handset does not block another', async () => {
    await start(() => twiml(''));
    await text('STOP');
    expect(await carrier.sdk.messages.create({ to: '+12025550102', from: SENDER, body: 'Hi' })).toMatchObject(
      { status: 'queued' },
    );
  });
});

describe('DX-4: refuses bad requests to a handset with a clear reason', () => {
  test.each([
    ['a number of 3 digits', '/handsets/123/texts', { body: 'x' }, 21211],
    ['a number of 30 digits', `/handsets/+1${'2'.repeat(29)}/texts`, { body: 'x' }, 21211],
    ['a number with letters', '/handsets/+1202555CALL/texts', { body: 'x' }, 21211],
    ['Parley’s own number', `/handsets/${SENDER}/texts`, { body: 'x' }, 21266],
    ['a request without a body', `/handsets/${HANDSET}/texts`, {}, 20001],
    ['a body that is no text', `/handsets/${HANDSET}/texts`, { body: 3 }, 20001],
    ['an unknown field', `/handsets/${HANDSET}/texts`, { body: 'x', from: '+12025550102' }, 20001],
    ['an array', `/handsets/${HANDSET}/texts`, [], 20001],
    ['1,601 characters', `/handsets/${HANDSET}/texts`, { body: 'a'.repeat(1601) }, 21617],
    [
      'media without a type',
      `/handsets/${HANDSET}/texts`,
      { body: 'x', media: [{ contentType: 'png' }] },
      20001,
    ],
    ['a bad escape', '/handsets/%E0%A4/texts', { body: 'x' }, 20001],
  ])('DX-4: refuses %s', async (_name, path, body, code) => {
    await start(() => twiml(''));
    const { status, json } = await carrier.call('POST', path, body);
    expect(status).toBe(400);
    expect(json).toMatchObject({ code, status: 400 });
    expect(webhook.calls).toEqual([]);
  });

  test.each([
    ['broken JSON', 'application/json', '{"body":', 400],
    ['bytes that are no UTF-8', 'application/json', new Uint8Array([0x22, 0xff, 0x22]), 400],
    ['plain text', 'text/plain', 'hi', 415],
    ['10 MB', 'application/json', `{"body":"${'a'.repeat(10 * 1024 * 1024)}"}`, 413],
  ])('DX-4: refuses a body of %s', async (_name, type, body, status) => {
    await start(() => twiml(''));
    const response = await fetch(`${carrier.url}/handsets/${HANDSET}/texts`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ status });
  });

  test('DX-4: passes on NUL, lone surrogates and right-to-left text as a phone would', async () => {
    await start(() => twiml(''));
    await text('a\u0000b \ud800 مرحبا e\u0301');
    expect(webhook.calls[0]).toMatchObject({
      signed: true,
      fields: { Body: 'a\u0000b \ufffd مرحبا e\u0301' },
    });
  });
});
