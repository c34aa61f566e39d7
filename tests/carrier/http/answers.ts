import type { ServerResponse } from 'node:http';
import { CarrierError } from '../carrier-error.ts';
import { newSid } from '../sids.ts';

const JSON_HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};

/** Answers with JSON; what is a full answer to GET is one to HEAD, too. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { ...JSON_HEADERS, 'twilio-request-id': newSid('RQ') })
    .end(JSON.stringify(body));
}

/** Every thrown thing ends here: refusals as they are, all else as 500 without a word of what broke. */
export function sendError(response: ServerResponse, error: unknown, report: (error: unknown) => void): void {
  const refusal =
    error instanceof CarrierError
      ? error
      : new CarrierError(500, 20500, 'An internal server error has occurred');
  if (refusal !== error) report(error);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  // What is left of a body that was refused is not read; the connection cannot be used again.
  if (!response.req.complete) response.setHeader('connection', 'close');
  if (refusal.status === 401) response.setHeader('www-authenticate', 'Basic realm="Twilio API"');
  sendJson(response, refusal.status, refusal);
}
