/**
 * Rules for what is typed about a person. The schemas enforce them, and the console checks them before it asks, so they
 * live apart from the schema library.
 */

/** The most that each field takes: UTF-16 units, or how many there may be. */
export const MOST = {
  phoneNumber: 40,
  name: 80,
  tag: 40,
  tags: 20,
  fieldName: 40,
  fieldValue: 200,
  customFields: 20,
  timeZone: 64,
  language: 35,
  notes: 2000,
  consentSource: 80,
  consentWording: 1000,
  reason: 200,
} as const;

/** Fewer characters say nothing. */
export const LEAST_REASON = 3;

/** What is wrong, in the same words on both ends. */
export const PROBLEMS = {
  characters: 'This contains characters that cannot be stored. Delete them.',
  invisible: 'This contains nothing that can be seen.',
  fieldName: 'A field name cannot begin and end with two underscores.',
  timeZone: 'Enter a time zone such as America/New_York.',
  language: 'Enter a language tag such as en-US.',
  reason: 'Enter a reason of at least 3 characters.',
} as const;

/** One line: no control characters, and none of the marks that turn the direction of whatever follows them on a page. */
export function isLine(text: string): boolean {
  return text.isWellFormed() && !/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(text);
}

/** Several lines: all that the store can keep. */
export function isLines(text: string): boolean {
  return text.isWellFormed() && !text.includes('\u0000');
}

/** The store keeps names such as `__id__` for itself. */
export function isFieldName(name: string): boolean {
  return !/^__.*__$/.test(name);
}

/** An IANA name, e.g. `America/Chicago`; an offset is none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** A BCP 47 tag, e.g. `en-US`. */
export const LANGUAGE_TAG = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
