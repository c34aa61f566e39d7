import { backfillAnswer, backfillRequest } from '../../../contract/suppressions.ts';
import { REVIEW_PAGE, reviewFailures } from '../../../outbox/review-failures.ts';
import { encodeCursor } from '../../../platform/cursor.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import { pagesOf, timePlaceOf } from '../paging.ts';
import type { Api } from '../route.ts';

export function reviewFailuresRoute(api: Api, deps: ApiDeps): void {
  const pages = pagesOf(deps);
  api.route({
    method: 'post',
    path: '/suppressions/backfill',
    summary: 'Check past failures against the current error codes, 200 at a time',
    access: { permission: 'suppressions:manage' },
    body: json(backfillRequest),
    status: 200,
    response: json(backfillAnswer),
    async handler({ input: { body }, audit, log }) {
      const { since, dryRun, cursor } = body;
      const page = pages('backfill', { since, dryRun, cursor, limit: REVIEW_PAGE });
      const wanted = { since: new Date(since), after: timePlaceOf(page), dryRun };
      const { verdicts, next } = await reviewFailures(deps, audit, wanted);
      const { suppressed, opted_out: optedOut, ...skipped } = verdicts;
      const examined = Object.values(verdicts).reduce((sum, each) => sum + each, 0);
      log.info('suppressions.reviewed', { examined, suppressed, optedOut, dryRun });
      const nextCursor =
        next === null ? null : encodeCursor(page.keys, page.scope, [next.time.getTime(), next.id]);
      return { examined, suppressed, optedOut, skipped, nextCursor };
    },
  });
}
