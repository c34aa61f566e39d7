/** Why a past failure changes nothing, in the order in which it is shown. */
const WHY: readonly (readonly [why: string, words: string])[] = [
  ['category', 'one-off or temporary failure'],
  ['held_already', 'already suppressed or opted out'],
  ['reached_since', 'a later message arrived'],
  ['lifted_since', 'lifted by an operator since'],
  ['number_changed', 'the person has a new number'],
  ['no_person', 'the person is no longer registered'],
];

/** How many failures change nothing, by reason; reasons that did not occur are left out, unknown ones shown as they are. */
export function skippedWords(
  skipped: Readonly<Record<string, number>>,
): readonly { count: number; words: string }[] {
  const known = WHY.map(([why, words]) => ({ count: skipped[why] ?? 0, words }));
  const others = Object.entries(skipped)
    .filter(([why]) => !WHY.some(([each]) => each === why))
    .map(([why, count]) => ({ count, words: why.replaceAll('_', ' ') }));
  return [...known, ...others].filter(({ count }) => count > 0);
}

/** What a check has found, or done. */
interface Found {
  suppressed: number;
  optedOut: number;
  /** More than one: a number with failures in two steps of a check counts in both. */
  steps: number;
}

/** What would change: `Suppress 3 numbers and opt out 1 person`; `up to` where some may have been counted twice. */
export function actionWords({ suppressed, optedOut, steps }: Found): string {
  const upTo = steps > 1 ? 'up to ' : '';
  const parts = [
    ...(suppressed > 0 ? [`suppress ${upTo}${numbers(suppressed)}`] : []),
    ...(optedOut > 0 ? [`opt out ${upTo}${people(optedOut)}`] : []),
  ];
  return capital(parts.join(' and ')) || 'Nothing would change';
}

/** What has changed: `3 numbers suppressed and 1 person opted out`. */
export function doneWords({ suppressed, optedOut }: Omit<Found, 'steps'>): string {
  const parts = [
    ...(suppressed > 0 ? [`${numbers(suppressed)} suppressed`] : []),
    ...(optedOut > 0 ? [`${people(optedOut)} opted out`] : []),
  ];
  return parts.join(' and ') || 'Nothing changed';
}

const numbers = (count: number) => (count === 1 ? '1 number' : `${count.toLocaleString('en')} numbers`);
const people = (count: number) => (count === 1 ? '1 person' : `${count.toLocaleString('en')} people`);
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
