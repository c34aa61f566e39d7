import type { IncomingMessage } from 'node:http';
import { timingSafeEqual } from 'node:crypto';
import { CarrierError, notFound } from '../carrier-error.ts';
import type { CarrierSettings } from '../settings.ts';

/**
 * Checks HTTP Basic with the account's SID and auth token, and that the path is of that account.
 * @throws CarrierError 401 (20003), or 404 (20404) for another account.
 */
export function authenticate(
  request: IncomingMessage,
  account: string | undefined,
  path: string,
  settings: CarrierSettings,
): void {
  const [scheme = '', credentials = ''] = (request.headers.authorization ?? '').split(' ');
  const given = scheme.toLowerCase() === 'basic' ? Buffer.from(credentials, 'base64') : Buffer.alloc(0);
  const wanted = Buffer.from(`${settings.accountSid}:${settings.authToken}`);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
    throw new CarrierError(401, 20003, 'Authenticate');
  if (account !== settings.accountSid) throw notFound(path);
}
