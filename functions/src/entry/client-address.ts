import type { IncomingHttpHeaders } from 'node:http';

/** The client's network address. */
export function clientAddress(headers: IncomingHttpHeaders, peer: string): string {
  const last = String(headers['x-forwarded-for'] ?? '').split(',').at(-1)?.trim();
  return last === undefined || last === '' ? peer : last;
}
