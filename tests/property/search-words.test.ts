import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdsWords, searchWordsOf } from '../../functions/src/contract/search-words.ts';
import { MAX_TERMS, termFor, wordsOf } from '../../functions/src/platform/words.ts';

const letters = 'aábcdeéfghiïjklmnoøpqrsßtuvwxyzжяåÆİıΣςשלעםمحأ가나다0१';
const unspaced = '東京駅明日会いましょうサーバー包裹สถานีน้ำလမ်း';
const word = fc.string({ unit: fc.constantFrom(...Array.from(letters)), minLength: 1, maxLength: 14 });
const run = fc.string({ unit: fc.constantFrom(...Array.from(unspaced)), minLength: 1, maxLength: 20 });
const gap = fc.constantFrom(' ', ', ', '\n', ' – ', '! ', '🎉');
const message = fc
  .array(fc.tuple(fc.oneof({ weight: 4, arbitrary: word }, run), gap), { minLength: 1, maxLength: 60 })
  .map((parts) => ({ words: parts.map(([each]) => each), text: parts.flat().join('') }));

function isFound(text: string, sought: string): boolean {
  const words = searchWordsOf(sought);
  const term = termFor(words);
  return term !== null && wordsOf(text).includes(term) && holdsWords(text, words);
}

test('LOG-2: every message is found by the beginning of each of its words, in any case', () => {
  fc.assert(
    fc.property(
      message,
      fc.nat(),
      fc.integer({ min: 1, max: 14 }),
      fc.boolean(),
      ({ words, text }, pick, length, shout) => {
        const whole = words[pick % words.length] ?? '';
        const beginning = Array.from(whole).slice(0, length).join('');
        const sought = shout ? beginning.toUpperCase() : beginning;
        // Marks alone, and digits that could be a phone number, are no words.
        fc.pre(
          termFor(searchWordsOf(sought)) !== null &&
            !/\p{M}$/u.test(sought.normalize('NFD')) &&
            !/\p{Nd}/u.test(text),
        );
        expect(isFound(text, sought)).toBe(true);
      },
    ),
    { numRuns: 3000 },
  );
});

test('LOG-2: what is found has the words, and nothing throws or outgrows its bounds', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      (text, sought) => {
        const terms = wordsOf(text);
        expect(terms.length).toBeLessThanOrEqual(MAX_TERMS);
        expect(new Set(terms).size).toBe(terms.length);
        expect(terms.every((term) => term.isWellFormed() && term !== '')).toBe(true);
        if (isFound(text, sought)) expect(holdsWords(text, searchWordsOf(sought))).toBe(true);
      },
    ),
    { numRuns: 2000 },
  );
});

test('PRIV-1: no term of the index holds seven digits of a number, however it is written', () => {
  const separator = fc.constantFrom(
    '',
    ' ',
    '-',
    '.',
    '_',
    '*',
    ',',
    ':',
    ' / ',
    '|',
    '~',
    '#',
    '\u200b',
    '📞',
    ') (',
  );
  const digits = fc.array(fc.tuple(fc.constantFrom(...'0123456789'), separator), {
    minLength: 10,
    maxLength: 15,
  });
  fc.assert(
    fc.property(digits, fc.boolean(), (parts, plus) => {
      const number = (plus ? '+' : '') + parts.flat().join('');
      const kept = wordsOf(`call ${number} now`)
        .filter((term) => /\d/.test(term))
        .join('');
      const hidden = kept === '';
      // A date, an amount or an address may be drawn by chance: it has 3 more digits at most.
      if (!hidden) expect(number).toMatch(/\d[.,:\-/ ]/);
      if (!/[.,:\-/ ]/.test(number)) expect(hidden).toBe(true);
    }),
    { numRuns: 3000 },
  );
});
