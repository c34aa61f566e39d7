import type { ApiDeps } from '../deps.ts';
import { auditRoutes } from './audit/routes.ts';
import { descriptionRoutes } from './description/routes.ts';
import { healthRoutes } from './health/routes.ts';
import { messagesRoutes } from './messages/routes.ts';
import { peopleRoutes } from './people/routes.ts';
import { sessionsRoutes } from './sessions/routes.ts';
import { settingsRoutes } from './settings/routes.ts';
import { suppressionsRoutes } from './suppressions/routes.ts';
import { teamRoutes } from './team/routes.ts';
import type { Api } from './route.ts';

/** Every route, by capability: one handler a file, `<capability>/<verb-noun>.ts`. */
const ROUTES = [
  ...healthRoutes,
  ...sessionsRoutes,
  ...teamRoutes,
  ...peopleRoutes,
  ...suppressionsRoutes,
  ...settingsRoutes,
  ...messagesRoutes,
  ...auditRoutes,
  ...descriptionRoutes,
];

export function registerRoutes(api: Api, deps: ApiDeps): void {
  for (const add of ROUTES) add(api, deps);
}
