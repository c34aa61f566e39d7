import type { ApiDeps } from '../deps.ts';
import { registerHealth } from './health-routes.ts';
import type { Api } from './route.ts';

/** Every route file, once. */
export function registerRoutes(api: Api, deps: ApiDeps): void {
  registerHealth(api, deps);
}
