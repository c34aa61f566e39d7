import { describe, expect, test } from 'vitest';
import { costRuns, countSegments, withPlainCharacters } from '../../functions/src/contract/segments.ts';

describe('OUT-1: a message is cut into segments as the carrier bills them', () => {
  const cases: [name: string, text: string, expected: Partial<ReturnType<typeof countSegments>>][] = [
    ['nothing', '', { encoding: 'GSM-7', units: 0, segments: 1, unitsLeft: 160 }],
    ['a word', 'Hello', { encoding: 'GSM-7', units: 5, segments: 1, unitsLeft: 155 }],
    ['a full GSM-7 segment', 'a'.repeat(160), { encoding: 'GSM-7', units: 160, segments: 1, unitsLeft: 0 }],
    [
      'one more than a segment',
      'a'.repeat(161),
      { encoding: 'GSM-7', units: 161, segments: 2, unitsLeft: 145 },
    ],
    ['two full parts', 'a'.repeat(306), { encoding: 'GSM-7', units: 306, segments: 2, unitsLeft: 0 }],
    [
      'one more than two parts',
      'a'.repeat(307),
      { encoding: 'GSM-7', units: 307, segments: 3, unitsLeft: 152 },
    ],
    ['the longest', 'a'.repeat(1600), { encoding: 'GSM-7', units: 1600, segments: 11, length: 1600 }],
    [
      'extension characters, two septets each',
      '€[]',
      { encoding: 'GSM-7', units: 6, segments: 1, unitsLeft: 154 },
    ],
    ['80 euro signs', '€'.repeat(80), { encoding: 'GSM-7', units: 160, segments: 1, unitsLeft: 0 }],
    [
      'an extension character that does not fit in the rest of a part',
      `${'a'.repeat(152)}€${'a'.repeat(10)}`,
      { units: 164, segments: 2, unitsLeft: 141 },
    ],
    ['a line break of two characters', 'a\r\nb', { encoding: 'GSM-7', units: 4, segments: 1 }],
    ['accents that GSM-7 has', 'àéèùìòñüöäßÇ', { encoding: 'GSM-7', units: 12, segments: 1 }],
    [
      'a small c with cedilla, which it has not',
      'ç',
      { encoding: 'UCS-2', units: 1, segments: 1, unitsLeft: 69 },
    ],
    ['a full UCS-2 segment', 'ж'.repeat(70), { encoding: 'UCS-2', units: 70, segments: 1, unitsLeft: 0 }],
    ['one more', 'ж'.repeat(71), { encoding: 'UCS-2', units: 71, segments: 2, unitsLeft: 63 }],
    ['an emoji', 'Hi 👋', { encoding: 'UCS-2', units: 5, length: 5, segments: 1, unitsLeft: 65 }],
    [
      'an emoji that does not fit in the rest of a part',
      `${'a'.repeat(66)}👋${'a'.repeat(10)}`,
      { units: 78, segments: 2, unitsLeft: 55 },
    ],
    ['extension characters in UCS-2, one unit each', '€€ж', { encoding: 'UCS-2', units: 3 }],
    [
      'a character longer than a segment',
      `e${'\u0301'.repeat(99)}`,
      { encoding: 'UCS-2', units: 100, segments: 3 },
    ],
  ];
  test.each(cases)('OUT-1: %s', (_name, text, expected) => {
    expect(countSegments(text)).toMatchObject(expected);
  });
});

describe('OUT-1: the characters that force UCS-2 are named', () => {
  test('OUT-1: costly characters are listed in order, with their count and a plain stand-in', () => {
    expect(countSegments('It’s “fine” – it’s').costly).toEqual([
      { text: '’', name: 'curly apostrophe', count: 2, plain: "'" },
      { text: '“', name: 'curly opening quotes', count: 1, plain: '"' },
      { text: '”', name: 'curly closing quotes', count: 1, plain: '"' },
      { text: '–', name: 'en dash', count: 1, plain: '-' },
    ]);
  });

  test('OUT-1: an emoji of several code points is one costly character', () => {
    expect(countSegments('👩🏽‍🚀🇩🇪1️⃣').costly).toEqual([
      { text: '👩🏽‍🚀', name: 'emoji', count: 1, plain: null },
      { text: '🇩🇪', name: 'emoji', count: 1, plain: null },
      { text: '1️⃣', name: 'emoji', count: 1, plain: null },
    ]);
  });

  test('OUT-1: a costly letter is named by its code point', () => {
    expect(countSegments('Жe\u0301').costly).toEqual([
      { text: 'Ж', name: 'U+0416', count: 1, plain: null },
      { text: 'e\u0301', name: 'U+0065 U+0301', count: 1, plain: null },
    ]);
  });

  test('OUT-1: a GSM-7 message has no costly characters', () => {
    expect(countSegments('Plain {text} for 5 €').costly).toEqual([]);
  });

  test('OUT-1: runs mark the costly characters, and joined give the message back', () => {
    expect(costRuns('It’s 👋👋 ok')).toEqual([
      { text: 'It', costly: false },
      { text: '’', costly: true },
      { text: 's ', costly: false },
      { text: '👋👋', costly: true },
      { text: ' ok', costly: false },
    ]);
    expect(costRuns('')).toEqual([]);
  });

  test('OUT-1: plain characters replace what they can and keep the rest', () => {
    expect(withPlainCharacters('It’s “fine” … 👋 Жук\u200b')).toBe('It\'s "fine" ... 👋 Жук');
  });
});
