import { apostrophesApart, foldedWords, foldText, searchWords, type SearchWord } from '../contract/fold.ts';
import { withoutInvisible } from '../contract/invisible.ts';
import { phoneLikeRuns } from '../contract/phone-like.ts';

/**
 * How messages are found by their words (LOG-2). The index holds beginnings of words, of few lengths: whoever looks for
 * `texting` gets every entry with a word that begins with `texti`, and the entry's own text decides. So an index that is
 * small finds by any beginning, and the text alone says what matches. Scripts without spaces are held by every character
 * and every two that follow each other, and found by any part.
 */

/** How much of a word's beginning the index holds, in characters: a word that is looked for asks by the longest it has. */
const LENGTHS = [1, 2, 3, 5, 8] as const;
/**
 * What an entry is found by, at most. A message of 1,600 characters has at most 1,200 beginnings, one in Chinese at most
 * 2,200 characters and pairs. Firestore allows 40,000 index entries a document and 8 MiB of them; a test works out
 * that the indexes with `words` stay below (tests/structure/index-entries.test.ts).
 */
export const MAX_TERMS = 2500;
/** Characters of one term: Firestore counts at most four bytes for each. */
export const MAX_TERM_LENGTH = 8;

/** The words of what somebody looks for, folded, in order. What could be a phone number is no word (PRIV-1). */
export function searchWordsOf(text: string): SearchWord[] {
  return wordsIn(withoutPhoneNumbers(text));
}

/** What an entry's `words` hold: distinct, in order. */
export function wordsOf(text: string): string[] {
  const terms = new Set<string>();
  for (const term of foundWords(text).flatMap(termsOf)) {
    if (terms.size === MAX_TERMS) break;
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

/** Whether a text has every word that is looked for: by its beginning, or, without spaces, anywhere. */
export function holdsWords(text: string, sought: readonly SearchWord[]): boolean {
  const words = foundWords(text);
  return sought.every(({ text: part, unspaced }) =>
    words.some(
      (word) =>
        word.unspaced === unspaced && (unspaced ? word.text.includes(part) : word.text.startsWith(part)),
    ),
  );
}

/** The words by which a text is found: with their apostrophes left out, and also what stands on each side of one. */
function foundWords(text: string): SearchWord[] {
  const plain = withoutPhoneNumbers(text);
  const apart = apostrophesApart(plain);
  return apart === plain ? wordsIn(plain) : [...wordsIn(plain), ...wordsIn(apart)];
}

const wordsIn = (text: string) => foldedWords(foldText(text)).flatMap(searchWords);
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

function withoutPhoneNumbers(text: string): string {
  const plain = withoutInvisible(text.normalize('NFKC'));
  let kept = '';
  let end = 0;
  for (const run of phoneLikeRuns(plain)) {
    kept += `${plain.slice(end, run.start)} `;
    ({ end } = run);
  }
  return kept + plain.slice(end);
}
