import { readFile } from 'node:fs/promises';
import type { Route } from '../http/router.ts';
import { notFound } from '../carrier-error.ts';

const FOLDER = new URL('../page/', import.meta.url);

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** Only what lies beside the page itself, and no string ever becomes markup or script. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** The handsets page and its files, read anew each time so that an edit shows at the next reload. */
export function pageRoutes(): Route[] {
  const serve =
    (nameOf: (params: Readonly<Record<string, string>>) => string): Route['handle'] =>
    async ({ response, url, params }) => {
      const name = nameOf(params);
      const type = /^[a-z-]+\.(html|css|js|svg)$/.exec(name)?.[1];
      const file = type === undefined ? null : await readFile(new URL(name, FOLDER)).catch(() => null);
      if (type === undefined || file === null) throw notFound(url.pathname);
      response
        .writeHead(200, {
          'content-type': TYPES[type] ?? 'application/octet-stream',
          'content-security-policy': CONTENT_SECURITY_POLICY,
          'cache-control': 'no-cache',
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
        })
        .end(file);
    };
  return [
    { method: 'GET', path: '/', handle: serve(() => 'index.html') },
    { method: 'GET', path: '/favicon.ico', handle: serve(() => 'icon.svg') },
    { method: 'GET', path: '/page/:file', handle: serve((params) => params['file'] ?? '') },
  ];
}
