import { describe, expect, test } from 'vitest';
import {
  foldName,
  labelOf,
  namePrefixesOf,
  searchPrefix,
  sortNameOf,
} from '../../functions/src/people/person-name.ts';

describe('PPL-2: names are compared without case and accents', () => {
  const folded: [name: string, expected: string][] = [
    ['Ada Lovelace', 'ada lovelace'],
    ['Seán O’Brien-Nuñez', 'sean obrien nunez'],
    ["D'Angelo", 'dangelo'],
    ['Łukasz Żółć', 'lukasz zolc'],
    ['Straße', 'strasse'],
    ['Ærøskøbing', 'aeroskobing'],
    ['İbrahim Yıldız', 'ibrahim yildiz'],
    ['Ὀδυσσεύς', 'οδυσσευσ'],
    ['Алёна', 'алена'],
    ['김지영', '김지영'],
    ['محمد', 'محمد'],
    ['Ａｄａ', 'ada'],
    ['e\u0301\u0302', 'e'],
    ['  Ada   Lovelace ', 'ada lovelace'],
    ['👋', '👋'],
    ['', ''],
  ];
  test.each(folded)('PPL-2: %j -> %j', (name, expected) => {
    expect(foldName(name)).toBe(expected);
  });
});

describe('PPL-2: beginnings of names', () => {
  test('PPL-2: a name is found by its first and its last name, and by both in either order', () => {
    expect(namePrefixesOf('Jo', 'Li')).toEqual(['j', 'jo', 'jo l', 'jo li', 'l', 'li', 'li j', 'li jo']);
  });

  test('PPL-2: a name is found by the beginning of each of its words', () => {
    const prefixes = namePrefixesOf('José María', 'García Márquez');
    for (const typed of ['jos', 'JOSÉ M', 'maría', 'garcia', 'García Már', 'marq', 'jose maria garcia']) {
      expect(prefixes).toContain(searchPrefix(typed));
    }
    expect(prefixes).not.toContain(searchPrefix('osé'));
  });

  test('PPL-2: somebody without a name is found by none', () => {
    expect(namePrefixesOf('', '')).toEqual([]);
  });

  test('PPL-2: the longest names have at most 250 beginnings of at most 24 characters', () => {
    const longest = Array.from({ length: 27 }, (_, index) =>
      String.fromCodePoint(97 + (index % 26)).repeat(2),
    ).join(' ');
    expect(namePrefixesOf(longest, longest).length).toBeLessThanOrEqual(250);
    expect(namePrefixesOf('x'.repeat(80), 'y'.repeat(80)).every((each) => each.length <= 24)).toBe(true);
  });

  test('PPL-2: a search looks at the first 24 characters of what was typed', () => {
    expect(searchPrefix('Wolfeschlegelsteinhausenbergerdorff')).toBe('wolfeschlegelsteinhausen');
    expect(searchPrefix(' Ada ')).toBe('ada');
    expect(searchPrefix(' ')).toBe('');
  });
});

describe('PPL-2: labels and their order', () => {
  test('PRIV-3: a label is the name, or without one the masked number', () => {
    expect(labelOf('Ada', 'Lovelace', '+1 ••• ••• 0143')).toBe('Ada Lovelace');
    expect(labelOf('', 'Lovelace', '+1 ••• ••• 0143')).toBe('Lovelace');
    expect(labelOf('', '', '+1 ••• ••• 0143')).toBe('+1 ••• ••• 0143');
  });

  test('PPL-2: names sort from A to Z without accents and case; people without a name come first', () => {
    const people = [
      ['Zoë', ''],
      ['Éva', 'Nagy'],
      ['', ''],
      ['adam', ''],
      ['Eva', 'Abel'],
    ] as const;
    const sorted = people.map(([first, last]) => sortNameOf(first, last, '+1 ••• ••• 0143')).sort();
    expect(sorted).toEqual(['+1 0143', 'adam', 'eva abel', 'eva nagy', 'zoe']);
  });
});
