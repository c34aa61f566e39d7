import type { RouteConfig } from '@hono/zod-openapi';
import type { z } from 'zod';
import type { Access, RouteSpec } from './route.ts';

type AnySpec = Omit<RouteSpec<Access, z.ZodObject, z.ZodObject, z.ZodType, z.ZodType>, 'handler'>;

/** A route's entry in the API description. */
export function describeRoute(base: string, spec: AnySpec): RouteConfig {
  const json = (schema: z.ZodType) => ({ 'application/json': { schema } });
  const answer = {
    description: spec.summary,
    ...(spec.response === null ? {} : { content: json(spec.response) }),
  };
  return {
    method: spec.method,
    path: base + spec.path,
    summary: spec.summary,
    request: {
      ...(spec.params === undefined ? {} : { params: spec.params }),
      ...(spec.query === undefined ? {} : { query: spec.query }),
      ...(spec.body === undefined ? {} : { body: { required: true, content: json(spec.body) } }),
    },
    responses: { [spec.status]: answer, default: { description: 'A refusal, in the one error shape' } },
  };
}
