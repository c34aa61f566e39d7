import type { ApiDeps } from '../deps.ts';
import { registerAudit } from './audit-routes.ts';
import { registerErrorCodes } from './error-code-routes.ts';
import { registerFindings } from './findings-routes.ts';
import { registerHealth } from './health-routes.ts';
import { registerLimits } from './limits-routes.ts';
import { registerMessages } from './message-routes.ts';
import { registerPeople } from './people-routes.ts';
import { registerReviews } from './review-routes.ts';
import type { Api } from './route.ts';
import { registerSend } from './send-routes.ts';
import { registerSession } from './session-routes.ts';
import { registerSessions } from './sessions-routes.ts';
import { registerSuppressions } from './suppression-routes.ts';
import { registerTeam } from './team-routes.ts';
import { registerWaiting } from './waiting-routes.ts';

/** Every route file, once. */
export function registerRoutes(api: Api, deps: ApiDeps): void {
  registerHealth(api, deps);
  registerFindings(api, deps);
  registerSession(api, deps);
  registerTeam(api, deps);
  registerSessions(api, deps);
  registerPeople(api, deps);
  registerSuppressions(api, deps);
  registerReviews(api, deps);
  registerErrorCodes(api, deps);
  registerMessages(api, deps);
  registerSend(api, deps);
  registerWaiting(api, deps);
  registerLimits(api, deps);
  registerAudit(api, deps);
}
