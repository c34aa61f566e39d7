import type { PeopleSearch } from '../../../functions/src/contract/people.ts';

/**
 * The search that a text of a search box means: four digits are the last of a number, more of what a number is written
 * with are a whole number, everything else begins a name. Null for a blank one.
 */
export function readPeopleSearch(
  text: string,
): Pick<Partial<PeopleSearch>, 'phoneNumber' | 'last4' | 'name'> | null {
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
