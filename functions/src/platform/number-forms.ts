/**
 * Numbering plans that changed, so that one number has two forms: carriers deliver one, people type the other, and older
 * data are filed under either. Pure and free of libraries: the webhook uses it and must start fast.
 */

/** One change of a plan. Every older form has another length than the current one, or a beginning that is not in use. */
export interface FormChange {
  /** An older form, or one that people still type -> the current one. */
  toCurrent: readonly [pattern: RegExp, replacement: string];
  /** The current form -> the one that older data may be filed under; null where no carrier ever delivered another. */
  toOlder: readonly [pattern: RegExp, replacement: string] | null;
  /** Both forms are dialled still: the current one is what the number is filed under, not what is stored. */
  bothDialled?: true;
}

/** `old` stands for all digits of the older form after the country code; `added` was put in front of them. */
function prefixed(country: string, added: string, old: string): FormChange {
  return {
    toCurrent: [new RegExp(`^\\+${country}(${old})$`), `+${country}${added}$1`],
    toOlder: [new RegExp(`^\\+${country}${added}(${old})$`), `+${country}$1`],
  };
}

/** The first digits of the older form gave way to others; `rest` digits follow them. */
function replaced(country: string, before: string, now: string, rest: number): FormChange {
  const tail = `(\\d{${String(rest)}})`;
  return {
    toCurrent: [new RegExp(`^\\+${country}${before}${tail}$`), `+${country}${now}$1`],
    toOlder: [new RegExp(`^\\+${country}${now}${tail}$`), `+${country}${before}$1`],
  };
}

/** `01>11 02>62`: what stood there, and what does now. */
const replacedAll = (country: string, table: string, rest: number) =>
  table.split(' ').map((pair) => {
    const [before = '', now = ''] = pair.split('>');
    return replaced(country, before, now, rest);
  });

/** From the notices of the countries' regulators. */
export const FORM_CHANGES: readonly FormChange[] = [
  // Mexico, 2019: mobiles lost their 1; 01, 044 and 045 in front of a number are typed still.
  { toCurrent: [/^\+52(?:0?1|0?4[45])(\d{10})$/, '+52$1'], toOlder: [/^\+52(\d{10})$/, '+521$1'] },
  // Argentina: mobiles have a 9 for calls from abroad, which carriers may leave out.
  { toCurrent: [/^\+549(\d{10})$/, '+54$1'], toOlder: [/^\+54(\d{10})$/, '+549$1'], bothDialled: true },
  // Brazil, 2012 to 2016: mobiles, which began with 6 to 9, got a 9 in front.
  {
    toCurrent: [/^(\+55[1-9]\d)([6-9]\d{7})$/, '$1' + '9$2'],
    toOlder: [/^(\+55[1-9]\d)9([6-9]\d{7})$/, '$1$2'],
  },
  // Benin, November 2024.
  prefixed('229', '01', '\\d{8}'),
  // Ivory Coast, January 2021: by operator, whom the second digit of a mobile told, and the third of a landline.
  prefixed('225', '01', '[04-9][0-3]\\d{6}'),
  prefixed('225', '05', '[04-9][4-6]\\d{6}'),
  prefixed('225', '07', '[04-9][7-9]\\d{6}'),
  prefixed('225', '21', '[23]\\d8\\d{5}'),
  prefixed('225', '25', '[23]\\d0\\d{5}'),
  prefixed('225', '27', '[23]\\d[1-79]\\d{5}'),
  // Cameroon, November 2014: mobiles and landlines.
  prefixed('237', '6', '[579]\\d{7}'),
  prefixed('237', '2', '[23]\\d{7}'),
  // Mauritius, September 2013: mobiles.
  prefixed('230', '5', '[79]\\d{6}'),
  // Colombia, September 2021: landlines.
  prefixed('57', '60', '[124-8]\\d{7}'),
  // Gabon, October 2019: by operator; the zero belonged to the number.
  ...replacedAll('241', '01>11 02>62 05>65 06>66 04>74 07>77', 6),
  // Vietnam, September 2018: mobiles with eleven digits got ten.
  ...replacedAll('84', '120>70 121>79 122>77 123>83 124>84 125>85 126>76 127>81 128>78 129>82', 7),
  ...replacedAll('84', '162>32 163>33 164>34 165>35 166>36 167>37 168>38 169>39 186>56 188>58 199>59', 7),
  // Hungary: the prefix for calls within the country, kept after the country code.
  { toCurrent: [/^\+3606(\d{8,9})$/, '+36$1'], toOlder: null },
];
