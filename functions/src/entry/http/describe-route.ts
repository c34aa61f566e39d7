import type { RouteConfig } from '@hono/zod-openapi';
import type { z } from 'zod';
import type { Access, RouteSpec } from './route.ts';

type AnySpec = Omit<RouteSpec<Access, z.ZodObject, z.ZodObject, unknown, unknown>, 'handler'>;

/** A route's entry in the API description. */
export function describeRoute(base: string, spec: AnySpec): RouteConfig {
  const answer = {
    description: spec.summary,
    ...(spec.response.content === null ? {} : { content: spec.response.content }),
  };
  return {
    method: spec.method,
    path: base + spec.path,
    summary: spec.summary,
    request: {
      ...(spec.params === undefined ? {} : { params: spec.params }),
      ...(spec.query === undefined ? {} : { query: spec.query }),
      ...(spec.body === undefined ? {} : { body: { required: true, content: spec.body.content } }),
    },
    responses: { [spec.status]: answer, default: { description: 'A refusal, in the one error shape' } },
  };
}
