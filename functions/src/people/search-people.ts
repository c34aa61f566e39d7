import type { Page } from '../contract/lists.ts';
import type { PeopleSearch, Person } from '../contract/people.ts';
import type { Config } from '../platform/config.ts';
import { cursorScope } from '../platform/cursor.ts';
import type { PhoneVault } from '../platform/phone-vault.ts';
import { pageOfPeople, type ListPeopleDeps } from './list-people.ts';
import { searchPrefix } from './person-name.ts';
import { toPerson } from './person.ts';
import { findPhoneKey } from './phone-keys-store.ts';
import { parsePhoneNumber, type RefusedPhoneNumber } from './phone-number.ts';
import { readUser } from './users-store.ts';

export interface SearchPeopleDeps extends ListPeopleDeps {
  vault: Pick<PhoneVault, 'hashes'>;
  config: ListPeopleDeps['config'] & Pick<Config, 'defaultCountry'>;
}

export type SearchResult = { ok: true; page: Page<Person> } | { ok: false; number: RefusedPhoneNumber };

const NOBODY: Page<Person> = { items: [], nextCursor: null };

/**
 * People by their whole number (two reads), its last four digits, or the beginning of a name, without regard to case and
 * accents. The latter two are pages by name, A to Z. Throws BAD_CURSOR.
 */
export async function searchPeople(deps: SearchPeopleDeps, search: PeopleSearch): Promise<SearchResult> {
  if (search.phoneNumber !== undefined) return findByNumber(deps, search.phoneNumber);
  const filter =
    search.last4 === undefined ? { namePrefix: searchPrefix(search.name ?? '') } : { last4: search.last4 };
  if ('namePrefix' in filter && filter.namePrefix === '') return { ok: true, page: NOBODY };
  const { cursor, limit } = search;
  return {
    ok: true,
    page: await pageOfPeople(deps, filter, { cursor, limit, scope: cursorScope('people-search', filter) }),
  };
}

async function findByNumber(deps: SearchPeopleDeps, text: string): Promise<SearchResult> {
  const number = parsePhoneNumber(text, deps.config.defaultCountry);
  if (!number.ok) return { ok: false, number };
  const { phoneKey } = await findPhoneKey(deps.db, deps.vault.hashes(number.e164));
  const user =
    phoneKey === null || phoneKey.userId === null ? null : await readUser(deps.db, phoneKey.userId);
  return { ok: true, page: user === null ? NOBODY : { items: [toPerson(user, phoneKey)], nextCursor: null } };
}
