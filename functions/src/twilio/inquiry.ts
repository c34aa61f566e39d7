import Twilio from 'twilio/lib/rest/Twilio.js';
import type { Answer, CarrierInquiry, SenderNumber, SenderState } from '../carrier/inquiry.ts';
import { TransportError, TwilioTransport } from './transport.ts';

/** Of a messaging service with more numbers, the first ones stand for the rest. */
const MOST_NUMBERS = 10;

const INQUIRY_MILLISECONDS = 5_000;

type Client = InstanceType<typeof Twilio>;

/** By the twilio SDK, at Twilio or the simulated carrier. Messaging services have an address of their own at Twilio. */
export function createTwilioInquiry(settings: {
  accountSid: string;
  authToken: () => string;
  apiUrl: string;
  milliseconds?: number;
}): CarrierInquiry {
  const { accountSid, apiUrl, milliseconds = INQUIRY_MILLISECONDS } = settings;
  const client = (address: string): Client =>
    new Twilio(accountSid, settings.authToken(), { httpClient: new TwilioTransport(address, milliseconds) });
  return {
    account: () =>
      asked(async () => {
        const { status, type } = await client(apiUrl).api.v2010.accounts(accountSid).fetch();
        return { status, type };
      }),
    sender: ({ kind, value }) =>
      asked(() =>
        kind === 'number'
          ? numberState(client(apiUrl), value)
          : serviceState(client(apiUrl), client(messagingAddress(apiUrl)), value),
      ),
  };
}

function messagingAddress(apiUrl: string): string {
  return apiUrl.replace(/^https:\/\/api\.(.*twilio\.com)$/, 'https://messaging.$1');
}

interface NumberResource {
  capabilities: { sms: boolean };
  smsUrl: string;
  smsMethod: string;
  smsApplicationSid: string;
}

function numberFrom(number: NumberResource): SenderNumber {
  return {
    sms: number.capabilities.sms,
    inbound: {
      url: number.smsUrl,
      method: number.smsMethod,
      application: (number.smsApplicationSid ?? '') !== '',
    },
  };
}

async function numberState(client: Client, phoneNumber: string): Promise<SenderState | null> {
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber, limit: 1 });
  return number === undefined ? null : { numbers: [numberFrom(number)], serviceInbound: null };
}

async function serviceState(client: Client, messaging: Client, sid: string): Promise<SenderState | null> {
  try {
    const service = await messaging.messaging.v1.services(sid).fetch();
    const members = await messaging.messaging.v1.services(sid).phoneNumbers.list({ limit: MOST_NUMBERS });
    const numbers = await Promise.all(
      members.map((member) => client.incomingPhoneNumbers(member.sid).fetch()),
    );
    const { useInboundWebhookOnNumber, inboundRequestUrl, inboundMethod } = service;
    return {
      numbers: numbers.map(numberFrom),
      serviceInbound: useInboundWebhookOnNumber
        ? null
        : { url: inboundRequestUrl ?? '', method: inboundMethod ?? 'POST', application: false },
    };
  } catch (error) {
    if (isRefusal(error) && error.status === 404) return null;
    throw error;
  }
}

/** Throws what is no answer of Twilio's, such as a missing setting. */
async function asked<T>(ask: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { kind: 'answered', value: await ask() };
  } catch (error) {
    if (error instanceof TransportError) return { kind: 'unreachable' };
    if (!isRefusal(error)) throw error;
    const code: unknown = 'code' in error ? error.code : null;
    return { kind: 'refused', status: error.status, errorCode: typeof code === 'number' ? code : null };
  }
}

/** The SDK's RestException: a whole answer that is not a success. */
function isRefusal(error: unknown): error is Error & { status: number } {
  return error instanceof Error && 'status' in error && typeof error.status === 'number';
}
