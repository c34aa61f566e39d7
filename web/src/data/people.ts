import type { Page } from '../../../functions/src/contract/lists.ts';
import type {
  PeopleQuery,
  PeopleSearch,
  Person,
  PersonCreate,
  PersonPatch,
} from '../../../functions/src/contract/people.ts';
import { call } from './http.ts';

export const listPeople = (query: Partial<PeopleQuery>, signal?: AbortSignal): Promise<Page<Person>> =>
  call('GET /people', { query, signal });

/** By a whole number, the last four digits or the beginning of a name: one of the three. */
export const searchPeople = (search: Partial<PeopleSearch>, signal?: AbortSignal): Promise<Page<Person>> =>
  call('POST /people/search', { body: search, signal });

export const getPerson = (userId: string, signal?: AbortSignal): Promise<Person> =>
  call('GET /people/{userId}', { params: { userId }, signal });

export const addPerson = (
  person: Partial<PersonCreate> & Pick<PersonCreate, 'phoneNumber'>,
): Promise<Person> => call('POST /people', { body: person });

export const changePerson = (userId: string, patch: PersonPatch): Promise<Person> =>
  call('PATCH /people/{userId}', { params: { userId }, body: patch });

/** The whole number; the audit log keeps the reason. */
export const revealPerson = (userId: string, reason: string): Promise<{ phoneNumber: string }> =>
  call('POST /people/{userId}/reveal', { params: { userId }, body: { reason } });
