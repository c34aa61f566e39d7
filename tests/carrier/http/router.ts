import type { IncomingMessage, ServerResponse } from 'node:http';
import { CarrierError, badRequest, notFound } from '../carrier-error.ts';

/** One request on its way through a route. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  params: Readonly<Record<string, string>>;
}

export type Handler = (exchange: Exchange) => void | Promise<void>;

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** e.g. `/handsets/:number/texts`; a parameter is a part of one segment. */
  path: string;
  handle: Handler;
}

/** Finds the route of a request. @throws CarrierError 404, or 405 (20004) where only the method is wrong. */
export function createRouter(
  routes: readonly Route[],
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const compiled = routes.map((route) => ({ ...route, pattern: compile(route.path) }));

  return async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://carrier');
    const matching = compiled.filter((route) => route.pattern.test(url.pathname));
    if (matching.length === 0) throw notFound(url.pathname);
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const route = matching.find((candidate) => candidate.method === method);
    if (!route) {
      response.setHeader('allow', [...new Set(matching.map((candidate) => candidate.method))].join(', '));
      throw new CarrierError(405, 20004, 'Method not allowed');
    }
    const params = decode(route.pattern.exec(url.pathname)?.groups ?? {});
    await route.handle({ request, response, url, params });
  };
}

function compile(path: string): RegExp {
  const source = path.replaceAll('.', '\\.').replaceAll(/:(\w+)/g, '(?<$1>[^/]+?)');
  return new RegExp(`^${source}$`);
}

function decode(groups: Record<string, string>): Record<string, string> {
  try {
    return Object.fromEntries(
      Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]),
    );
  } catch {
    throw badRequest('The address holds an escape that is not UTF-8.');
  }
}
