/** Why a past failure changes nothing, in the order in which it is told. */
const WHY: readonly (readonly [why: string, words: string])[] = [
  ['category', 'The code concerns that one text, or passes'],
  ['held_already', 'Texts to the number are held back already'],
  ['reached_since', 'A later text has reached the number'],
  ['lifted_since', 'An operator has lifted it since'],
  ['number_changed', 'The person has another number now'],
  ['no_person', 'The person is gone'],
];

/** What was left alone and why, without what did not occur; a reason that is not known is told as it is. */
export function skippedWords(
  skipped: Readonly<Record<string, number>>,
): readonly { count: number; words: string }[] {
  const known = WHY.map(([why, words]) => ({ count: skipped[why] ?? 0, words }));
  const others = Object.entries(skipped)
    .filter(([why]) => !WHY.some(([each]) => each === why))
    .map(([why, count]) => ({ count, words: why.replaceAll('_', ' ') }));
  return [...known, ...others].filter(({ count }) => count > 0);
}

/** `3 numbers`, `1 number`, `no number`; `up to 3 numbers` where some may have been counted twice. */
export function numbersWords(count: number, exact: boolean): string {
  if (count === 0) return 'no number';
  const words = count === 1 ? '1 number' : `${count.toLocaleString('en')} numbers`;
  return exact ? words : `up to ${words}`;
}
