import type { Person } from '../../../../functions/src/contract/people.ts';
import { readPeopleSearch } from '../../data/people-search.ts';
import { listPeople, searchPeople } from '../../data/people.ts';

/** What a person picker searches with: the first of the list for a blank text, else by what was typed. */
export async function findPeople(text: string, signal: AbortSignal): Promise<readonly Person[]> {
  const search = readPeopleSearch(text);
  const page = search
    ? await searchPeople({ ...search, limit: 20 }, signal)
    : await listPeople({ limit: 20 }, signal);
  return page.items;
}
