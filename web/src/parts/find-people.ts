import type { Person } from '../../../functions/src/contract/people.ts';
import { readPeopleSearch } from '../data/people-search.ts';
import { listPeople, searchPeople } from '../data/people.ts';
import { allowed } from '../session.ts';

/**
 * What a person picker searches with: the first of the list for a blank text, else by what was typed; by name alone for
 * those who may not look numbers up.
 */
export async function findPeople(text: string, signal: AbortSignal): Promise<readonly Person[]> {
  const name = text.trim();
  const search = allowed('people:lookup') || name === '' ? readPeopleSearch(text) : { name };
  const page = search
    ? await searchPeople({ ...search, limit: 20 }, signal)
    : await listPeople({ limit: 20 }, signal);
  return page.items;
}
