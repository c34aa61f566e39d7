import type { Request } from 'firebase-functions/https';
import type { Response } from 'express';
import type { Clock } from '../platform/clock.ts';
import { AppError, errorBody } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';

export type HttpRequest = Request;
export type HttpResponse = Response;

/** Answers any failure in the one shape (ACC-5) and logs what the caller must not see. */
export function sendError(
  response: HttpResponse,
  error: unknown,
  tools: { log: Log; clock: Clock; requestId: string },
): void {
  const { status, body } = errorBody(error, tools.requestId, tools.clock.now());
  if (status >= 500) tools.log.error('request.failed', error, { status });
  else
    tools.log.info('request.refused', {
      status,
      errorCode: error instanceof AppError ? error.code : 'INTERNAL',
    });
  response.status(status).set('cache-control', 'no-store').set('x-request-id', tools.requestId).json(body);
}
