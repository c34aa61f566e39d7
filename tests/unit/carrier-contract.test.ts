import { DOMParser } from '@xmldom/xmldom';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { z } from 'zod';
import type { RawRequest } from '../../functions/src/carrier/webhook.ts';
import type { E164 } from '../../functions/src/platform/phone-vault.ts';
import { twilioCarrier } from '../../functions/src/twilio/twilio-carrier.ts';
import { carrierContract, type CarrierUnderTest } from '../support/carrier-contract.ts';
import { ACCOUNT, AUTH_TOKEN, SENDER, startTestCarrier } from '../support/test-carrier.ts';
import { startTinyServer, tinyCarrier, tinySignature } from '../support/tiny-carrier.ts';

const SERVICE = { kind: 'service', value: 'MG00000000000000000000000000000001' } as const;

function raw(
  url: string,
  contentType: string,
  body: string,
  signature: (body: Buffer) => string,
): RawRequest {
  const rawBody = Buffer.from(body);
  const value = signature(rawBody);
  return { url, search: new URL(url).search, contentType, contentEncoding: '', header: () => value, rawBody };
}

/** Fields that are not left out. */
function given(fields: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

async function openTwilio(): Promise<CarrierUnderTest> {
  const simulated = await startTestCarrier();
  const { dials, store } = simulated.carrier;
  const signed = (url: string, fields: Record<string, string>) =>
    raw(url, 'application/x-www-form-urlencoded', new URLSearchParams(fields).toString(), () =>
      getExpectedTwilioSignature(AUTH_TOKEN, url, fields),
    );
  let open = true;
  return {
    carrier: twilioCarrier({
      twilioAccountSid: ACCOUNT,
      twilioApiUrl: simulated.url,
      smsMode: 'simulation',
      secrets: { twilioAuthToken: () => AUTH_TOKEN },
    }),
    sender: { kind: 'number', value: SENDER },
    refused: { to: '+15005550001' as E164, sender: SERVICE },
    ids: { some: `SM${'1'.repeat(32)}`, unknown: `SM${'0'.repeat(32)}` },
    words: {
      accepted: 'accepted',
      scheduled: 'accepted',
      queued: 'accepted',
      sending: 'accepted',
      sent: 'sent',
      delivered: 'delivered',
      undelivered: 'undelivered',
      failed: 'failed',
      canceled: 'canceled',
      read: 'read',
    },
    codes: { suppress: 30005, opt_out: 21610, transient: 30003, permanent: 21408 },
    taken: () => store.all().map(({ body }) => body),
    trouble(kind) {
      if (kind === 'busy') dials.change({ failNextWith: { status: 429 } });
      else if (kind === 'broken') dials.change({ failNextWith: { status: 500 } });
      else dials.change({ connectionTrouble: { kind: 'reset', accepted: kind === 'taken-and-lost' } });
    },
    inbound: (url, { id, from, body, media }) =>
      signed(url, {
        ...given({ MessageSid: id, From: from, Body: body }),
        NumMedia: String(media?.length ?? 0),
        ...Object.fromEntries((media ?? []).map((type, n) => [`MediaContentType${String(n)}`, type])),
      }),
    status: (url, { id, word, code }) =>
      signed(url, given({ MessageSid: id, MessageStatus: word, ErrorCode: code?.toString() })),
    replyIn(body) {
      const [message] = new DOMParser().parseFromString(body, 'text/xml').getElementsByTagName('Message');
      if (message === undefined) return null;
      return {
        text: message.textContent ?? '',
        statusCallback: message.getAttribute('statusCallback') ?? '',
      };
    },
    async stop() {
      if (open) await simulated.stop();
      open = false;
    },
  };
}

async function openTiny(): Promise<CarrierUnderTest> {
  const refused = '+12025550199' as E164;
  const server = await startTinyServer(refused);
  const secret = 'a secret of the tests';
  const sender = { kind: 'number', value: '+12025550100' } as const;
  const signed = (url: string, body: unknown) =>
    raw(url, 'application/json', JSON.stringify(body), (bytes) => tinySignature(secret, url, bytes));
  return {
    carrier: tinyCarrier(server.url, secret),
    sender,
    refused: { to: refused, sender },
    ids: { some: `t${'1'.repeat(16)}`, unknown: `t${'0'.repeat(16)}` },
    words: { taken: 'accepted', out: 'sent', there: 'delivered', returned: 'undelivered', dropped: 'failed' },
    codes: { suppress: 510, opt_out: 511, transient: 520, permanent: 530 },
    taken: () => server.messages.map(({ text }) => text),
    trouble: (kind) => void server.next.push(kind === 'broken' ? 'busy' : kind),
    inbound: (url, { id, from, body, media }) => signed(url, { message: id, from, text: body, files: media }),
    status: (url, { id, word, code }) => signed(url, { message: id, state: word, code }),
    replyIn: (body) =>
      z
        .object({ reply: z.object({ text: z.string(), statusCallback: z.string() }).nullable() })
        .parse(JSON.parse(body)).reply,
    stop: server.stop,
  };
}

carrierContract('Twilio', openTwilio);
carrierContract('a carrier with JSON and HMAC', openTiny);
