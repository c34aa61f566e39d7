import { asciiDigits } from './digits.ts';
import { withoutInvisible } from './invisible.ts';

/**
 * The one form in which texts and names are compared, in every search of Parley, on the server and in the console. Pure,
 * without libraries.
 */

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
  ȷ: 'j',
  ł: 'l',
  ŋ: 'n',
  ŧ: 't',
  ƀ: 'b',
  ɓ: 'b',
  ɗ: 'd',
  ƙ: 'k',
  ƴ: 'y',
  ƶ: 'z',
  ɨ: 'i',
  ʉ: 'u',
  ĸ: 'k',
  // A final sigma: where a word ends is not known while it is being typed.
  ς: 'σ',
  // Letters of Arabic that keyboards of its neighbours, and hasty typing, write another way.
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ة: 'ه',
};
const LETTERS = new RegExp(`[${Object.keys(PLAIN_LETTERS).join('')}]`, 'gu');

/**
 * Marks that change a letter and not which letter it is: the accents of Latin, Greek and Cyrillic, the points of Hebrew,
 * the vowels of Arabic, and the dot that Indic scripts put under foreign sounds. Vowel signs of Indic scripts, of Thai
 * and its neighbours, and the voicing marks of Japanese are letters in all but name, and stay.
 */
const MARKS =
  /[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u093c\u09bc\u0a3c\u0abc\u0b3c\u0cbc\u1ab0-\u1ace\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]|\u0640/gu;

/** Everything that is drawn as an apostrophe or in its place: quotation marks, the okina, primes, geresh, saltillo. */
const APOSTROPHES =
  /['\u0060\u00b4\u02b9-\u02bf\u02c8\u02ca\u02cb\u02ee\u0374\u055a\u05f3\u07f4\u07f5\u1fbd\u1fbf\u1fef\u1ffd\u1ffe\u2018-\u201b\u2032\u2035\u275b\u275c\ua78b\ua78c\uff07\uff40]/gu;

/**
 * Lower case, in compatibility form (width, ligatures), without accents, apostrophes and invisible characters:
 * `Kaʻahumanu` -> `kaahumanu`, `NAÏVE` -> `naive`, `Straße` -> `strasse`, `İstanbul` -> `istanbul`. What stands between
 * words stays. Folding what is folded changes nothing.
 */
export function foldText(text: string): string {
  const decomposed = plain(asciiDigits(text)).normalize('NFKD').toLowerCase().normalize('NFKD');
  // Once more: some apostrophes come out of the decomposition.
  return plain(decomposed)
    .replace(MARKS, '')
    .replace(LETTERS, (letter) => PLAIN_LETTERS[letter] ?? letter)
    .normalize('NFC');
}

const plain = (text: string) => withoutInvisible(text).replace(APOSTROPHES, '');

/** `l’hôtel` -> `l hôtel`, for those who look for what stands behind the apostrophe. */
export function apostrophesApart(text: string): string {
  return text.replace(APOSTROPHES, ' ');
}

const BETWEEN_WORDS = /[^\p{L}\p{M}\p{N}]+/gu;

/** The words of a folded text, in order. */
export function foldedWords(folded: string): string[] {
  return folded.replace(BETWEEN_WORDS, ' ').trim().split(' ').filter(Boolean);
}

/** Letters of scripts that put no space between words. */
const UNSPACED =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}\p{sc=Tibt}\p{sc=Yiii}\p{sc=Lana}\p{sc=Talu}\p{sc=Tale}]+/gu;

/** A word, and whether its script leaves out the spaces, so that any part of it may be what somebody looks for. */
export interface SearchWord {
  text: string;
  unspaced: boolean;
}

/** A word split where such a script begins or ends: `iPhone買う` is two. */
export function searchWords(word: string): SearchWord[] {
  const parts: SearchWord[] = [];
  let end = 0;
  const spaced = (text: string) => {
    if (text !== '') parts.push({ text, unspaced: false });
  };
  for (const { 0: text, index } of word.matchAll(UNSPACED)) {
    spaced(word.slice(end, index));
    parts.push({ text, unspaced: true });
    end = index + text.length;
  }
  spaced(word.slice(end));
  return parts;
}
