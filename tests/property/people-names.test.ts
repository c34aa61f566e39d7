import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldText } from '../../functions/src/contract/fold.ts';
import {
  foldName,
  MAX_PREFIX,
  namePrefixesOf,
  searchPrefix,
  sortNameOf,
} from '../../functions/src/people/person-name.ts';

const letters = 'abzABZäÉñøŁßœıİμΣςŝжЙ田김مح0';
const word = fc.string({ unit: fc.constantFrom(...Array.from(letters)), minLength: 1, maxLength: 12 });
const name = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '));

describe('PPL-2: names of any kind', () => {
  test('PPL-2: whoever types the beginning of a first, last or full name finds the person', () => {
    fc.assert(
      fc.property(name, name, fc.nat(60), fc.boolean(), (first, last, length, shout) => {
        const prefixes = namePrefixesOf(first, last);
        for (const start of [`${first} ${last}`.trim(), `${last} ${first}`.trim(), last]) {
          const typed = Array.from(start).slice(0, length).join('');
          const sought = searchPrefix(shout ? typed.toUpperCase() : typed);
          if (sought !== '') expect(prefixes).toContain(sought);
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('PPL-2: folding a folded text changes nothing, and no text makes it throw', () => {
    fc.assert(
      fc.property(fc.oneof(name, fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (text) => {
        const folded = foldName(text);
        expect(foldName(folded)).toBe(folded);
        expect(foldText(foldText(text))).toBe(foldText(text));
        expect(Array.from(searchPrefix(text)).length).toBeLessThanOrEqual(MAX_PREFIX);
        expect(Array.from(sortNameOf(text, '', '+1 ••• ••• 0143')).length).toBeLessThanOrEqual(80);
      }),
      { numRuns: 3000 },
    );
  });
});
