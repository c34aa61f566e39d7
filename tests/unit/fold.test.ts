import { describe, expect, test } from 'vitest';
import { foldedWords, foldText, searchWords } from '../../functions/src/contract/fold.ts';

describe('LOG-2, PPL-2: one folding for all search', () => {
  test.each<[what: string, text: string, folded: string]>([
    ['the okina', 'Kaʻahumanu', 'kaahumanu'],
    ['a diaeresis', 'NAÏVE', 'naive'],
    ['accents of their own', 'nai\u0308ve cafe\u0301', 'naive cafe'],
    ['Vietnamese', 'Đặng Thị Hường', 'dang thi huong'],
    ['Polish', 'ŁÓDŹ', 'lodz'],
    ['sharp s, small and capital', 'Straße STRAẞE', 'strasse strasse'],
    ['Turkish i with and without a dot', 'İSTANBUL ısparta', 'istanbul isparta'],
    ['final sigma', 'ΟΔΥΣΣΕΎΣ ὈΔΥΣΣΕΎς', 'οδυσσευσ οδυσσευσ'],
    ['ligatures', 'ﬁnance œuvre Ærø', 'finance oeuvre aero'],
    ['width', 'Ｆｕｌｌ　ｗｉｄｔｈ １２', 'full width 12'],
    ['half-width katakana', 'ｶﾞｽ', 'ガス'],
    ['Cyrillic', 'Алёна Йога', 'алена иога'],
    ['Hebrew points', 'שָׁלוֹם', 'שלום'],
    ['Arabic vowels, alef and yeh', 'مُحَمَّد أحمد علی', 'محمد احمد علي'],
    ['soft hyphens and joiners', 'co\u00adop zero\u200bwidth', 'coop zerowidth'],
    ['Hindi keeps its vowel signs', 'हिन्दी', 'हिन्दी'],
    ['Thai keeps its vowel signs and tones', 'น้ำ', 'น้\u0e4dา'],
    ['Japanese keeps its voicing marks', 'か\u3099', 'が'],
    ['Korean', '김지영', '김지영'],
    ['digits of any script', '٤٢ ४२ ４２ ④', '42 42 42 4'],
    ['symbols stay', 'a+b 🎉', 'a+b 🎉'],
  ])('LOG-2: %s: %j -> %j', (_what, text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  test.each([..."'’‘‛`´ʼʻʽʾʿʹˈ′＇ꞌ՚׳"])('LOG-2: an apostrophe may be written %s', (mark) => {
    expect(foldText(`O${mark}Brien`)).toBe('obrien');
  });

  test('LOG-2: words end where letters and digits end', () => {
    expect(foldedWords('re-send it, 2nd time…')).toEqual(['re', 'send', 'it', '2nd', 'time']);
    expect(foldedWords(' 🎉 ')).toEqual([]);
  });

  test('LOG-2: a word is parted where a script without spaces begins or ends', () => {
    expect(searchWords('iphone買う')).toEqual([
      { text: 'iphone', unspaced: false },
      { text: '買う', unspaced: true },
    ]);
    expect(searchWords('สถานี')).toEqual([{ text: 'สถานี', unspaced: true }]);
    expect(searchWords('サーバー')).toEqual([{ text: 'サーバー', unspaced: true }]);
    expect(searchWords('김지영')).toEqual([{ text: '김지영', unspaced: false }]);
  });
});
