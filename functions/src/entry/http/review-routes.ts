import { z } from 'zod';
import { opaqueId, pageOf } from '../../contract/lists.ts';
import {
  backfillAnswer,
  backfillRequest,
  revocationDecide,
  revocationItem,
  revocationsQuery,
} from '../../contract/suppressions.ts';
import { decideRevocation } from '../../inbound/decide-revocation.ts';
import { listRevocations } from '../../inbound/list-revocations.ts';
import { REVIEW_PAGE, reviewFailures } from '../../outbox/review-failures.ts';
import { encodeCursor } from '../../platform/cursor.ts';
import { AppError } from '../../platform/errors.ts';
import type { ApiDeps } from '../deps.ts';
import { cutPage, pagesOf, timePlaceOf, type Pages } from './paging.ts';
import { refuseFields } from './read-input.ts';
import type { Api } from './route.ts';
import { NUMBER_IN_REASON } from './suppression-routes.ts';

/** What operators look at once more: opt-out requests, and past failures. */
export function registerReviews(api: Api, deps: ApiDeps): void {
  const pages = pagesOf(deps);
  registerFlagged(api, deps, pages);
  registerBackfill(api, deps, pages);
}

function registerFlagged(api: Api, deps: ApiDeps, pages: Pages): void {
  api.route({
    method: 'get',
    path: '/suppressions/flagged',
    summary: 'Opt-out requests that need review, oldest first',
    access: { permission: 'suppressions:read' },
    query: revocationsQuery,
    status: 200,
    response: pageOf(revocationItem),
    async handler({ input: { query } }) {
      const page = pages('flagged', query);
      const found = await listRevocations(deps.db, timePlaceOf(page), query.limit + 1);
      return cutPage(page, found, ({ place }) => [place.receivedAt.getTime(), place.id]);
    },
  });

  api.route({
    method: 'post',
    path: '/suppressions/flagged/{messageId}',
    summary: 'Decide whether a flagged message is an opt-out',
    access: { permission: 'suppressions:write' },
    params: z.object({ messageId: opaqueId }),
    body: revocationDecide,
    status: 204,
    response: null,
    async handler({ input: { params, body }, audit, log }) {
      const result = await decideRevocation(deps, audit, params.messageId, body);
      if (result === 'not_found')
        throw new AppError('NOT_FOUND', { message: 'This message does not need review.' });
      if (result === 'decided') throw new AppError('ALREADY_DECIDED');
      if (result === 'number_in_reason') refuseFields([{ path: 'reason', message: NUMBER_IN_REASON }]);
      log.info('revocation.decided', { as: body.as });
    },
  });
}

function registerBackfill(api: Api, deps: ApiDeps, pages: Pages): void {
  api.route({
    method: 'post',
    path: '/suppressions/backfill',
    summary: 'Check past failures against the current error codes, 200 at a time',
    access: { permission: 'suppressions:manage' },
    body: backfillRequest,
    status: 200,
    response: backfillAnswer,
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
