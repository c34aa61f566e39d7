import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { Verdict } from '../../functions/src/health/check.ts';
import { twilioChecks } from '../../functions/src/health/twilio-checks.ts';
import type { Config } from '../../functions/src/platform/config.ts';
import type {
  AccountState,
  Answer,
  CarrierInquiry,
  InboundRoute,
  SenderState,
} from '../../functions/src/carrier/inquiry.ts';
import { twilioCodes } from '../../functions/src/twilio/codes.ts';
import { createTwilioInquiry } from '../../functions/src/twilio/inquiry.ts';

const INBOUND = 'https://webhook.example.com/inbound';
const settings = {
  smsMode: 'live',
  sender: { kind: 'number', value: '+12025550100' },
  webhookUrl: 'https://webhook.example.com',
  emulator: false,
} as const satisfies Pick<Config, 'smsMode' | 'sender' | 'webhookUrl' | 'emulator'>;

const inbound = (change: Partial<InboundRoute> = {}): InboundRoute => ({
  url: `${INBOUND}#rc=5&rp=all`,
  method: 'POST',
  application: false,
  ...change,
});
const answered = <T>(value: T): Answer<T> => ({ kind: 'answered', value });
const oneNumber = (change: Partial<InboundRoute> = {}, sms = true): Answer<SenderState | null> =>
  answered({ numbers: [{ sms, inbound: inbound(change) }], serviceInbound: null });

function inquiry(
  account: Answer<AccountState> = answered({ status: 'active', type: 'Full' }),
  sender: Answer<SenderState | null> = oneNumber(),
): CarrierInquiry {
  return { account: async () => account, sender: async () => sender };
}

async function verdict(
  id: string,
  asked: CarrierInquiry,
  change: Partial<typeof settings> | { smsMode: 'disabled' } = {},
): Promise<Verdict> {
  const check = twilioChecks(
    { ...settings, ...change },
    { codes: twilioCodes, inquiry: async () => asked },
  ).find((each) => each.id === id);
  if (check === undefined) throw new Error(`There is no check ${id}.`);
  return check.run();
}

describe('OPS-2: credentials, by asking Twilio', () => {
  test.each<[string, Answer<AccountState>, Verdict['level'], string]>([
    [
      'active',
      answered({ status: 'active', type: 'Full' }),
      'ok',
      'Credentials accepted; the account is active.',
    ],
    ['suspended', answered({ status: 'suspended', type: 'Full' }), 'error', 'The account is suspended.'],
    [
      'a trial',
      answered({ status: 'active', type: 'Trial' }),
      'warning',
      'This is a trial account: it can text verified numbers only, and adds a line to every message.',
    ],
    [
      'refused',
      { kind: 'refused', status: 401, errorCode: 20003 },
      'error',
      'Twilio rejected the credentials.',
    ],
    [
      'of another account',
      { kind: 'refused', status: 404, errorCode: 20404 },
      'error',
      'Twilio rejected the credentials.',
    ],
    [
      'too often',
      { kind: 'refused', status: 429, errorCode: null },
      'error',
      'The carrier is receiving too many requests. (HTTP 429)',
    ],
    [
      'unreachable',
      { kind: 'unreachable' },
      'error',
      'Twilio could not be reached, or did not answer in time.',
    ],
  ])('%s', async (_name, account, level, detail) => {
    expect(await verdict('twilio-account', inquiry(account))).toMatchObject({ level, detail });
  });
});

describe('OPS-2: the sender', () => {
  const numbers = (...sms: boolean[]) =>
    answered({ numbers: sms.map((each) => ({ sms: each, inbound: inbound() })), serviceInbound: null });

  test.each<[string, Answer<SenderState | null>, Verdict['level'], string]>([
    ['can text', numbers(true), 'ok', 'It belongs to the account and can send messages.'],
    ['several that can', numbers(true, true), 'ok', '2 numbers; all can send messages.'],
    ['cannot text', numbers(false), 'error', 'It cannot send messages.'],
    ['some cannot', numbers(true, false, true), 'warning', '1 of 3 numbers cannot send messages.'],
    ['an empty service', numbers(), 'error', 'The messaging service has no number.'],
    [
      'is not there',
      answered(null),
      'error',
      'TWILIO_FROM_NUMBER names nothing that belongs to the account.',
    ],
    ['unknown', { kind: 'unreachable' }, 'warning', 'Not checked: Twilio did not answer.'],
  ])('%s', async (_name, sender, level, detail) => {
    expect(await verdict('twilio-sender', inquiry(undefined, sender))).toMatchObject({ level, detail });
  });
});

describe('OPS-2: the webhook address as Twilio has it', () => {
  const mend = `In the Twilio console, set the address for incoming messages to ${INBOUND}#rc=5&rp=all with POST.`;

  test('OPS-2: the right address with retries passes', async () => {
    expect(await verdict('twilio-webhook', inquiry())).toEqual({
      level: 'ok',
      detail: 'Twilio delivers messages to this Parley.',
      mend: null,
    });
  });

  test.each<[string, Partial<InboundRoute>, Verdict['level'], string]>([
    [
      'without retries',
      { url: INBOUND },
      'warning',
      'Twilio delivers messages to this Parley, but retries only once when one is not accepted.',
    ],
    ['none', { url: '' }, 'error', 'Twilio delivers messages to no address.'],
    [
      'another',
      { url: 'https://user:secret@old.example.com/in?token=secret' },
      'error',
      'Twilio delivers messages to https://old.example.com/in.',
    ],
    [
      'one slash too many',
      { url: `${INBOUND}/` },
      'error',
      'Twilio delivers messages to https://webhook.example.com/inbound/.',
    ],
    ['by GET', { method: 'GET' }, 'error', 'Twilio calls with GET.'],
    [
      'an application',
      { application: true },
      'error',
      'A TwiML app answers messages to this number instead of Parley.',
    ],
  ])('%s', async (_name, route, level, detail) => {
    expect(await verdict('twilio-webhook', inquiry(undefined, oneNumber(route)))).toEqual({
      level,
      detail,
      mend,
    });
  });

  test('OPS-2: the address of a messaging service that handles messages itself is the one that counts', async () => {
    const sender = answered({
      numbers: [{ sms: true, inbound: inbound() }],
      serviceInbound: inbound({ url: 'https://old.example.com/in' }),
    });
    expect(await verdict('twilio-webhook', inquiry(undefined, sender))).toMatchObject({ level: 'error' });
  });

  test('OPS-1: Twilio is not asked while sending is disabled', async () => {
    const never = async (): Promise<never> => {
      throw new Error('asked');
    };
    const asked = { account: never, sender: never };
    for (const id of ['twilio-account', 'twilio-sender', 'twilio-webhook']) {
      expect(await verdict(id, asked, { smsMode: 'disabled' })).toMatchObject({
        level: 'ok',
        detail: 'Not checked: sending is disabled.',
      });
    }
  });
});

describe('OPS-2: what Twilio is asked', () => {
  const servers: Server[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
  });

  /** A Twilio that has these answers by path, and 404 with words about a number for every other. */
  async function twilio(answers: Record<string, object>) {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      const [path = ''] = (request.url ?? '').split('?');
      asked.push(request.url ?? '');
      const found = Object.hasOwn(answers, path) ? answers[path] : undefined;
      const body = found ?? { code: 20404, message: 'Nothing for +12025550143', status: 404 };
      response
        .writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' })
        .end(JSON.stringify(body));
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const apiUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const made = createTwilioInquiry({ accountSid: 'AC2', authToken: () => 'token', apiUrl });
    return { asked, inquiry: made };
  }

  const number = {
    sid: 'PN1',
    capabilities: { sms: true, mms: false },
    sms_url: INBOUND,
    sms_method: 'POST',
    sms_application_sid: '',
  };
  const list = (key: string, items: object[]) => ({ [key]: items, meta: { key }, next_page_uri: null });

  test('OPS-2: a messaging service is read with its numbers and where each delivers messages to', async () => {
    const { inquiry: made } = await twilio({
      '/v1/Services/MG1': { sid: 'MG1', use_inbound_webhook_on_number: true, inbound_request_url: null },
      '/v1/Services/MG1/PhoneNumbers': list('phone_numbers', [{ sid: 'PN1' }]),
      '/2010-04-01/Accounts/AC2/IncomingPhoneNumbers/PN1.json': number,
    });
    expect(await made.sender({ kind: 'service', value: 'MG1' })).toEqual(
      answered({ numbers: [{ sms: true, inbound: inbound({ url: INBOUND }) }], serviceInbound: null }),
    );
  });

  test('OPS-2: a messaging service that does not exist is null', async () => {
    const { inquiry: made } = await twilio({});
    expect(await made.sender({ kind: 'service', value: 'MG1' })).toEqual(answered(null));
  });

  test('OPS-2: a refusal keeps its code and drops its message', async () => {
    const { inquiry: made } = await twilio({});
    expect(await made.account()).toEqual({ kind: 'refused', status: 404, errorCode: 20404 });
  });

  test('OPS-2: a Twilio that cannot be reached is reported as such', async () => {
    const made = createTwilioInquiry({
      accountSid: 'AC2',
      authToken: () => 'token',
      apiUrl: 'http://127.0.0.1:9',
    });
    expect(await made.account()).toEqual({ kind: 'unreachable' });
  });

  test('OPS-2: a missing token is not mistaken for a Twilio that is down', async () => {
    const made = createTwilioInquiry({
      accountSid: 'AC2',
      authToken: () => {
        throw new Error('The secret TWILIO_AUTH_TOKEN is not set.');
      },
      apiUrl: 'http://127.0.0.1:9',
    });
    await expect(made.account()).rejects.toThrow('TWILIO_AUTH_TOKEN');
  });
});
