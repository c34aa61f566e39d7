/** How people are called, sorted and found by name. Pure. */

/** A search by name looks at this many characters of what was typed; nobody types more. */
export const MAX_PREFIX = 24;
/** Longer names are ordered by their first characters: a cursor has to hold one. */
const MAX_SORT = 80;
/** Words of a name that can be searched by their own beginnings, beside the name from its start. */
const MAX_WORDS = 8;

/** Letters that do not decompose into a base letter and marks, and what people type for them. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ŋ: 'n',
  ŧ: 't',
  // A final sigma: where a word ends is not known while it is being typed.
  ς: 'σ',
};

/** `Ada Lovelace`, with what there is of it; `''` for somebody without a name. */
export function fullName(firstName: string, lastName: string): string {
  return [firstName, lastName].filter((part) => part !== '').join(' ');
}

/** What a person is shown as everywhere: the name, or the masked number. */
export function labelOf(firstName: string, lastName: string, maskedPhone: string): string {
  return fullName(firstName, lastName) || maskedPhone;
}

/**
 * The form in which names are compared: lower case, without the accents of Latin, Greek and Cyrillic, without
 * apostrophes, and with single spaces for everything that stands between words. `Seán O’Brien-Nuñez` -> `sean obrien nunez`.
 * A name of symbols alone stays as it is.
 */
export function foldName(name: string): string {
  const folded = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f'\u2018\u2019\u02bc\u0060\u00b4]/gu, '')
    .replace(/[ßæœøđðþħıłŋŧς]/gu, (letter) => PLAIN_LETTERS[letter] ?? letter)
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
  return folded || name.trim().toLowerCase();
}

/** The order of lists, A to Z; people without a name come by what their mask shows, before all names. */
export function sortNameOf(firstName: string, lastName: string, maskedPhone: string): string {
  const name = fullName(firstName, lastName);
  return firstCharacters(name === '' ? `+${foldName(maskedPhone)}` : foldName(name), MAX_SORT);
}

/** What was typed -> what is looked up in `namePrefixes`; `''` when it holds nothing to look for. */
export function searchPrefix(typed: string): string {
  return firstCharacters(foldName(typed), MAX_PREFIX).trimEnd();
}

/**
 * Every beginning by which a person is found: of the first name, the last name, the full name in both orders, and of
 * each word in them. Few names have more than 60; none has more than 250.
 */
export function namePrefixesOf(firstName: string, lastName: string): string[] {
  const full = foldName(fullName(firstName, lastName));
  const starts = [
    full,
    foldName(fullName(lastName, firstName)),
    foldName(lastName),
    ...full.split(' ').slice(0, MAX_WORDS),
  ];
  return [...new Set(starts.flatMap(beginnings))];
}

function beginnings(text: string): string[] {
  const characters = Array.from(text).slice(0, MAX_PREFIX);
  return characters
    .map((_, index) => characters.slice(0, index + 1).join(''))
    .filter((part) => !part.endsWith(' '));
}

function firstCharacters(text: string, count: number): string {
  return Array.from(text).slice(0, count).join('');
}
