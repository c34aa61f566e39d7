import { statusCallback } from '../../carrier/callback.ts';
import type { Carrier } from '../../carrier/carrier.ts';
import type { RawRequest, Reply, SignedRequest } from '../../carrier/webhook.ts';
import { receiveInbound } from '../../inbound/receive-inbound.ts';
import { recordStatus } from '../../outbox/record-status.ts';
import { AppError, errorBody, toAppError } from '../../platform/errors.ts';
import { within } from '../../platform/retry.ts';
import type { Deps } from '../deps.ts';

export type WebhookDeps = Pick<Deps, 'config' | 'clock' | 'ids' | 'log' | 'db' | 'vault'> & {
  carrier: Pick<Carrier, 'webhook' | 'codes'>;
};

/** A request as it came, with the path that it asked for below the webhook's address. */
export interface WebhookRequest extends Omit<RawRequest, 'url'> {
  method: string;
  path: string;
}

export interface WebhookAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Carriers send a few kilobytes. This takes a hundred times the longest body, in any script. */
const MAX_BYTES = 1024 * 1024;
/** Twilio waits 15 s in all; an answer that comes later is lost, so a failure is answered well before. */
const DEADLINE_MS = 9_000;

interface Call {
  deps: WebhookDeps;
  requestId: string;
  signed: SignedRequest;
}

/** Each answers the reply that goes back, or null. */
const ROUTES: Readonly<Record<string, (call: Call) => Promise<Reply | null>>> = {
  '/inbound': inbound,
  '/status': status,
};

/**
 * The two addresses that the carrier calls. A request that it did not sign is refused, and nothing of it is kept; one that
 * it did sign is not refused for what is in it, since Twilio does not repeat what got a 4xx (IN-1). Never throws: what
 * fails is answered with 5xx in the one error shape, so that the carrier tries again (IN-10).
 */
export async function answerWebhook(
  deps: WebhookDeps,
  request: WebhookRequest,
  deadlineMs = DEADLINE_MS,
): Promise<WebhookAnswer> {
  const requestId = deps.ids.next();
  const path = Object.hasOwn(ROUTES, request.path) ? request.path : 'none';
  const log = deps.log.with({ requestId, path });
  const headers = { 'cache-control': 'no-store', 'x-request-id': requestId };
  try {
    const route = Object.hasOwn(ROUTES, request.path) ? ROUTES[request.path] : undefined;
    if (route === undefined) throw new AppError('NOT_FOUND');
    if (request.method !== 'POST') throw new AppError('METHOD_NOT_ALLOWED');
    const call = { deps: { ...deps, log }, requestId, signed: signedRequest(deps, request) };
    const reply = await within(deadlineMs, route(call));
    const { contentType, body } = deps.carrier.webhook.answer(reply);
    return { status: 200, headers: { ...headers, 'content-type': contentType }, body };
  } catch (error) {
    const known = toAppError(error);
    if (known.status >= 500) log.error('webhook.failed', known.cause ?? known, { status: known.status });
    else log.warning('webhook.refused', { status: known.status, errorCode: known.code });
    const { status, body } = errorBody(known, requestId, deps.clock.now());
    return {
      status,
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
  }
}

/** The signature is checked against the configured address: what a request says of its host can be anything (IN-1). */
function signedRequest({ config, carrier }: WebhookDeps, request: WebhookRequest): SignedRequest {
  if (request.rawBody.length > MAX_BYTES) throw new AppError('BODY_TOO_LARGE');
  const url = config.webhookUrl + request.path + request.search;
  const verdict = carrier.webhook.verify({ ...request, url });
  if (verdict.kind === 'signed') return verdict.request;
  throw new AppError(verdict.code, verdict.message === undefined ? {} : { message: verdict.message });
}

async function inbound({ deps, requestId, signed }: Call): Promise<Reply | null> {
  const message = signed.inbound((text) => deps.vault.hash(text));
  const { reply, entry, repeated } = await receiveInbound(deps, message, requestId);
  deps.log.info('inbound.kept', {
    sid: entry.sid,
    status: entry.status,
    reason: entry.responseReason,
    repeated,
    irregular: Object.keys(entry.irregular ?? {}).join(' '),
  });
  if (reply === null) return null;
  return { text: reply.text, statusCallback: statusCallback(deps.config.webhookUrl, reply.replyId) };
}

async function status({ deps, signed }: Call): Promise<null> {
  await recordStatus(
    deps,
    signed.status((text) => deps.vault.hash(text)),
  );
  return null;
}
