import { z } from 'zod';

/** The description of the API, in OpenAPI 3.1; what else that format has, it may have. */
export const apiDescription = z.looseObject({
  openapi: z.string(),
  paths: z.record(z.string(), z.unknown()),
});
export type ApiDescription = z.infer<typeof apiDescription>;
