import { waitingAnswer } from '../../../contract/waiting.ts';
import { openRevocations } from '../../../inbound/revocations-store.ts';
import { attentionQuery, countOf } from '../../../logs/waiting-store.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import type { Api } from '../route.ts';

/** How much waits for a decision, for the badges in the console's navigation: two counts. */
export function countWaitingRoute(api: Api, { db }: ApiDeps): void {
  api.route({
    method: 'get',
    path: '/waiting',
    summary: 'How many opt-out requests and messages need review',
    access: { permission: 'messages:read' },
    status: 200,
    response: json(waitingAnswer),
    async handler() {
      const [optOutRequests, messages] = await Promise.all([
        countOf(openRevocations(db)),
        countOf(attentionQuery(db)),
      ]);
      return { optOutRequests, messages };
    },
  });
}
