import type { ServerResponse } from 'node:http';
import { systemClock } from '../platform/clock.ts';
import { AppError, errorBody } from '../platform/errors.ts';
import { randomIds } from '../platform/ids.ts';
import { standardLog } from '../platform/log.ts';

/**
 * Makes what a function works with. When the settings cannot be used nothing can be made, not even the door that answers
 * errors: then the request is answered here, in the one shape (ACC-5), the log says what is wrong, and null comes back.
 */
export function madeOrRefused<T>(make: () => T, response: ServerResponse): T | null {
  try {
    return make();
  } catch (error) {
    const requestId = randomIds.next();
    standardLog.error('function.misconfigured', error instanceof AppError ? (error.cause ?? error) : error, {
      requestId,
    });
    const { status, body } = errorBody(new AppError('UNAVAILABLE'), requestId, systemClock.now());
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'private, no-store' });
    response.end(JSON.stringify(body));
    return null;
  }
}
