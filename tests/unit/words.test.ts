import { describe, expect, test } from 'vitest';
import { holdsWords, searchWordsOf } from '../../functions/src/contract/search-words.ts';
import { MAX_TERMS, termFor, wordsOf } from '../../functions/src/platform/words.ts';

/** Whether a message is found: the index gives it, and its text has what is looked for. */
function isFound(text: string, sought: string): boolean {
  const words = searchWordsOf(sought);
  const term = termFor(words);
  return term !== null && wordsOf(text).includes(term) && holdsWords(text, words);
}

describe('LOG-2: messages are found by their words', () => {
  test.each([
    ['Hello, hello world!', 'WORLD hello'],
    ['I am texting you', 'text'],
    ['I am texting you', 'texting'],
    ['I am texting you', 't'],
    ['appointments', 'appointm'],
    ['appointments', 'appointment'],
    ['a naïve idea', 'naive'],
    ['a naive idea', 'NAÏVE'],
    ['Kaʻahumanu Avenue', 'kaahumanu'],
    ['Kaahumanu Avenue', "ka'ahumanu"],
    ["don't", 'don’t'],
    ["don't", 'dont'],
    ['à l’hôtel', 'hotel'],
    ['à l’hôtel', 'l’hotel'],
    ['Straße', 'strasse'],
    ['İSTANBUL', 'istanbul'],
    ['Ｆｕｌｌｗｉｄｔｈ １２', 'fullwidth 12'],
    ['ﬁnance', 'fin'],
    ['re-send it', 'send'],
    ['明日東京駅で会いましょう', '東京駅'],
    ['明日東京駅で会いましょう', '京'],
    ['明日東京駅で会いましょう', '会いましょう 東京'],
    ['请明天来取包裹', '包裹'],
    ['ﾊﾟｿｺﾝ修理', 'パソコン'],
    ['พรุ่งนี้เจอกันที่สถานี', 'สถานี'],
    ['ພົບກັນມື້ອື່ນ', 'ມື້ອື່ນ'],
    ['ជួបគ្នាថ្ងៃស្អែក', 'ថ្ងៃ'],
    ['မနက်ဖြန်တွေ့မယ်', 'ဖြန်'],
    ['iPhone買う', '買う iph'],
    ['서울역에서 만나요', '서울'],
    ['नमस्ते दुनिया', 'नमस्'],
    ['table 4 at 18:30, 2026-07-04', '2026'],
    ['room 7', '7'],
    ['٤ أشخاص', '4'],
  ])('LOG-2: %j by %j', (text, sought) => {
    expect(isFound(text, sought)).toBe(true);
  });

  test.each([
    ['I am texting you', 'exting'],
    ['I am texting you', 'texted'],
    ['appointment', 'appointed'],
    ['明日東京駅で', '京東'],
    ['hello', 'hello world'],
    ['नमस्ते', 'नमसा'],
  ])('LOG-2: not %j by %j', (text, sought) => {
    expect(isFound(text, sought)).toBe(false);
  });

  test.each(['', '   \n\t ', '🎉🎉', '!?', '+1 202 555 0143'])('LOG-2: %j has no word', (text) => {
    expect(wordsOf(text)).toEqual([]);
    expect(termFor(searchWordsOf(text))).toBeNull();
  });

  test('LOG-2: the index keeps a few beginnings of each word, once', () => {
    expect(wordsOf('Hello, hello world!')).toEqual(['h', 'he', 'hel', 'hello', 'w', 'wo', 'wor', 'world']);
    expect(wordsOf('東京駅')).toEqual(['東', '京', '駅', '東京', '京駅']);
    expect(termFor(searchWordsOf('the appointment'))).toBe('appointm');
  });

  test('LOG-2: no message of 1,600 characters has more terms than are kept, whatever its script', () => {
    const spaced = Array.from({ length: 400 }, (_, index) =>
      String.fromCodePoint(0x0430 + (index % 32), 0x0430 + (index >> 5), 0x61),
    );
    const han = Array.from({ length: 1600 }, (_, index) =>
      String.fromCodePoint(0x4e00 + ((index * 7919) % 600)),
    );
    expect(wordsOf(spaced.join(' ')).length).toBeLessThan(1200);
    expect(wordsOf(han.join('')).length).toBeLessThan(2300);
  });

  test('LOG-2: a text that unfolds to more keeps as many terms as there may be, of at most 8 characters', () => {
    const bomb = Array.from({ length: 10_000 }, (_, index) =>
      String.fromCodePoint(0x4e00 + ((index * 7919) % 20_000)),
    ).join('');
    const terms = wordsOf(bomb);
    expect(terms).toHaveLength(MAX_TERMS);
    // Every search asks for this one too, so that the rest of the text is found.
    expect(terms.at(-1)).toBe('…');
    expect(wordsOf('Hello… world')).not.toContain('…');
    for (const text of ['x'.repeat(300), '𐐨'.repeat(30), 'appointments'])
      for (const term of wordsOf(text)) expect(Array.from(term).length).toBeLessThanOrEqual(8);
  });

  test('LOG-2: 100,000 digits and separators are read in linear time', () => {
    const small = wordsOf('1 '.repeat(50) + '(('.repeat(50));
    expect(wordsOf('1 '.repeat(50_000) + '(('.repeat(50_000))).toEqual(small);
  });
});
