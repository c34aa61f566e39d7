import { apostrophesApart, foldedWords, foldText, searchWords, type SearchWord } from './fold.ts';
import { withoutInvisible } from './invisible.ts';
import { phoneLikeRuns } from './phone-like.ts';

/**
 * Which messages a search by words finds (LOG-2): one rule for the server and for what comes live to the console. Pure.
 */

/** The words of what somebody looks for, folded, in order. What could be a phone number is no word (PRIV-1). */
export function searchWordsOf(text: string): SearchWord[] {
  return wordsIn(withoutPhoneNumbers(text));
}

/** Whether a text has every word that is looked for: by its beginning, or, without spaces, anywhere. */
export function holdsWords(text: string, sought: readonly SearchWord[]): boolean {
  const words = wordsFound(text);
  return sought.every(({ text: part, unspaced }) =>
    words.some(
      (word) =>
        word.unspaced === unspaced && (unspaced ? word.text.includes(part) : word.text.startsWith(part)),
    ),
  );
}

/** The words by which a text is found: with their apostrophes left out, and also what stands on each side of one. */
export function wordsFound(text: string): SearchWord[] {
  const plain = withoutPhoneNumbers(text);
  const apart = apostrophesApart(plain);
  return apart === plain ? wordsIn(plain) : [...wordsIn(plain), ...wordsIn(apart)];
}

const wordsIn = (text: string) => foldedWords(foldText(text)).flatMap(searchWords);

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
