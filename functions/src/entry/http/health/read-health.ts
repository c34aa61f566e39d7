import { healthAnswer } from '../../../contract/health.ts';
import { reachStore } from '../../../health/probes-store.ts';
import { within } from '../../../platform/retry.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import type { Api } from '../route.ts';

/** A store that does not answer in this time is called degraded. */
const PATIENCE_MILLISECONDS = 2_000;

/** `GET /health` (public): whether Parley runs and reaches its store, and nothing that helps an attacker. */
export function readHealthRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'get',
    path: '/health',
    summary: 'Whether Parley is up',
    access: 'public',
    status: 200,
    response: json(healthAnswer),
    async handler({ now, log }) {
      try {
        await within(PATIENCE_MILLISECONDS, reachStore(deps.db));
        return { status: 'ok' as const, time: now.toISOString() };
      } catch (error) {
        log.error('health.degraded', error);
        return { status: 'degraded' as const, time: now.toISOString() };
      }
    },
  });
}
