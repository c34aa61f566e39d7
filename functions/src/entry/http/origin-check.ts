/** Methods that change nothing. */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What a browser says about where a request comes from; null for a header that it did not send. */
export interface OriginHeaders {
  origin: string | null;
  secFetchSite: string | null;
  forwardedHost: string | null;
  host: string | null;
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host.toLowerCase() : null;
}

/**
 * Whether a request that may change something comes from the console itself (OP-4). Browsers send both headers and
 * pages cannot forge them; a program sends neither and has no cookie that a page could ride on. The host is compared
 * as Hosting forwards it: a page cannot set X-Forwarded-Host on a cross-site request without a preflight, and every
 * preflight is refused.
 */
export function isSameOrigin(method: string, headers: OriginHeaders): boolean {
  if (SAFE.has(method)) return true;
  const { origin, secFetchSite } = headers;
  if (secFetchSite !== null && secFetchSite !== 'same-origin' && secFetchSite !== 'none') return false;
  if (origin === null) return true;
  const expected = (headers.forwardedHost ?? headers.host ?? '').split(',')[0]?.trim().toLowerCase();
  return expected !== undefined && expected !== '' && hostOf(origin) === expected;
}
