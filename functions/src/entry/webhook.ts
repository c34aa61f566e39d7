import { receiveInbound } from '../messaging/receive-inbound.ts';
import { AppError } from '../platform/errors.ts';
import { contentEncoding, contentType } from '../platform/raw-body.ts';
import { within } from '../platform/retry.ts';
import { isSignedByTwilio, parseForm, type FormFields } from '../twilio/signature.ts';
import { twiml } from '../twilio/twiml.ts';
import type { Deps } from './deps.ts';
import { sendError, type HttpRequest, type HttpResponse } from './http.ts';
import { inboundFrom } from './webhook-input.ts';

type WebhookDeps = Pick<Deps, 'config' | 'clock' | 'ids' | 'log' | 'db' | 'vault'>;

/** Twilio's forms are a few kilobytes; more is not a message. */
const MAX_BYTES = 64 * 1024;
/** Twilio waits 15 s in all; an answer that comes later is lost, so a failure is told well before. */
const DEADLINE_MS = 9_000;

interface Call {
  deps: WebhookDeps;
  requestId: string;
  fields: FormFields;
}

const ROUTES: Readonly<Record<string, (call: Call) => Promise<string>>> = { '/inbound': inbound };

/** The two addresses that Twilio calls. Every request is refused that Twilio did not sign, and nothing of it is kept. */
export async function handleWebhook(
  deps: WebhookDeps,
  request: HttpRequest,
  response: HttpResponse,
): Promise<void> {
  const requestId = deps.ids.next();
  const log = deps.log.with({ requestId, path: request.path });
  try {
    const route = Object.hasOwn(ROUTES, request.path) ? ROUTES[request.path] : undefined;
    if (route === undefined) throw new AppError('NOT_FOUND');
    if (request.method !== 'POST') throw new AppError('METHOD_NOT_ALLOWED');
    const fields = signedFields(deps, request);
    const xml = await within(DEADLINE_MS, route({ deps: { ...deps, log }, requestId, fields }));
    response
      .status(200)
      .set({
        'content-type': 'text/xml; charset=utf-8',
        'cache-control': 'no-store',
        'x-request-id': requestId,
      })
      .send(xml);
  } catch (error) {
    sendError(response, error, { log, clock: deps.clock, requestId });
  }
}

/** The query as it was sent, with its question mark: it is part of what Twilio signs. */
function searchOf(request: HttpRequest): string {
  const start = request.url.indexOf('?');
  return start < 0 ? '' : request.url.slice(start);
}

function signedFields(deps: WebhookDeps, request: HttpRequest): FormFields {
  const body = request.rawBody ?? Buffer.alloc(0);
  if (body.length > MAX_BYTES) throw new AppError('BODY_TOO_LARGE');
  const type = contentType(request);
  if (type !== 'application/x-www-form-urlencoded' || contentEncoding(request) !== '') {
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', {
      message: 'Send a form (Content-Type: application/x-www-form-urlencoded).',
    });
  }
  const fields = parseForm(body);
  const url = deps.config.webhookUrl + request.path + searchOf(request);
  const signature = request.header('x-twilio-signature');
  if (!isSignedByTwilio(deps.config.secrets.twilioAuthToken(), signature, url, fields))
    throw new AppError('SIGNATURE_INVALID');
  return fields;
}

async function inbound({ deps, requestId, fields }: Call): Promise<string> {
  const { reply, entry, repeated } = await receiveInbound(deps, inboundFrom(fields), requestId);
  deps.log.info('inbound.kept', {
    sid: entry.sid,
    status: entry.status,
    reason: entry.responseReason,
    repeated,
  });
  const callback =
    reply === null ? '' : `${deps.config.webhookUrl}/status?m=${encodeURIComponent(reply.replyId)}`;
  return twiml(reply === null ? null : { text: reply.text, statusCallback: callback });
}
