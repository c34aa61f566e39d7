import { OpenAPIHono } from '@hono/zod-openapi';
import { AppError } from '../../platform/errors.ts';
import type { ApiDeps } from '../deps.ts';
import { ANSWER_HEADERS, answerError } from './errors.ts';
import { checkAtTheDoor } from './guard.ts';
import { describeRoute } from './describe-route.ts';
import type { Api, RouteInfo } from './route.ts';
import { registerRoutes } from './routes.ts';
import { serving, type Env } from './serve-route.ts';
import type { Verifier } from './verifier.ts';
import { verifyCookie } from './verify-cookie.ts';

/** Whose credentials count: one verifier a kind. */
const VERIFIERS: readonly Verifier[] = [verifyCookie];

const API_BASE = '/api/v1';

/** Methods of the routes that have this path, for the Allow header of a 405. */
function allowedMethods(routes: readonly RouteInfo[], path: string): string[] {
  const matches = (route: RouteInfo) => new RegExp(`^${route.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);
  return [...new Set(routes.filter(matches).map((route) => route.method))].sort();
}

/** The API without its routes: what every request goes through, whatever it asks for. */
export function createApiFrame(deps: ApiDeps, verifiers: readonly Verifier[] = VERIFIERS): Api {
  const app = new OpenAPIHono<Env>();
  const routes: RouteInfo[] = [];

  app.use(async (c, next) => {
    c.set('requestId', deps.ids.next());
    c.set('now', deps.clock.now());
    c.set('log', deps.log.with({ requestId: c.get('requestId') }));
    await next();
    for (const [name, value] of Object.entries(ANSWER_HEADERS)) c.header(name, value);
    c.header('X-Request-Id', c.get('requestId'));
    const route = c.get('route') ?? 'none';
    const milliseconds = deps.clock.now().getTime() - c.get('now').getTime();
    c.get('log').info('api.answered', { method: c.req.method, route, status: c.res.status, milliseconds });
  });
  app.use(async (c, next) => {
    if (c.env.viaHosting === false) throw new AppError('VIA_HOSTING_ONLY');
    c.set('verifier', checkAtTheDoor(verifiers, c.req.raw));
    await next();
  });
  app.onError((error, c) =>
    answerError(error, { requestId: c.get('requestId'), now: c.get('now'), log: c.get('log') }),
  );
  app.notFound((c) => {
    const allowed = allowedMethods(routes, c.req.path);
    const context = { requestId: c.get('requestId'), now: c.get('now'), log: c.get('log') };
    if (allowed.length === 0) return answerError(new AppError('NOT_FOUND'), context);
    return answerError(new AppError('METHOD_NOT_ALLOWED'), { ...context, allow: allowed.join(', ') });
  });

  return {
    routes,
    route(spec) {
      routes.push({
        method: spec.method.toUpperCase(),
        path: API_BASE + spec.path,
        access: spec.access,
        takesBody: spec.body !== undefined,
        looksUp: spec.looksUp !== undefined,
      });
      app.openAPIRegistry.registerPath(describeRoute(API_BASE, spec));
      const path = API_BASE + spec.path.replace(/\{(\w+)\}/g, ':$1');
      const serve = serving(deps, spec);
      app.on(spec.method.toUpperCase(), path, (c) => {
        c.set('route', spec.path);
        return serve(c);
      });
    },
    fetch: async (request, from = { address: '' }) => app.fetch(request, from),
    describe: () => app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'Parley', version: '1' } }),
  };
}

/** The whole API (`/api/v1`), in one process with whatever `deps` bring. */
export function createApi(deps: ApiDeps, verifiers: readonly Verifier[] = VERIFIERS): Api {
  const api = createApiFrame(deps, verifiers);
  registerRoutes(api, deps);
  return api;
}
