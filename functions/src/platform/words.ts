import type { SearchWord } from '../contract/fold.ts';
import { wordsFound } from '../contract/search-words.ts';

/**
 * How messages are found by their words (LOG-2). The index holds beginnings of words, of few lengths: whoever looks for
 * `texting` gets every entry with a word that begins with `texti`, and the entry's own text decides. So an index that is
 * small finds by any beginning, and the text alone says what matches. Scripts without spaces are held by every character
 * and every two that follow each other, and found by any part.
 */

/** How much of a word's beginning the index holds, in characters: a word that is looked for asks by the longest it has. */
const LENGTHS = [1, 2, 3, 5, 8] as const;
/**
 * What the index holds of an entry, at most. A message of 1,600 characters has at most 1,200 beginnings, one in Chinese at most
 * 2,200 characters and pairs. Firestore allows 40,000 index entries a document and 8 MiB of them; a test works out
 * that the indexes with `words` stay below (tests/structure/index-entries.test.ts).
 */
export const MAX_TERMS = 2500;
/**
 * The last term of an entry that has more of them than are kept: every search asks for it too, so that nothing is lost to
 * it. No word, so no text has it.
 */
export const CUT = '…';

/** What an entry's `words` hold: distinct, in order. */
export function wordsOf(text: string): string[] {
  const terms = new Set<string>();
  for (const term of wordsFound(text).flatMap(termsOf)) {
    if (terms.size === MAX_TERMS) return [...terms].with(-1, CUT);
    terms.add(term);
  }
  return [...terms];
}

/** Words to look for -> the one term to ask the index for: that of the longest word, since the fewest entries have it. */
export function termFor(sought: readonly SearchWord[]): string | null {
  // A pair of characters without spaces says about as much as five letters.
  const weight = ({ text, unspaced }: SearchWord) =>
    unspaced ? Math.min(text.length, 2) * 2.5 : text.length;
  const [first] = sought.toSorted((a, b) => weight(b) - weight(a));
  return first === undefined ? null : (termsOf(first).at(-1) ?? null);
}

const termsOf = ({ text, unspaced }: SearchWord) => (unspaced ? pairsOf(text) : beginningsOf(text));

function beginningsOf(word: string): string[] {
  const characters = Array.from(word);
  return LENGTHS.filter((length) => length <= characters.length).map((length) =>
    characters.slice(0, length).join(''),
  );
}

function pairsOf(word: string): string[] {
  const characters = Array.from(word);
  const pairs = characters.slice(1).map((each, index) => (characters[index] ?? '') + each);
  return [...characters, ...pairs];
}
