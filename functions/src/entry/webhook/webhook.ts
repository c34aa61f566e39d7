import { receiveInbound } from '../../inbound/receive-inbound.ts';
import { recordStatus } from '../../outbox/record-status.ts';
import { AppError, errorBody, toAppError } from '../../platform/errors.ts';
import { within } from '../../platform/retry.ts';
import { formReadings, isSignedByTwilio, type FormFields } from '../../twilio/signature.ts';
import { twiml } from '../../twilio/twiml.ts';
import type { Deps } from '../deps.ts';
import { statusFrom } from './status-input.ts';
import { inboundFrom } from './webhook-input.ts';

export type WebhookDeps = Pick<Deps, 'config' | 'clock' | 'ids' | 'log' | 'db' | 'vault'>;

/** A request as it came: nothing of it is believed before the signature is checked. */
export interface WebhookRequest {
  method: string;
  path: string;
  /** The query as it was sent, with its question mark, or `''`: it is part of what Twilio signs. */
  search: string;
  /** Media type in lower case, without parameters. */
  contentType: string;
  contentEncoding: string;
  signature: string | undefined;
  rawBody: Buffer;
}

export interface WebhookAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Twilio's forms are a few kilobytes. This takes a hundred times its longest body, in any script. */
const MAX_BYTES = 1024 * 1024;
/** Twilio's have some thirty. Each costs time before the signature is known to be right. */
const MAX_FIELDS = 2_000;
/** Twilio waits 15 s in all; an answer that comes later is lost, so a failure is answered well before. */
const DEADLINE_MS = 9_000;

interface Call {
  deps: WebhookDeps;
  requestId: string;
  fields: FormFields;
  query: URLSearchParams;
}

const ROUTES: Readonly<Record<string, (call: Call) => Promise<string>>> = {
  '/inbound': inbound,
  '/status': status,
};

/**
 * The two addresses that Twilio calls. A request that Twilio did not sign is refused, and nothing of it is kept; one that
 * it did sign is not refused for what is in it, since Twilio does not repeat what got a 4xx (IN-1). Never throws: what
 * fails is answered with 5xx in the one error shape, so that Twilio tries again (IN-10).
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
    const call = {
      deps: { ...deps, log },
      requestId,
      fields: signedFields(deps, request),
      query: new URLSearchParams(request.search),
    };
    const body = await within(deadlineMs, route(call));
    return { status: 200, headers: { ...headers, 'content-type': 'text/xml; charset=utf-8' }, body };
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

function signedFields({ config }: WebhookDeps, request: WebhookRequest): FormFields {
  if (request.rawBody.length > MAX_BYTES || countFields(request.rawBody) > MAX_FIELDS)
    throw new AppError('BODY_TOO_LARGE');
  const url = config.webhookUrl + request.path + request.search;
  const token = config.secrets.twilioAuthToken();
  const fields = formReadings(request.rawBody).find((each) =>
    isSignedByTwilio(token, request.signature, url, each),
  );
  if (fields !== undefined) return fields;
  if (request.contentType === 'application/x-www-form-urlencoded' && request.contentEncoding === '')
    throw new AppError('SIGNATURE_INVALID');
  throw new AppError('UNSUPPORTED_MEDIA_TYPE', {
    message: 'Send a form (Content-Type: application/x-www-form-urlencoded).',
  });
}

const AMPERSAND = 0x26;

function countFields(body: Buffer): number {
  let fields = 1;
  for (const byte of body) if (byte === AMPERSAND) fields += 1;
  return fields;
}

async function inbound({ deps, requestId, fields }: Call): Promise<string> {
  const { reply, entry, repeated } = await receiveInbound(
    deps,
    inboundFrom(fields, (text) => deps.vault.hash(text)),
    requestId,
  );
  deps.log.info('inbound.kept', {
    sid: entry.sid,
    status: entry.status,
    reason: entry.responseReason,
    repeated,
    irregular: Object.keys(entry.irregular ?? {}).join(' '),
  });
  if (reply === null) return twiml(null);
  return twiml({
    text: reply.text,
    statusCallback: `${deps.config.webhookUrl}/status?m=${encodeURIComponent(reply.replyId)}`,
  });
}

async function status({ deps, fields, query }: Call): Promise<string> {
  await recordStatus(
    deps,
    statusFrom(fields, query, (text) => deps.vault.hash(text)),
  );
  return twiml(null);
}
