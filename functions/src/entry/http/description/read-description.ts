import { apiDescription, type ApiDescription } from '../../../contract/description.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import type { Api } from '../route.ts';

/**
 * `GET /openapi.json` (public): the description of every route, this one included. It says what the source says, and
 * nothing of this Parley. Made once, when all routes are there.
 */
export function readDescriptionRoute(api: Api, _deps: ApiDeps): void {
  let made: ApiDescription | null = null;
  api.route({
    method: 'get',
    path: '/openapi.json',
    summary: 'This description of the API, in OpenAPI 3.1',
    access: 'public',
    status: 200,
    response: json(apiDescription),
    async handler() {
      made ??= apiDescription.parse(api.describe());
      return made;
    },
  });
}
