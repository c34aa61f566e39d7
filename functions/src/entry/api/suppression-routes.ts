import { z } from 'zod';
import { opaqueId, pageOf } from '../../contract/lists.ts';
import { personPath } from '../../contract/people.ts';
import {
  backfillAnswer,
  backfillRequest,
  consentHistory,
  consentQuery,
  errorCodesAnswer,
  errorCodesPatch,
  revocationDecide,
  revocationItem,
  revocationsQuery,
  suppressionAdd,
  suppressionItem,
  suppressionLift,
  suppressionSearch,
  suppressionsQuery,
} from '../../contract/suppressions.ts';
import { decideRevocation } from '../../messaging/decide-revocation.ts';
import { listRevocations } from '../../messaging/list-revocations.ts';
import { REVIEW_PAGE, reviewFailures } from '../../messaging/review-failures.ts';
import { changeErrorCodes, errorCodeTable } from '../../people/change-error-codes.ts';
import { addHold, liftHold, type HoldRefusal } from '../../people/change-hold.ts';
import { readErrorCodes } from '../../people/error-codes-store.ts';
import { listConsentEvents } from '../../people/list-consent-events.ts';
import { listHolds, searchHolds } from '../../people/list-holds.ts';
import type { RefusedPhoneNumber } from '../../people/phone-number.ts';
import { cursorScope, encodeCursor } from '../../platform/cursor.ts';
import { AppError } from '../../platform/errors.ts';
import { recordLookUp } from '../../team/record-look-up.ts';
import type { ApiDeps } from '../deps.ts';
import { cutPage, timePlaceOf, type PageScope } from './paging.ts';
import { refuseFields } from './read-input.ts';
import type { Api } from './route.ts';

const READ = { permission: 'suppressions:read' } as const;
const WRITE = { permission: 'suppressions:write' } as const;
const NUMBER_IN_REASON = 'This holds a phone number. Say it without.';

/** Opt-outs, suppressed numbers, flagged texts, a person's consent history, and the table of error codes. */
export function registerSuppressions(api: Api, deps: ApiDeps): void {
  const pages = pagesOf(deps);
  registerHolds(api, deps, pages);
  registerChanges(api, deps);
  registerBackfill(api, deps, pages);
  registerFlagged(api, deps, pages);
  registerConsent(api, deps, pages);
  registerErrorCodes(api, deps);
}

type Pages = (
  list: string,
  query: Readonly<Record<string, unknown>> & { cursor?: string | undefined; limit: number },
) => PageScope;

function pagesOf(deps: ApiDeps): Pages {
  return (list, query) => ({
    keys: deps.config.secrets.sessionKeys(),
    scope: cursorScope(list, query),
    cursor: query.cursor,
    limit: query.limit,
  });
}

function registerHolds(api: Api, deps: ApiDeps, pages: Pages): void {
  api.route({
    method: 'get',
    path: '/suppressions',
    summary: 'Opt-outs, or suppressed numbers, newest first',
    access: READ,
    query: suppressionsQuery,
    status: 200,
    response: pageOf(suppressionItem),
    async handler({ input: { query } }) {
      const page = pages('suppressions', query);
      const found = await listHolds(deps.db, query.kind, timePlaceOf(page), query.limit + 1);
      return cutPage(page, found, (each) => [Date.parse(each.at), each.id]);
    },
  });

  api.route({
    method: 'post',
    path: '/suppressions/search',
    summary: 'What holds texts back from one number',
    access: { permission: 'people:lookup' },
    body: suppressionSearch,
    looksUp: () => true,
    status: 200,
    response: pageOf(suppressionItem),
    async handler({ input, audit }) {
      const found = await searchHolds(deps, input.body.phoneNumber);
      if (!found.ok) return refuseNumber(found.number);
      const [first] = found.items;
      await recordLookUp(deps, audit, {
        place: 'opt_outs',
        userId: first?.userId ?? null,
        found: first !== undefined,
      });
      return { items: found.items, nextCursor: null };
    },
  });
}

function registerChanges(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'post',
    path: '/suppressions',
    summary: 'Hold texts back from a person or a number',
    access: WRITE,
    body: suppressionAdd,
    looksUp: (body) => body.phoneNumber !== undefined,
    status: 201,
    response: suppressionItem,
    async handler({ input, audit, log }) {
      const result = await addHold(deps, audit, input.body);
      if (!result.ok) return refuseHold(result, 'PERSON_NOT_FOUND');
      // What stood already is answered and changes nothing, so that only this tells of it.
      if (input.body.phoneNumber !== undefined)
        await recordLookUp(deps, audit, { place: 'opt_outs', userId: result.item.userId, found: true });
      log.info('consent.changed', { kind: input.body.kind, change: 'added', source: 'operator' });
      return result.item;
    },
  });

  api.route({
    method: 'post',
    path: '/suppressions/lift',
    summary: 'Let texts go to a number again',
    access: { permission: 'suppressions:manage' },
    body: suppressionLift,
    status: 204,
    response: null,
    async handler({ input, audit, log }) {
      const result = await liftHold(deps, audit, input.body);
      if (!result.ok) return refuseHold(result, 'NOT_FOUND');
      log.info('consent.changed', { kind: input.body.kind, change: 'lifted', source: 'operator' });
    },
  });
}

function registerBackfill(api: Api, deps: ApiDeps, pages: Pages): void {
  api.route({
    method: 'post',
    path: '/suppressions/backfill',
    summary: 'Look at past failures again, 200 at a time, and hold back what a report would today',
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

function registerFlagged(api: Api, deps: ApiDeps, pages: Pages): void {
  api.route({
    method: 'get',
    path: '/suppressions/flagged',
    summary: 'Texts that may be opt-outs in other words and wait for a decision, the oldest first',
    access: READ,
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
    summary: 'Decide that a flagged text is an opt-out, or none',
    access: WRITE,
    params: z.object({ messageId: opaqueId }),
    body: revocationDecide,
    status: 204,
    response: null,
    async handler({ input: { params, body }, audit, log }) {
      const result = await decideRevocation(deps, audit, params.messageId, body);
      if (result === 'not_found') throw new AppError('NOT_FOUND', { message: 'This text is not flagged.' });
      if (result === 'decided') throw new AppError('ALREADY_DECIDED');
      if (result === 'number_in_reason') refuseFields([{ path: 'reason', message: NUMBER_IN_REASON }]);
      log.info('revocation.decided', { as: body.as });
    },
  });
}

function registerConsent(api: Api, deps: ApiDeps, pages: Pages): void {
  api.route({
    method: 'get',
    path: '/people/{userId}/consent',
    summary: 'How a person stands, and how it came about, newest first',
    access: { permission: 'people:read' },
    params: personPath,
    query: consentQuery,
    status: 200,
    response: consentHistory,
    async handler({ input: { params, query } }) {
      const page = pages('consent', { ...query, ...params });
      const found = await listConsentEvents(deps.db, params.userId, timePlaceOf(page), query.limit + 1);
      if (found === null) throw new AppError('PERSON_NOT_FOUND');
      const { events, ...standing } = found;
      return { ...standing, ...cutPage(page, events, (each) => [Date.parse(each.at), each.id]) };
    },
  });
}

function registerErrorCodes(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'get',
    path: '/settings/error-codes',
    summary: "What the provider's error codes mean for a number",
    access: { permission: 'settings:read' },
    status: 200,
    response: errorCodesAnswer,
    handler: async () => errorCodeTable(await readErrorCodes(deps.db)),
  });

  api.route({
    method: 'patch',
    path: '/settings/error-codes',
    summary: 'Change what codes mean, or with null take them back to their defaults',
    access: { permission: 'settings:write' },
    body: errorCodesPatch,
    status: 200,
    response: errorCodesAnswer,
    async handler({ input, audit }) {
      const changed = await changeErrorCodes(deps, audit, input.body);
      if (changed === null) throw new AppError('SETTINGS_CHANGED');
      return changed;
    },
  });
}

function refuseNumber({ problem, message }: RefusedPhoneNumber): never {
  throw new AppError('PHONE_NUMBER_INVALID', {
    message,
    details: [{ path: 'phoneNumber', message, problem }],
  });
}

function refuseHold(refusal: HoldRefusal, unknown: 'PERSON_NOT_FOUND' | 'NOT_FOUND'): never {
  switch (refusal.reason) {
    case 'not_found':
      throw new AppError(unknown);
    case 'number_invalid':
      return refuseNumber(refusal.number);
    case 'number_in_reason':
      return refuseFields([{ path: 'reason', message: NUMBER_IN_REASON }]);
  }
}
