import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** E.164 as Twilio takes it: a plus, a country code, at most 15 digits. */
const E164 = /^\+[1-9]\d{7,14}$/;

/** The E.164 form of a number, with or without its plus; null when it cannot be one. */
export function toE164(text: string): string | null {
  const number = text.startsWith('+') ? text : `+${text}`;
  return E164.test(number) ? number : null;
}

/** The place fields that Twilio adds to an inbound webhook: a country where one is known, a city for Washington's numbers. */
export function placeOf(number: string): { city: string; state: string; zip: string; country: string } {
  const country = parsePhoneNumberFromString(number)?.country ?? (number.startsWith('+1') ? 'US' : '');
  return number.startsWith('+1202')
    ? { city: 'WASHINGTON', state: 'DC', zip: '20001', country }
    : { city: '', state: '', zip: '', country };
}
