// The smallest metadata (44 KB gzip with the parser; `max` is 65): a number passes when its country knows its shape.
// Telling mobile from landline would need the largest, goes out of date, and refuses landlines that do take texts:
// what cannot be reached is learned from the carrier instead.
import {
  isSupportedCountry,
  parsePhoneNumberWithError,
  ParseError,
  validatePhoneNumberLength,
  type PhoneNumber,
} from 'libphonenumber-js/min';
import type { E164 } from '../platform/phone-vault.ts';

/** What can be wrong with a text that should be a phone number, with the sentence that tells a person so. */
const PROBLEMS = {
  empty: 'Enter a phone number.',
  letters: 'This number holds letters. Write its digits instead.',
  extension: 'This number holds an extension. Texts cannot go to an extension.',
  characters: 'This holds characters that no phone number has.',
  too_short: 'This number is too short.',
  too_long: 'This number is too long.',
  no_country: 'No country has this calling code. Write the number with a plus and its country code.',
  not_a_number: 'This is not a phone number.',
  not_in_use: 'No such number can exist in its country. Check its digits.',
} as const;

export type PhoneProblem = keyof typeof PROBLEMS;

/** `last4` is what the mask shows: the last four digits, or fewer of a short number. */
export interface ParsedPhoneNumber {
  ok: true;
  e164: E164;
  last4: string;
  masked: string;
}

export interface RefusedPhoneNumber {
  ok: false;
  problem: PhoneProblem;
  /** For people; never repeats what was written. */
  message: string;
}

/** Longer than any writing of a number of 15 digits. UTF-16 units. */
const MAX_TEXT = 60;
const MAX_DIGITS = 15;

/** Marks that come along when a number is copied from a page or a chat, and mean nothing. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const EXTENSION = /(?:;ext=|ext(?:ension|n)?\.?|(?<=\d\s*)[x#~,;])\s*[:.]?\s*\d+$/iu;
const SEPARATORS = /[\s()[\].\-/\u2010-\u2015\u2212\u00b7]/gu;

/**
 * Any common way of writing a number -> E.164. Without a plus it is read as one of `defaultCountry` (ISO 3166-1
 * alpha-2), where also that country's prefix for calls abroad is understood. Pure; throws for no input.
 */
export function parsePhoneNumber(
  text: string,
  defaultCountry: string,
): ParsedPhoneNumber | RefusedPhoneNumber {
  const plain = asciiDigits(text.normalize('NFKC').replace(INVISIBLE, '').trim()).replace(/^tel:/i, '');
  const problem = plainlyWrong(plain);
  if (problem !== null) return refuse(problem);
  const parsed = tryParse(plain.replace(SEPARATORS, ''), defaultCountry);
  if (typeof parsed === 'string') return refuse(parsed);
  return { ok: true, e164: parsed.number as E164, ...maskOf(parsed) };
}

function refuse(problem: PhoneProblem): RefusedPhoneNumber {
  return { ok: false, problem, message: PROBLEMS[problem] };
}

/** Digits of every script that counts by ten (Arabic, Devanagari and so on) as 0 to 9. */
function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
}

/** Unicode keeps the ten digits of a script together, so their zero is the first of the run that this one stands in. */
function digitValue(digit: string): number {
  const point = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(point - value - 1))) value += 1;
  return value;
}

function plainlyWrong(text: string): PhoneProblem | null {
  if (text === '') return 'empty';
  if (EXTENSION.test(text)) return 'extension';
  if (/\p{L}/u.test(text)) return 'letters';
  const bare = text.replace(SEPARATORS, '');
  if (text.length > MAX_TEXT || bare.replace(/\D/g, '').length > MAX_DIGITS + 4) return 'too_long';
  if (!/^\+?\d+$/.test(bare)) return /\d/.test(bare) ? 'characters' : 'not_a_number';
  return null;
}

function tryParse(text: string, defaultCountry: string): PhoneNumber | PhoneProblem {
  try {
    const parsed = parsePhoneNumberWithError(text, {
      extract: false,
      ...(isSupportedCountry(defaultCountry) ? { defaultCountry } : {}),
    });
    if (parsed.isValid()) return parsed;
    return problemNamed(validatePhoneNumberLength(parsed.number)) ?? 'not_in_use';
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return problemNamed(error.message) ?? 'not_a_number';
  }
}

function problemNamed(code: string | undefined): PhoneProblem | null {
  if (code === 'TOO_SHORT') return 'too_short';
  if (code === 'TOO_LONG') return 'too_long';
  return code === 'INVALID_COUNTRY' ? 'no_country' : null;
}

/** At most four digits are shown, and never more than half of them. */
function maskOf(parsed: PhoneNumber): Pick<ParsedPhoneNumber, 'last4' | 'masked'> {
  const country = `+${parsed.countryCallingCode}`;
  const national = parsed.formatInternational().slice(country.length).trim();
  const digits = national.replace(/\D/g, '');
  const shown = Math.min(4, Math.floor(digits.length / 2));
  let hidden = digits.length - shown;
  const masked = national.replace(/\D+/g, ' ').replace(/\d/g, (digit) => {
    hidden -= 1;
    return hidden >= 0 ? '•' : digit;
  });
  return { last4: digits.slice(-shown), masked: `${country} ${masked}` };
}
