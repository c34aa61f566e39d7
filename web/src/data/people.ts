import type { Page } from '../../../functions/src/contract/lists.ts';
import type { PeopleQuery, PeopleSearch, Person, PersonCreate, PersonPatch } from '../../../functions/src/contract/people.ts';
import { call } from './http.ts';

export const listPeople = (query: Partial<PeopleQuery>, signal?: AbortSignal): Promise<Page<Person>> =>
  call('GET', '/people', { query, signal });

/** By a whole number, last four digits or the beginning of a name: one of the three. */
export const searchPeople = (search: Partial<PeopleSearch>, signal?: AbortSignal): Promise<Page<Person>> =>
  call('POST', '/people/search', { body: search, signal });

export const getPerson = (userId: string, signal?: AbortSignal): Promise<Person> =>
  call('GET', `/people/${encodeURIComponent(userId)}`, { signal });

export const addPerson = (person: Partial<PersonCreate> & Pick<PersonCreate, 'phoneNumber'>): Promise<Person> =>
  call('POST', '/people', { body: person });

export const changePerson = (userId: string, patch: PersonPatch): Promise<Person> =>
  call('PATCH', `/people/${encodeURIComponent(userId)}`, { body: patch });

/** The full number; audited with the reason. */
export const revealPerson = (userId: string, reason: string): Promise<{ phoneNumber: string }> =>
  call('POST', `/people/${encodeURIComponent(userId)}/reveal`, { body: { reason } });

/**
 * The search that a text of a search box means: four digits are the last of a number, more of what a number is written
 * with are a whole number, everything else begins a name. Null for a blank one.
 */
export function readPeopleSearch(text: string): Pick<Partial<PeopleSearch>, 'phoneNumber' | 'last4' | 'name'> | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (/^\d{4}$/.test(trimmed)) return { last4: trimmed };
  return looksLikeNumber(trimmed) ? { phoneNumber: trimmed } : { name: trimmed };
}

/** Whether a text is written as a phone number: seven digits or more, and nothing but what numbers are written with. */
export function looksLikeNumber(text: string): boolean {
  return /^[+\d\s().\-/]+$/.test(text) && text.replace(/\D/g, '').length >= 7;
}

/**
 * Whether a search may stand in the address, which histories and logs keep: a name does, anything with four digits or
 * more, be it part of a sentence, may be a number or its end.
 */
export function mayStandInAddress(text: string): boolean {
  return text.replace(/\D/g, '').length < 4;
}
