import type { Request } from 'firebase-functions/https';
import type { Response } from 'express';
import { contentEncoding, contentType } from '../../platform/raw-body.ts';
import type { Deps } from '../deps.ts';
import { answerWebhook } from './webhook.ts';

/** Bridges firebase-functions' `onRequest` to the webhook. */
export async function handleWebhook(deps: Deps, request: Request, response: Response): Promise<void> {
  const start = request.url.indexOf('?');
  const answer = await answerWebhook(deps, {
    method: request.method,
    path: request.path,
    search: start < 0 ? '' : request.url.slice(start),
    contentType: contentType(request),
    contentEncoding: contentEncoding(request),
    header: (name) => request.header(name),
    rawBody: request.rawBody ?? Buffer.alloc(0),
  });
  response.status(answer.status).set(answer.headers).end(answer.body);
}
