import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { messageIdIn } from '../../functions/src/carrier/callback.ts';
import type { Carrier } from '../../functions/src/carrier/carrier.ts';
import type { CarrierCodes, CarrierStatus, ProviderError } from '../../functions/src/carrier/codes.ts';
import type { SmsGateway } from '../../functions/src/carrier/gateway.ts';
import type { CarrierText, SmsLookup } from '../../functions/src/carrier/lookup.ts';
import type { CarrierWebhook, Hash, InboundMessage } from '../../functions/src/carrier/webhook.ts';
import { AppError } from '../../functions/src/platform/errors.ts';
import { asReceived, mayHoldNumber } from '../../functions/src/platform/odd-text.ts';

/**
 * A second carrier, as unlike Twilio as a carrier can be: JSON both ways, HMAC-SHA-256 over address and body, statuses and
 * codes of its own. It is used by nothing but tests, and shows that the port does not follow from Twilio.
 */

/** What became of a request: a status and what was read, or whether it may have arrived. */
type Called = { status: number; json: unknown } | { reached: boolean };

const message = z.object({
  id: z.string(),
  text: z.string(),
  at: z.coerce.date(),
  state: z.string(),
  via: z.string(),
});

const final = (category: ProviderError['category'], reason: string) => ({
  category,
  reason,
  retryable: false,
});

const ERRORS: ReadonlyMap<number, ProviderError> = new Map([
  [401, final('account', 'The key is wrong.')],
  [510, final('number', 'There is no such number.')],
  [511, final('consent', 'They do not want to be texted.')],
  [520, { category: 'capacity', reason: 'There is too much to do.', retryable: true }],
  [530, final('content', 'The message is too long.')],
]);

const STATES: ReadonlyMap<string, CarrierStatus> = new Map([
  ['taken', 'accepted'],
  ['out', 'sent'],
  ['there', 'delivered'],
  ['returned', 'undelivered'],
  ['dropped', 'failed'],
]);

const tinyCodes: CarrierCodes = {
  known: [...ERRORS.keys()],
  status: (word) => STATES.get(word.trim().toLowerCase()) ?? null,
  error: (code) =>
    (code === null ? undefined : ERRORS.get(code)) ?? final('provider', 'The carrier gave no reason.'),
  category(code) {
    if (code === 510) return 'suppress';
    if (code === 511) return 'opt_out';
    return ERRORS.get(code)?.retryable === true ? 'transient' : 'permanent';
  },
};

async function call(url: string, path: string, body?: unknown): Promise<Called> {
  try {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(url + path, init);
    return { status: response.status, json: await response.json() };
  } catch (error) {
    const cause: unknown = error instanceof Error ? error.cause : null;
    const refused = cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
    return { reached: !refused };
  }
}

function gatewayAt(url: string): SmsGateway {
  return {
    async send({ to, body, statusCallback, sender }) {
      const answer = await call(url, '/send', { to, text: body, from: sender.value, report: statusCallback });
      if ('reached' in answer)
        return answer.reached
          ? { kind: 'unknown', reason: 'No answer came.' }
          : { kind: 'retry', errorCode: null, reason: 'Nobody answers.' };
      const read = z
        .object({ id: z.string() })
        .or(z.object({ code: z.number() }))
        .parse(answer.json);
      if ('id' in read) return { kind: 'accepted', providerId: read.id };
      const { reason, retryable } = tinyCodes.error(read.code);
      return { kind: retryable ? 'retry' : 'refused', errorCode: read.code, reason };
    },
  };
}

function lookupAt(url: string): SmsLookup {
  const textFrom = ({ id, text, at, state, via }: z.infer<typeof message>): CarrierText => ({
    providerId: id,
    body: text,
    createdAt: at,
    sentBy: via === 'api' ? 'api' : 'reply',
    status: state,
    errorCode: null,
    price: null,
  });
  return {
    async find({ to, since }) {
      const answer = await call(url, `/list?to=${encodeURIComponent(to)}`);
      if ('reached' in answer) return { kind: 'unavailable' };
      const texts = z.array(message).parse(answer.json).map(textFrom);
      return { kind: 'listed', texts: texts.filter(({ createdAt }) => createdAt >= since), complete: true };
    },
    async fetch(providerId) {
      const answer = await call(url, `/message/${providerId}`);
      if ('reached' in answer) return { kind: 'unavailable' };
      if (answer.status === 404) return { kind: 'absent' };
      return { kind: 'found', text: textFrom(message.parse(answer.json)) };
    },
  };
}

export function tinySignature(secret: string, url: string, body: Buffer): string {
  return createHmac('sha256', secret).update(`${url}\n`).update(body).digest('hex');
}

/** Whatever is no text is none. */
const word = z.string().catch('');
const event = z.object({
  message: word,
  from: word,
  text: word,
  files: z.array(word).catch([]),
  state: word,
  code: z.union([z.number(), z.string()]).nullable().catch(null),
});

function webhookOf(secret: string): CarrierWebhook {
  return {
    verify({ url, search, header, rawBody }) {
      const [given, right] = [header('x-tiny-hmac') ?? '', tinySignature(secret, url, rawBody)];
      const same = given.length === right.length && timingSafeEqual(Buffer.from(given), Buffer.from(right));
      if (!same) return { kind: 'refused', code: 'SIGNATURE_INVALID' };
      const parsed = event.parse(JSON.parse(rawBody.toString('utf8')));
      return {
        kind: 'signed',
        request: {
          inbound: (hash) => inboundFrom(parsed, hash),
          status: () => ({
            messageId: messageIdIn(new URLSearchParams(search)),
            sid: parsed.message,
            status: parsed.state,
            errorCode: typeof parsed.code === 'number' ? parsed.code : null,
            oddErrorCode: typeof parsed.code === 'string' ? parsed.code : null,
            price: null,
          }),
        },
      };
    },
    answer: (reply) => ({ contentType: 'application/json', body: JSON.stringify({ reply }) }),
  };
}

function inboundFrom({ message: id, from, text, files }: z.infer<typeof event>, hash: Hash): InboundMessage {
  if (id === '') throw new AppError('BAD_REQUEST');
  const regular = /^t[a-f0-9]{16}$/.test(id);
  const types = files.map((type) => (/^\w+\/\w+$/.test(type) ? type : ''));
  const irregular = {
    ...(/^\+\d{7,15}$/.test(from) ? {} : { sender: asReceived(from) }),
    ...(regular ? {} : { messageSid: mayHoldNumber(id) ? '' : asReceived(id) }),
    ...(types.includes('') ? { media: asReceived(files.join(' ')) } : {}),
  };
  return {
    sid: regular ? id : `x_${hash(id).slice(0, 40)}`,
    from,
    body: text,
    segments: null,
    media: types.map((contentType) => ({ contentType })),
    optOutType: null,
    irregular,
  };
}

export function tinyCarrier(url: string, secret: string): Carrier {
  return {
    codes: tinyCodes,
    webhook: webhookOf(secret),
    gateway: async () => gatewayAt(url),
    lookup: async () => lookupAt(url),
    inquiry: async () => ({
      async account() {
        const answer = await call(url, '/account');
        if ('reached' in answer) return { kind: 'unreachable' };
        return { kind: 'answered', value: { status: 'active', type: 'Full' } };
      },
      sender: async () => {
        const inbound = { url: '', method: 'POST', application: false };
        return { kind: 'answered', value: { numbers: [{ sms: true, inbound }], serviceInbound: null } };
      },
    }),
  };
}

/** Its other end: takes messages, and breaks the next request in the way that it is asked to. */
export async function startTinyServer(refused: string) {
  const messages: (z.input<typeof message> & { to: string })[] = [];
  const next: ('busy' | 'lost' | 'taken-and-lost')[] = [];
  const json = (response: ServerResponse, status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  const take = (response: ServerResponse, body: string): void => {
    const { to, text } = z.object({ to: z.string(), text: z.string() }).parse(JSON.parse(body));
    const trouble = next.shift();
    if (trouble === 'busy') return void json(response, 503, { code: 520 });
    if (to === refused) return void json(response, 400, { code: 510 });
    const id = `t${randomBytes(8).toString('hex')}`;
    if (trouble !== 'lost')
      messages.push({ id, to, text, at: new Date().toISOString(), state: 'taken', via: 'api' });
    if (trouble === undefined) json(response, 201, { id });
    else response.destroy();
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://tiny.invalid');
    const to = searchParams.get('to');
    const found = messages.find(({ id }) => pathname === `/message/${id}`);
    if (pathname === '/account') json(response, 200, {});
    else if (pathname === '/list')
      json(
        response,
        200,
        messages.filter((each) => each.to === to),
      );
    else if (pathname !== '/send') json(response, found === undefined ? 404 : 200, found ?? {});
    else {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => take(response, Buffer.concat(chunks).toString('utf8')));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    messages,
    next,
    async stop(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
