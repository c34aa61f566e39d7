import { asciiDigits } from './digits.ts';

/**
 * Digits in running text that could be a phone number (PRIV-1): what the search index must not keep, and what names,
 * notes and reasons are looked through for. One notion for both, so that neither knows a way around the other. Pure.
 */

/** A run of digits: where it stands in the text that was looked at, and its groups, as they were parted. */
export interface PhoneLike {
  start: number;
  end: number;
  /** Whether a plus stands before it. */
  plus: boolean;
  groups: string[];
}

/** Fewer digits are no whole number anywhere; more than a prefix, a country code and a number are something else. */
const MIN_DIGITS = 7;
const MAX_IN_ONE_GO = 18;
const MAX_IN_ONE_GO_NATIONAL = 15;

/** What may stand between two digits of one number: up to four characters, none of them a letter or a digit. */
const RUN = /\+?\d(?:[^\p{L}\p{N}]{0,4}\d)+/gu;
/** Letters that look like digits, among digits: `2O2 555 OI43`. */
const LOOKALIKES = /(?<![\p{L}\p{M}])(?=[OoQIl]*\d)[\dOoQIl]{2,}(?![\p{L}\p{M}])/gu;

const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const MONTH = '(?:0?[1-9]|1[0-2])';
const YEAR = '(?:19|20)\\d\\d';
const BYTE = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const TIME = '(?:[01]?\\d|2[0-4]):[0-5]\\d(?::[0-5]\\d)?';
const AMOUNT = "\\d{1,3}(?:[,.'\u2019 ]\\d{3}){1,2}(?:[.,]\\d{1,2})?";
/** Not a phone number, whatever its digits: dates, times of day, amounts, ISBNs, addresses of the Internet. */
const PLAINLY_OTHER = [
  `${YEAR}([-/.])${MONTH}\\1${DAY}(?:T(?=\\d))?`,
  `(?:${DAY}([-/. ])${MONTH}\\1|${MONTH}([-/. ])${DAY}\\2)${YEAR}`,
  `${TIME}(?:\\s?[-\u2013]\\s?${TIME})?(?![.:]?\\d)`,
  // Up to 9,999,999, and beside a currency up to 999,999,999.
  "\\d(?:[,.'\u2019]\\d{3}){2}(?:[.,]\\d{1,2})?(?![,.'\u2019]?\\d)",
  `(?<=\\p{Sc}\\s?)${AMOUNT}`,
  `${AMOUNT}(?=\\s?\\p{Sc})`,
  '97[89][- ]?(?:\\d[- ]?){9}\\d',
  `(?:${BYTE}\\.){3}${BYTE}(?![.\\d])`,
].map((pattern) => new RegExp(`(?<![\\d+]|\\d[^\\p{L}\\p{N}\\s,])${pattern}(?!\\d)`, 'gu'));
/** With more digits than these beside it, a date or an amount may be the first part of a number. */
const MAX_BESIDE = 3;

/**
 * Where such digits stand in `text`, which is in compatibility form (NFKC), without what is invisible. Digits of every script count, emoji keycaps
 * too. Grouped: 7 and more in all. In one go: 7 to 15, or 18 behind a plus or a prefix for calls abroad; more are the
 * number of a parcel or a card.
 */
export function phoneLikeRuns(text: string): PhoneLike[] {
  const digits = oneToOne(text).replace(LOOKALIKES, asDigits);
  const rest = PLAINLY_OTHER.reduce((left, pattern) => left.replace(pattern, mask), digits);
  return [...digits.matchAll(RUN)].flatMap(({ 0: run, index }) => {
    const end = index + run.length;
    const beside = rest.slice(index, end).replace(/\D/g, '').length;
    const groups = run.match(/\d+/gu) ?? [];
    const plus = run.startsWith('+');
    const whole = beside === groups.join('').length;
    if ((!whole && beside <= MAX_BESIDE) || !couldBeNumber(groups, plus)) return [];
    return [{ start: index, end, plus, groups }];
  });
}

/** Digits of other scripts as ASCII ones, without moving anything: some take two units, and become a digit and a joiner. */
function oneToOne(text: string): string {
  return text.replace(/[\p{Nd}\p{No}]/gu, (digit) => asciiDigits(digit).padEnd(digit.length, '\u200d'));
}

function asDigits(run: string): string {
  const count = run.replace(/\D/g, '').length;
  // More letters than digits are a word, or somebody's code.
  return count * 2 < run.length ? run : run.replace(/[OoQ]/g, '0').replace(/[Il|]/g, '1');
}

const mask = (text: string) => 'x'.repeat(text.length);

function couldBeNumber(groups: readonly string[], plus: boolean): boolean {
  const [first = '', ...others] = groups;
  const count = groups.join('').length;
  if (count < MIN_DIGITS) return false;
  if (others.length > 0) return true;
  return count <= (plus || /^0(?:0|11)/.test(first) ? MAX_IN_ONE_GO : MAX_IN_ONE_GO_NATIONAL);
}
