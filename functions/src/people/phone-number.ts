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
import { dialledForm } from '../platform/canonical-address.ts';
import type { E164 } from '../platform/phone-vault.ts';
import { EXTENSION, plainNumber, SEPARATORS, SHORTENED } from './number-writing.ts';

/** What can be wrong with a text that should be a phone number, with the sentence that tells a person so. */
const PROBLEMS = {
  empty: 'Enter a phone number.',
  shortened: 'A spreadsheet has shortened this number. Format its column as text and enter the number again.',
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
/** No national number has this many digits and begins with 011 (Buenos Aires, Turin, Leeds), but one behind the prefix. */
const ABROAD_BEHIND_011 = 13;
/** So many may be either; fewer are a national number, or a part of one. */
const PERHAPS_BEHIND_011 = 12;

/**
 * Any common way of writing a number -> the E.164 form that is dialled today. Without a plus it is read as one of
 * `defaultCountry` (ISO 3166-1 alpha-2), or behind a prefix for calls abroad, its own, `00` or `011`, as one of any
 * country. Pure; throws for no input.
 */
export function parsePhoneNumber(
  text: string,
  defaultCountry: string,
): ParsedPhoneNumber | RefusedPhoneNumber {
  const plain = plainNumber(text);
  const problem = plainlyWrong(plain);
  if (problem !== null) return refuse(problem);
  const parsed = parseDigits(plain.replace(SEPARATORS, ''), defaultCountry);
  if (typeof parsed === 'string') return refuse(parsed);
  return { ok: true, e164: parsed.number as E164, ...maskOf(parsed) };
}

function refuse(problem: PhoneProblem): RefusedPhoneNumber {
  return { ok: false, problem, message: PROBLEMS[problem] };
}

function plainlyWrong(text: string): PhoneProblem | null {
  if (text === '') return 'empty';
  if (SHORTENED.test(text)) return 'shortened';
  if (EXTENSION.test(text)) return 'extension';
  if (/\p{L}/u.test(text)) return 'letters';
  const bare = text.replace(SEPARATORS, '');
  if (text.length > MAX_TEXT || bare.replace(/\D/g, '').length > MAX_DIGITS + 4) return 'too_long';
  if (!/^\+?\d+$/.test(bare)) return /\d/.test(bare) ? 'characters' : 'not_a_number';
  return null;
}

/** The first reading that is a number in use; else what is wrong with it as it is written. */
function parseDigits(digits: string, defaultCountry: string): PhoneNumber | PhoneProblem {
  for (const reading of readingsOf(digits)) {
    const parsed = tryParse(reading, defaultCountry);
    if (typeof parsed !== 'string') return parsed;
  }
  return problemOf(tryParse(digits, defaultCountry));
}

const problemOf = (parsed: PhoneNumber | PhoneProblem) =>
  typeof parsed === 'string' ? parsed : 'not_a_number';

/** In the order in which they are tried, so that no national number is taken for one of another country. */
function readingsOf(digits: string): string[] {
  // No country code begins with 0, so a prefix for calls abroad stands behind the plus by mistake.
  if (digits.startsWith('+')) return [digits.replace(/^\+(?:00|011)(?=[1-9])/, '+')];
  const behind = (prefix: RegExp) => (prefix.test(digits) ? [digits.replace(prefix, '+')] : []);
  const behind011 = digits.length >= PERHAPS_BEHIND_011 ? behind(/^011(?=[1-9])/) : [];
  const abroad = [...behind(/^00(?=[1-9])/), ...(digits.length >= ABROAD_BEHIND_011 ? behind011 : [])];
  return [...abroad, digits, ...behind011, ...behind(/^0011(?=[1-9])/)];
}

function tryParse(text: string, defaultCountry: string): PhoneNumber | PhoneProblem {
  try {
    const country = isSupportedCountry(defaultCountry) ? { defaultCountry } : {};
    const parsed = parsePhoneNumberWithError(text, { extract: false, ...country });
    const dialled = dialledForm(parsed.number);
    const current = dialled === parsed.number ? parsed : parsePhoneNumberWithError(dialled);
    if (current.isValid()) return current;
    return problemNamed(validatePhoneNumberLength(current.number)) ?? 'not_in_use';
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
