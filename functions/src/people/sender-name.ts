import { canonicalAddress } from '../platform/canonical-address.ts';

/** Short codes have 3 to 8 digits, by country. */
const SHORT_CODE = /^\d{3,8}$/;
/** A sender's name has at most 11 characters of GSM 03.38, one of them a letter; carriers let longer ones through. */
const MAX_NAME = 11;

/**
 * Whether messages can come from this although it is no phone number: a short code such as `12345`, a name such as
 * `Acme Bank`, an e-mail address. A longer text that begins with a digit is a number that somebody wrote with letters.
 */
export function isSenderName(text: string): boolean {
  const address = canonicalAddress(text);
  if (SHORT_CODE.test(address)) return true;
  return /\p{L}/u.test(address) && (address.length <= MAX_NAME || !/^\W*\d/u.test(address));
}
