import type { PeopleSearch } from '../../../functions/src/contract/people.ts';

/** Labels of links and address books, and extensions: the server says what is wrong with those. */
const AROUND =
  /^\s*(?:tel|sms|smsto|mms|callto|phone|mobile|cell)\s*[:.]\s*|\s*(?:ext(?:ension|n)?\.?|[x#;])\s*[:.]?\s*\d+\s*$/giu;
/** What people and programs put between the digits of a number. */
const WRITING = /^[\p{Nd}\p{Pd}\p{Z}\s+()[\]./\u2212\u00b7\u2022\u2027_*,~'"=<>]+$/u;
/** `1.9075550133E+10`, as a spreadsheet shows a long number. */
const SHORTENED = /^[+-]?\d+(?:[.,]\d*)?\s*E\s*[+-]?\d{1,2}$/iu;

/** Without what does not show, and full-width characters as usual ones. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim();

/** Of every script that writes numbers with ten digits. */
const digitsIn = (text: string): number => plain(text).match(/\p{Nd}/gu)?.length ?? 0;

/**
 * What the text of a search box means: four digits are the last four of a number, more digits are a whole number,
 * everything else is the beginning of a name. Null for a blank text.
 */
export function readPeopleSearch(
  text: string,
): Pick<Partial<PeopleSearch>, 'phoneNumber' | 'last4' | 'name'> | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (/^\d{4}$/.test(plain(trimmed))) return { last4: plain(trimmed) };
  return looksLikeNumber(trimmed) ? { phoneNumber: trimmed } : { name: trimmed };
}

/** Whether a search asks for a phone number or its last four digits, which needs `people:lookup` (PRIV-3). */
export function isLookup(text: string): boolean {
  const meant = readPeopleSearch(text);
  return meant?.last4 !== undefined || meant?.phoneNumber !== undefined;
}

/** Whether a text looks like a phone number: seven digits or more, and otherwise only what is written around them. */
export function looksLikeNumber(text: string): boolean {
  const number = plain(text);
  if (SHORTENED.test(number)) return digitsIn(number) >= 7;
  const bare = number.replace(AROUND, '');
  return WRITING.test(bare) && digitsIn(bare) >= 7;
}

/**
 * Whether a search may be part of the page's address, which histories and logs keep: a name may; anything with four
 * digits or more, even within a sentence, may be a number or the end of one.
 */
export function mayStandInAddress(text: string): boolean {
  return digitsIn(text) < 4;
}
