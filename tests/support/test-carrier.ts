import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import twilio from 'twilio';
import RequestClient from 'twilio/lib/base/RequestClient.js';
import { startCarrier, type RunningCarrier } from '../carrier/server.ts';
import type { CarrierSettings } from '../carrier/settings.ts';

export const ACCOUNT = 'AC00000000000000000000000000000001';
export const AUTH_TOKEN = 'parley-local-auth-token';
export const SENDER = '+15005550006';

/** One request that the customer's webhook got. */
export interface WebhookCall {
  path: string;
  fields: Record<string, string>;
  /** Whether the twilio SDK finds its signature right. */
  signed: boolean;
  idempotencyToken: string;
}

/** What it answers; `null` cuts the connection, and `'silence'` never answers. */
export type WebhookReply = { status: number; type?: string; body?: string } | null | 'silence';

export interface TestWebhook {
  url: string;
  calls: WebhookCall[];
  /** Status callbacks in the order in which they came, of one message or of all. */
  statuses: (sid?: string) => string[];
  stop: () => Promise<void>;
}

/** A webhook in the place of Parley's, which keeps what it gets; status callbacks get 204. */
export async function startWebhook(
  reply: (call: WebhookCall) => WebhookReply = () => null,
): Promise<TestWebhook> {
  const calls: WebhookCall[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const fields = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
      const path = request.url ?? '';
      const call = {
        path,
        fields,
        signed: twilio.validateRequest(
          AUTH_TOKEN,
          String(request.headers['x-twilio-signature']),
          `${originOf(server)}${path}`,
          fields,
        ),
        idempotencyToken: String(request.headers['i-twilio-idempotency-token']),
      };
      calls.push(call);
      const answer = path.startsWith('/inbound') ? reply(call) : { status: 204 };
      if (answer === 'silence') return;
      if (answer === null) request.socket.destroy();
      else
        response
          .writeHead(answer.status, { 'content-type': answer.type ?? 'text/xml' })
          .end(answer.body ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: originOf(server),
    calls,
    statuses: (sid) =>
      calls
        .filter(
          ({ path, fields }) =>
            !path.startsWith('/inbound') && (sid === undefined || fields['MessageSid'] === sid),
        )
        .map(({ fields }) => fields['MessageStatus'] ?? ''),
    stop: () => close(server),
  };
}

/** TwiML with one reply. */
export function twiml(inner: string): { status: number; body: string } {
  return { status: 200, body: `<?xml version="1.0" encoding="UTF-8"?><Response>${inner}</Response>` };
}

export interface TestCarrier extends RunningCarrier {
  /** Calls one of the carrier's own addresses; the answer's JSON as it is. */
  call: (method: string, path: string, body?: unknown) => Promise<{ status: number; json: unknown }>;
  /** The twilio SDK, sent here. */
  sdk: ReturnType<typeof twilio>;
  /** What broke behind the answers. */
  broken: unknown[];
}

/** A carrier in this process on a free port, without pauses between statuses. */
export async function startTestCarrier(settings: Partial<CarrierSettings> = {}): Promise<TestCarrier> {
  const broken: unknown[] = [];
  const running = await startCarrier(
    {
      port: 0,
      accountSid: ACCOUNT,
      authToken: AUTH_TOKEN,
      fromNumber: SENDER,
      messagingServiceSid: null,
      webhookUrl: 'http://127.0.0.1:9',
      webhookTimeoutMs: 5_000,
      dueWorkUrl: 'http://127.0.0.1:9/due-0',
      dueWorkEverySeconds: 0,
      phoneBook: [],
      memoryFile: null,
      ...settings,
    },
    (error) => broken.push(error),
  );
  running.carrier.dials.replace({ delayMs: 0 });
  return {
    ...running,
    broken,
    sdk: sdkFor(running.url),
    call: async (method, path, body) => {
      const response = await fetch(running.url + path, {
        method,
        ...(body === undefined
          ? {}
          : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, json: text === '' ? null : (JSON.parse(text) as unknown) };
    },
  };
}

/** The SDK as it is, but for the host that it calls. */
export function sdkFor(url: string, { token = AUTH_TOKEN, timeout = 2_000 } = {}): ReturnType<typeof twilio> {
  class RedirectedClient extends RequestClient {
    override request<TData>(options: RequestClient.RequestOptions<TData>) {
      return super.request<TData>(
        Object.assign(options, { uri: options.uri.replace('https://api.twilio.com', url) }),
      );
    }
  }
  return twilio(ACCOUNT, token, { httpClient: new RedirectedClient({ timeout }) });
}

function originOf(server: Server): string {
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
