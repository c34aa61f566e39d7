import { describe, expect, test } from 'vitest';
import {
  findCodes,
  isCode,
  readCodeFilter,
  unlistedCode,
  type CodeEntry,
} from '../../web/src/features/settings/category-words.ts';
import {
  changesOf,
  dollarWords,
  draftOf,
  limitWords,
  readDraft,
  type LimitName,
} from '../../web/src/features/settings/limits-draft.ts';
import { actionWords, doneWords, skippedWords } from '../../web/src/features/opt-outs/review-words.ts';
import { addStep, NO_REVIEW } from '../../web/src/features/opt-outs/review.ts';

const LIMITS = { personPerHour: 10, operatorPerMinute: 60, dailySpend: 50 };
const typed = (name: LimitName, text: string) =>
  readDraft({ ...draftOf(LIMITS), [name]: { typed: text, none: false } });

describe('OUT-11: the form of the sending limits', () => {
  test('OUT-11: the current limits are read back unchanged, and no limit as null', () => {
    expect(readDraft(draftOf(LIMITS))).toEqual({ limits: LIMITS, problems: new Map() });
    const none = { personPerHour: null, operatorPerMinute: null, dailySpend: null };
    expect(readDraft(draftOf(none)).limits).toEqual(none);
  });

  test.each<[LimitName, string, number]>([
    ['personPerHour', ' 1 ', 1],
    ['personPerHour', '1000', 1000],
    ['operatorPerMinute', '6000', 6000],
    ['dailySpend', '7.5', 7.5],
    ['dailySpend', '$ 0.01', 0.01],
    ['dailySpend', '100000', 100_000],
  ])('OUT-11: %s takes %j', (name, text, limit) => {
    expect(typed(name, text)).toMatchObject({ limits: { [name]: limit }, problems: new Map() });
  });

  test.each<[LimitName, string]>([
    ['personPerHour', ''],
    ['personPerHour', '0'],
    ['personPerHour', '-3'],
    ['personPerHour', '1001'],
    ['personPerHour', '2.5'],
    ['personPerHour', '1e2'],
    ['operatorPerMinute', '6001'],
    ['operatorPerMinute', 'many'],
    ['dailySpend', '0'],
    ['dailySpend', '0.001'],
    ['dailySpend', '100000.01'],
    ['dailySpend', '1,000'],
    ['dailySpend', 'Infinity'],
    ['dailySpend', '٥٠'],
  ])('OUT-11: %s refuses %j and says what it takes', (name, text) => {
    const { limits, problems } = typed(name, text);
    expect([...problems.keys()]).toEqual([name]);
    expect(problems.get(name)).toMatch(/^Enter .*, or choose No limit\.$/);
    expect(limits).not.toHaveProperty(name);
  });

  test('OUT-11: only the limits that differ are shown and saved', () => {
    expect(changesOf(LIMITS, { personPerHour: 10, dailySpend: null })).toEqual([
      { name: 'dailySpend', from: 50, to: null },
    ]);
    expect([
      limitWords('personPerHour', 1),
      limitWords('operatorPerMinute', 6000),
      limitWords('dailySpend', 7.5),
      limitWords('dailySpend', null),
    ]).toEqual(['1 message', '6,000 messages', '$7.50', 'No limit']);
  });

  test.each([
    [0, '$0.00'],
    [0.0083, '$0.01'],
    [0.01, '$0.01'],
    [1.1, '$1.10'],
    [49.9999, '$50.00'],
  ])('OUT-11: %d dollars read as %s', (amount, words) => {
    expect(dollarWords(amount)).toBe(words);
  });
});

describe('SUPP-2: the table of error codes', () => {
  const entry = (code: number, reason: string, rest: Partial<CodeEntry> = {}): CodeEntry => ({
    code,
    reason,
    category: 'permanent',
    default: 'permanent',
    maySuppress: true,
    ...rest,
  });
  const TABLE = [
    entry(21610, 'This person has opted out.', { category: 'opt_out', default: 'opt_out' }),
    entry(30003, 'The phone could not be reached.', {
      category: 'transient',
      default: 'transient',
      maySuppress: false,
    }),
    entry(30004, 'Blocked by the carrier.', { category: 'suppress' }),
    entry(30005, 'This number is unknown.', { category: 'suppress', default: 'suppress' }),
  ];
  const found = (search: string, show: string | null = null) =>
    findCodes(TABLE, search, readCodeFilter(show)).map(({ code }) => code);

  test.each<[string, string | null, number[]]>([
    ['', null, [21610, 30003, 30004, 30005]],
    ['30', null, [30003, 30004, 30005]],
    ['30004', null, [30004]],
    ['PHONE reached', null, [30003]],
    ['opt out', null, [21610]],
    ['30 unknown', null, [30005]],
    ['', 'changed', [30004]],
    ['', 'suppress', [30004, 30005]],
    ['30005', 'changed', []],
    ['', 'nonsense', [21610, 30003, 30004, 30005]],
  ])('SUPP-2: the search %j with the filter %j finds these codes', (search, show, codes) => {
    expect(found(search, show)).toEqual(codes);
  });

  test('SUPP-2: a code has five digits; one that is not listed affects the one message', () => {
    expect(['30004', '63038'].every(isCode)).toBe(true);
    expect(['', '3000', '300045', '03000', '30004 ', 'abcde'].some(isCode)).toBe(false);
    expect(unlistedCode(63038)).toMatchObject({ code: 63038, category: 'permanent', maySuppress: true });
  });
});

describe('SUPP-3: the check of past failures', () => {
  const step = { examined: 200, suppressed: 2, optedOut: 1, skipped: { category: 190, held_already: 7 } };

  test('SUPP-3: the steps of a check add up', () => {
    const first = addStep(NO_REVIEW, { ...step, nextCursor: 'c' });
    expect(first).toMatchObject({ examined: 200, done: false, steps: 1 });
    expect(addStep(first, { ...step, skipped: { category: 3, no_person: 1 }, nextCursor: null })).toEqual({
      examined: 400,
      suppressed: 4,
      optedOut: 2,
      skipped: { category: 193, held_already: 7, no_person: 1 },
      done: true,
      steps: 2,
    });
  });

  test('SUPP-3: reasons for no action are in words, and those that did not occur are left out', () => {
    expect(skippedWords({ held_already: 2, category: 1, reached_since: 0, of_the_future: 3 })).toEqual([
      { count: 1, words: 'one-off or temporary failure' },
      { count: 2, words: 'already suppressed or opted out' },
      { count: 3, words: 'of the future' },
    ]);
  });

  test.each<[number, number, number, string, string]>([
    [0, 0, 1, 'Nothing would change', 'Nothing changed'],
    [1, 0, 1, 'Suppress 1 number', '1 number suppressed'],
    [0, 2, 1, 'Opt out 2 people', '2 people opted out'],
    [
      1200,
      1,
      1,
      'Suppress 1,200 numbers and opt out 1 person',
      '1,200 numbers suppressed and 1 person opted out',
    ],
    [
      3,
      1,
      2,
      'Suppress up to 3 numbers and opt out up to 1 person',
      '3 numbers suppressed and 1 person opted out',
    ],
  ])(
    'SUPP-3: %d to suppress and %d to opt out after %d steps are named as such, before and after',
    (suppressed, optedOut, steps, before, after) => {
      expect(actionWords({ suppressed, optedOut, steps })).toBe(before);
      expect(doneWords({ suppressed, optedOut })).toBe(after);
    },
  );
});
