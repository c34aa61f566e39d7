import { asciiDigits } from '../contract/digits.ts';
import { withoutInvisible } from '../contract/invisible.ts';

/** What people, pages and spreadsheets put around a number and between its digits. Pure. */

const PLUSES = /[\u2795\u02d6\u271a\u2719]/gu;
/** `tel:`, `sms:` and the like of links, and labels of address books. */
const LABEL =
  /^(?:(?:tel|sms|smsto|mms|callto|phone|telephone|mobile|cell|mob|ph|text)\s*[:.]+\s*)+(?:\/\/)?/iu;
/** A formula or an apostrophe that keeps a spreadsheet from reckoning with a number, quotation marks, marks of emphasis. */
const AROUND = /^[\s'"`\u2018-\u201f<*_~=\p{So}]+|[\s'"`\u2018-\u201f>*_~\p{So}]+$/gu;
/** A number that a spreadsheet took for an amount: `12025550143.0`, `12,025,550,143`. */
const DECIMALS = /^(\+?\d{7,15})[.,]0+$/u;
const THOUSANDS = /^\+?\d{1,3}(?:,\d{3}){2,}$/u;
/** Brazil: where the digits of a carrier of one's choice belong. */
const ANY_CARRIER = /^(\+?\(?)0xx\s*/iu;

export const SEPARATORS = /[\s()[\].\-/\u2010-\u2015\u2212\u00b7\u2022\u2027]/gu;
export const EXTENSION = /(?:;ext=|ext(?:ension|n)?\.?|(?<=\d\s*)[x#~,;])\s*[:.]?\s*\d+$/iu;
/** `1.9075550133E+10`, as spreadsheets show long numbers, after which most of the digits are lost. */
export const SHORTENED = /^[+-]?\d+(?:[.,]\d*)?\s*(?:E\s*[+-]?|[*x\u00d7]\s*10\s*\^?\s*)\d{1,2}$/iu;

/** What was written, with ASCII digits and without what only stands around the number. */
export function plainNumber(text: string): string {
  const ascii = asciiDigits(withoutInvisible(text.normalize('NFKC')).replace(PLUSES, '+')).trim();
  if (!/\d/.test(ascii)) return ascii;
  const bare = ascii.replace(AROUND, '').replace(LABEL, '').replace(AROUND, '');
  const number = withContext(bare)
    .replace(/^\++\s*/, '+')
    .replace(ANY_CARRIER, '$1')
    .replace(DECIMALS, '$1');
  return THOUSANDS.test(number) ? number.replaceAll(',', '') : number;
}

/** RFC 3966: `tel:2025550143;phone-context=+1` has its country behind it. */
function withContext(text: string): string {
  const [, number, country] = /^([^;]+);phone-context=(\+\d{1,4})$/i.exec(text) ?? [];
  if (number === undefined || country === undefined) return text;
  return number.startsWith('+') ? number : country + number;
}
