import type { PeopleSearch } from '../../../functions/src/contract/people.ts';

/**
 * What the text of a search box means: four digits are the last four of a number, more digits are a whole number,
 * everything else is the beginning of a name. Null for a blank text.
 */
export function readPeopleSearch(
  text: string,
): Pick<Partial<PeopleSearch>, 'phoneNumber' | 'last4' | 'name'> | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (/^\d{4}$/.test(trimmed)) return { last4: trimmed };
  return looksLikeNumber(trimmed) ? { phoneNumber: trimmed } : { name: trimmed };
}

/** Whether a search asks for a phone number or its last four digits, which needs `people:lookup` (PRIV-3). */
export function isLookup(text: string): boolean {
  const meant = readPeopleSearch(text);
  return meant?.last4 !== undefined || meant?.phoneNumber !== undefined;
}

/** Whether a text looks like a phone number: seven digits or more, and otherwise only what numbers are written with. */
export function looksLikeNumber(text: string): boolean {
  return /^[+\d\s().\-/]+$/.test(text) && text.replace(/\D/g, '').length >= 7;
}

/**
 * Whether a search may be part of the page's address, which histories and logs keep: a name may; anything with four
 * digits or more, even within a sentence, may be a number or the end of one.
 */
export function mayStandInAddress(text: string): boolean {
  return text.replace(/\D/g, '').length < 4;
}
