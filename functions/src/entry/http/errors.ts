import { AppError, errorBody, isUnavailable } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';

/**
 * Every answer's headers: nothing of the API may be stored or sniffed, by browsers or by Hosting's cache (OP-4). Without
 * `private` Hosting takes the session's Set-Cookie out of the answer.
 */
export const ANSWER_HEADERS = {
  'Cache-Control': 'private, no-store',
  'X-Content-Type-Options': 'nosniff',
} as const;

function classify(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return isUnavailable(error)
    ? new AppError('UNAVAILABLE', { cause: error })
    : new AppError('INTERNAL', { cause: error });
}

function retryAfter(details: unknown): Record<string, string> {
  if (typeof details !== 'object' || details === null || !('retryAfterSeconds' in details)) return {};
  return { 'Retry-After': String(details.retryAfterSeconds) };
}

/** What is our fault, with its cause. */
export function logFailure(log: Log, error: unknown): void {
  const known = classify(error);
  log.error('api.failed', known.cause ?? known, { errorCode: known.code });
}

/** Any error -> the one shape (ACC-5). What is our fault is logged, with its cause; none of that is answered. */
export function answerError(
  error: unknown,
  context: { requestId: string; now: Date; log: Log; allow?: string },
): Response {
  const known = classify(error);
  if (known.status >= 500) logFailure(context.log, known);
  const { status, body } = errorBody(known, context.requestId, context.now);
  const headers: Record<string, string> = { ...retryAfter(known.details), 'X-Request-Id': context.requestId };
  if (context.allow !== undefined) headers['Allow'] = context.allow;
  return Response.json(body, { status, headers });
}
