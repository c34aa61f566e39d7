import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';

interface HeaderRule {
  source: string;
  headers: { key: string; value: string }[];
}

let rules: HeaderRule[];

beforeAll(async () => {
  const config = JSON.parse(await readFile('firebase.json', 'utf8')) as {
    hosting: { headers: HeaderRule[] };
  };
  rules = config.hosting.headers;
});

const headersOf = (source: string) =>
  Object.fromEntries(
    (rules.find((rule) => rule.source === source)?.headers ?? []).map(({ key, value }) => [key, value]),
  );

/** The directives of the policy that is deployed; that of the emulators adds their addresses. */
function policy(): Record<string, string[]> {
  const directives = (headersOf('**')['Content-Security-Policy'] ?? '').split(';').map((each) => each.trim());
  return Object.fromEntries(
    directives.map((each) => each.split(/\s+/)).map(([name = '', ...values]) => [name, values]),
  );
}

describe('what Hosting sends with every page', () => {
  test('OP-4: the content policy allows only own scripts and styles, and no framing', () => {
    expect(policy()).toMatchObject({
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
      'base-uri': ["'none'"],
      'form-action': ["'self'"],
      'frame-ancestors': ["'none'"],
      'require-trusted-types-for': ["'script'"],
    });
    expect(JSON.stringify(policy())).not.toMatch(/unsafe|\*|http:/);
  });

  test('OP-4: the console may connect to itself and to Firebase only', () => {
    expect(policy()['connect-src']).toEqual([
      "'self'",
      'https://firestore.googleapis.com',
      'https://identitytoolkit.googleapis.com',
      'https://securetoken.googleapis.com',
    ]);
  });

  test('OP-4: pages demand HTTPS for two years, and allow no sniffing and no referrer', () => {
    expect(headersOf('**')).toMatchObject({
      'Strict-Transport-Security': 'max-age=63072000; includeSubDomains; preload',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
    });
  });

  test('OP-4: no answer of the API is cached, not even one that never reached the function', () => {
    expect(headersOf('/api/**')).toEqual({ 'Cache-Control': 'private, no-store' });
  });
});
