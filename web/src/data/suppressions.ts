import type { HoldKind } from '../../../functions/src/contract/consent.ts';
import type { Page } from '../../../functions/src/contract/lists.ts';
import type { Person } from '../../../functions/src/contract/people.ts';
import type {
  ConsentHistory,
  HoldItem,
  RevocationDecide,
  RevocationItem,
  SuppressionAdd,
  SuppressionItem,
  SuppressionLift,
  SuppressionsQuery,
} from '../../../functions/src/contract/suppressions.ts';
import { call } from './http.ts';
import { readPeopleSearch } from './people-search.ts';
import { searchPeople } from './people.ts';

/** A search by name goes through people in steps: each person's opt-out and suppression are asked for one by one. */
const STEP = 25;
/** The most people that one search goes through before it says so. */
export const SEARCHED_PEOPLE = 100;

export const listHolds = (
  query: Partial<SuppressionsQuery> & Pick<SuppressionsQuery, 'kind'>,
  signal?: AbortSignal,
): Promise<Page<SuppressionItem>> => call('GET /suppressions', { query, signal });

export const addHold = (hold: SuppressionAdd): Promise<SuppressionItem> =>
  call('POST /suppressions', { body: hold });

export const liftHold = (lift: SuppressionLift): Promise<null> =>
  call('POST /suppressions/lift', { body: lift });

/** Whether a person is opted out or suppressed, and the history of their consent, newest first. */
export const getConsent = (userId: string, cursor?: string, signal?: AbortSignal): Promise<ConsentHistory> =>
  call('GET /people/{userId}/consent', { params: { userId }, query: { cursor }, signal });

/** Opt-out requests that need review, oldest first. */
export const listFlagged = (
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<Page<RevocationItem>> => call('GET /suppressions/flagged', { query: { cursor }, signal });

export const decideFlagged = (messageId: string, decision: RevocationDecide): Promise<null> =>
  call('POST /suppressions/flagged/{messageId}', { params: { messageId }, body: decision });

/**
 * The opt-outs and suppressions that match the text of the search box: of a whole number, registered or not, otherwise of
 * people by name or last four digits. The text travels in the body, never in an address. A page ends after the step that
 * found something, at the end of the list, or empty after SEARCHED_PEOPLE; the next page continues there.
 */
export async function searchHolds(
  text: string,
  from: string | undefined,
  signal: AbortSignal,
): Promise<Page<SuppressionItem>> {
  const meant = readPeopleSearch(text);
  if (meant?.phoneNumber !== undefined)
    return call('POST /suppressions/search', { body: { phoneNumber: meant.phoneNumber }, signal });
  let cursor = from;
  for (let searched = 0; searched < SEARCHED_PEOPLE; searched += STEP) {
    const people = await searchPeople(
      { ...meant, limit: STEP, ...(cursor !== undefined && { cursor }) },
      signal,
    );
    const found = await holdsAmong(people.items, signal);
    if (found.length > 0 || people.nextCursor === null)
      return { items: found, nextCursor: people.nextCursor };
    cursor = people.nextCursor;
  }
  return { items: [], nextCursor: cursor ?? null };
}

async function holdsAmong(people: readonly Person[], signal: AbortSignal): Promise<SuppressionItem[]> {
  const held = people.filter(({ untextable }) => untextable !== null);
  const found = await Promise.all(
    held.map(async (person) => holdsOf(person, await getConsent(person.id, undefined, signal))),
  );
  return found.flat();
}

function holdsOf(
  { id: userId, label, maskedPhone }: Person,
  { id, optedOut, suppressed }: ConsentHistory,
): SuppressionItem[] {
  const item = (kind: HoldKind, hold: HoldItem | null) =>
    hold ? [{ ...hold, id, kind, userId, label, maskedPhone }] : [];
  return [...item('opted_out', optedOut), ...item('suppressed', suppressed)];
}
