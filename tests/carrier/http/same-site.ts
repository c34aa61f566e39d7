import type { IncomingMessage } from 'node:http';
import { CarrierError } from '../carrier-error.ts';

const LOCAL_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/**
 * Refuses what a web page elsewhere could make a browser send: other host names that lead here (DNS rebinding), and
 * requests that come from another origin.
 */
export function refuseForeignPages(request: IncomingMessage): void {
  const { host = '', origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const foreign =
    !LOCAL_HOST.test(host) ||
    (origin !== undefined && origin !== `http://${host}`) ||
    (site === 'cross-site' && request.headers['sec-fetch-mode'] !== 'navigate');
  if (foreign) throw new CarrierError(403, 20403, 'Requests from other sites are refused.');
}
