import { findingsAnswer } from '../../../contract/health.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import type { Api } from '../route.ts';

/** `GET /health/findings`: what the doctor can see from inside the running function (OPS-2), for the health page. */
export function listFindingsRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'get',
    path: '/health/findings',
    summary: "The doctor's findings",
    access: { permission: 'health:read' },
    status: 200,
    response: json(findingsAnswer),
    async handler({ now, log }) {
      // Loaded here, so that only who asks waits for it: it brings the SDK that talks to Twilio.
      const { findHealth } = await import('./find-health.ts');
      return { checkedAt: now.toISOString(), findings: await findHealth(deps, log) };
    },
  });
}
