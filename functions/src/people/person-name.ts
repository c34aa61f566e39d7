import { apostrophesApart, foldedWords, foldText, searchWords } from '../contract/fold.ts';

/** How people are called, sorted and found by name. Pure. */

/** A search by name looks at this many characters of what was typed; nobody types more. */
export const MAX_PREFIX = 24;
/** Longer names are ordered by their first characters: a cursor has to hold one. */
const MAX_SORT = 80;
/** Parts of a name that can be searched by their own beginnings, beside the name from its start. */
const MAX_PARTS = 8;

/** `Ada Lovelace`, with what there is of it; `''` for somebody without a name. */
function fullName(firstName: string, lastName: string): string {
  return [firstName, lastName].filter((part) => part !== '').join(' ');
}

/** What a person is shown as everywhere: the name, or the masked number. */
export function labelOf(firstName: string, lastName: string, maskedPhone: string): string {
  return fullName(firstName, lastName) || maskedPhone;
}

/**
 * The form in which names are compared: folded as all search is, with single spaces for everything that stands between
 * words. `Seán O’Brien-Nuñez` -> `sean obrien nunez`. A name of symbols alone stays as it is.
 */
export function foldName(name: string): string {
  return foldedWords(foldText(name)).join(' ') || name.trim().toLowerCase();
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
 * each word in them; in scripts without spaces, from each character. Few names have more than 60; none has more than 250.
 */
export function namePrefixesOf(firstName: string, lastName: string): string[] {
  const full = foldName(fullName(firstName, lastName));
  const starts = [
    full,
    foldName(fullName(lastName, firstName)),
    foldName(lastName),
    ...full.split(' ').flatMap(partsOf).slice(0, MAX_PARTS),
    // `O’Brien` is found by `brien` too.
    ...foldName(apostrophesApart(fullName(firstName, lastName)))
      .split(' ')
      .slice(0, MAX_PARTS),
  ];
  return [...new Set(starts.flatMap(beginnings))];
}

/** A word; of one whose script has no spaces, what begins at each of its characters: a given name may stand last. */
function partsOf(word: string): string[] {
  return searchWords(word).flatMap(({ text, unspaced }) => {
    if (!unspaced) return [text];
    const characters = Array.from(text);
    return characters.map((_, index) => characters.slice(index).join(''));
  });
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
