import { pageOf } from '../../contract/lists.ts';
import { personPath } from '../../contract/people.ts';
import {
  consentHistory,
  consentQuery,
  suppressionAdd,
  suppressionItem,
  suppressionLift,
  suppressionSearch,
  suppressionsQuery,
} from '../../contract/suppressions.ts';
import { addHold, liftHold, type HoldRefusal } from '../../people/change-hold.ts';
import { listConsentEvents } from '../../people/list-consent-events.ts';
import { listHolds, searchHolds } from '../../people/list-holds.ts';
import type { RefusedPhoneNumber } from '../../people/phone-number.ts';
import { AppError } from '../../platform/errors.ts';
import { recordLookUp } from '../../team/record-look-up.ts';
import type { ApiDeps } from '../deps.ts';
import { cutPage, pagesOf, timePlaceOf, type Pages } from './paging.ts';
import { refuseFields } from './read-input.ts';
import type { Api } from './route.ts';

const READ = { permission: 'suppressions:read' } as const;
const WRITE = { permission: 'suppressions:write' } as const;
export const NUMBER_IN_REASON = 'This contains a phone number. Describe the reason without it.';

/** Opt-outs and suppressed numbers, and the consent history of a person. */
export function registerSuppressions(api: Api, deps: ApiDeps): void {
  const pages = pagesOf(deps);
  registerHolds(api, deps, pages);
  registerChanges(api, deps);
  registerConsent(api, deps, pages);
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
    summary: 'Whether a number is opted out or suppressed, and why',
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
    summary: 'Add an opt-out, or suppress a number',
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
    summary: 'Lift an opt-out or a suppression',
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

function registerConsent(api: Api, deps: ApiDeps, pages: Pages): void {
  api.route({
    method: 'get',
    path: '/people/{userId}/consent',
    summary: 'The consent history of a person, newest first',
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
