import { describe, expect, test } from 'vitest';
import { wordsOf } from '../../functions/src/messaging/words.ts';

describe('LOG-2: words of a text for search', () => {
  test.each([
    ['Hello, hello world!', ['hello', 'world']],
    ['', []],
    ['   \n\t ', []],
    ['🎉🎉', []],
    ['Straße STRASSE', ['straße', 'strasse']],
    ["don't re-send it", ['don', 't', 're', 'send', 'it']],
    ['Ｆｕｌｌｗｉｄｔｈ １２', ['fullwidth', '12']],
    ['caf\u0065\u0301 Ж שלום नमस्ते', ['caf\u00e9', 'ж', 'שלום', 'नमस्ते']],
    ['NUL\u0000in between', ['nul', 'in', 'between']],
    ['table 4 at 18:30, 2026-07-04', ['table', '4', 'at', '18', '30', '2026', '07', '04']],
    ['parcel 1234567890123456', ['parcel', '1234567890123456']],
  ])('%j', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  test.each([
    'call +12025550143 now',
    'call 12025550143 now',
    'call (202) 555-0143 now',
    'call 202.555.0143 now',
    'call +1 202 555 0143 now',
    'call 202\u2013555\u20130143 now',
    'call ＋１２０２５５５０１４３ now',
    'call 5550143 now',
    'call +683 4002 now',
    'call 2025550143 2025550144 now',
  ])('PRIV-1: nothing of a phone number is kept: %j', (text) => {
    expect(wordsOf(text)).toEqual(['call', 'now']);
  });

  test('PRIV-1: a number glued to letters leaves only the letters', () => {
    expect(wordsOf('tel12025550143x')).toEqual(['tel', 'x']);
  });

  test('a text of many words keeps the first 100, a long word its first 40 units', () => {
    const many = Array.from({ length: 150 }, (_, index) => `w${String(index)}`).join(' ');
    expect(wordsOf(many)).toHaveLength(100);
    expect(wordsOf('x'.repeat(300))).toEqual(['x'.repeat(40)]);
    expect(wordsOf('x'.repeat(39) + '𝒳'.normalize('NFC') + '𐐨'.repeat(3))).toEqual(['x'.repeat(40)]);
    expect(wordsOf('y'.repeat(39) + '𐐨'.repeat(3))).toEqual(['y'.repeat(39)]);
  });

  test('100,000 digits and separators are read in well under a second', () => {
    const started = performance.now();
    wordsOf('1 '.repeat(50_000) + '(('.repeat(50_000));
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
