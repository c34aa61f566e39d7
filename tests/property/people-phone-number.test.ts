import fc from 'fast-check';
import { getExampleNumber, getCountries, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' };
import { describe, expect, test } from 'vitest';
import { parsePhoneNumber } from '../../functions/src/people/phone-number.ts';
import { canonicalAddress, dialledForm, olderForms } from '../../functions/src/platform/canonical-address.ts';

const countries = getCountries().filter((country) => country in examples);

/** Numbers that their country takes, made from its example by other last digits. */
const numbers = fc
  .tuple(fc.constantFrom(...countries), fc.stringMatching(/^\d{5}$/))
  .map(([country, tail]) => `${getExampleNumber(country, examples)?.number.slice(0, -5) ?? ''}${tail}`)
  .filter((number) => parsePhoneNumber(number, 'US').ok && dialledForm(number) === number);

const written = (number: string, style: 'NATIONAL' | 'INTERNATIONAL' | 'RFC3966' | 'E.164') => {
  const parsed = parsePhoneNumberFromString(number);
  return { text: parsed?.format(style) ?? '', country: parsed?.country ?? 'US' };
};

describe('PPL-1: numbers of every country', () => {
  test('PPL-1: an example of every country passes', () => {
    const refused = countries.filter(
      (country) => !parsePhoneNumber(getExampleNumber(country, examples)?.number ?? '', 'US').ok,
    );
    expect(refused).toEqual([]);
    expect(countries.length).toBeGreaterThan(230);
  });

  test('PPL-1: however a number is written, it is read as the same', () => {
    fc.assert(
      fc.property(
        numbers,
        fc.constantFrom('NATIONAL', 'INTERNATIONAL', 'RFC3966', 'E.164'),
        (number, style) => {
          const { text, country } = written(number, style);
          expect(parsePhoneNumber(text, country)).toMatchObject({ ok: true, e164: number });
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('PRIV-2: every form of a number has one canonical address, and what it is filed under changes no more', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        const canonical = canonicalAddress(number);
        expect(canonicalAddress(canonical)).toBe(canonical);
        for (const form of olderForms(canonical)) expect(canonicalAddress(form)).toBe(canonical);
        const parsed = parsePhoneNumber(number, 'US');
        expect(parsed.ok && canonicalAddress(parsed.e164)).toBe(canonical);
      }),
      { numRuns: 3000 },
    );
  });

  test('PPL-1: with 00 or 011 for its plus, a number of another country is read as it is, in any default country', () => {
    fc.assert(
      fc.property(
        numbers,
        fc.constantFrom('00', '011'),
        fc.constantFrom(...countries),
        (number, prefix, country) => {
          const text = prefix + number.slice(1);
          const parsed = parsePhoneNumber(text, country);
          // With few digits behind 011 a national number goes first, where there is one.
          const national = parsePhoneNumberFromString(text, country);
          const isOwn = prefix === '011' && text.length < 13 && national?.isValid() === true;
          if (!isOwn && (prefix === '00' || text.length >= 12))
            expect(parsed).toMatchObject({ ok: true, e164: number });
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('PRIV-3: a mask shows the country code, at most four last digits and at most half of the others', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        const parsed = parsePhoneNumber(number, 'US');
        if (!parsed.ok) throw new Error('refused');
        const country = parsePhoneNumberFromString(number)?.countryCallingCode ?? '';
        const national = number.slice(1 + country.length);
        expect(parsed.last4.length).toBe(Math.min(4, Math.floor(national.length / 2)));
        expect(national.endsWith(parsed.last4)).toBe(true);
        expect(parsed.masked.replace(/[^\d]/g, '')).toBe(country + parsed.last4);
        expect(parsed.masked.replace(/[^•]/g, '').length).toBe(national.length - parsed.last4.length);
        expect(parsed.masked).toMatch(/^\+\d{1,3} [•\d ]+$/);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('PPL-1: anything else', () => {
  const alphabet = fc.constantFrom(
    ...'+0123456789 ()-./xX#;,aZéжم٣३\u0000\u0308\u202e\u200b\ud800👋　＋１'.split(''),
    '👋',
    'ext',
    'tel:',
  );
  const garbage = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(alphabet, { maxLength: 45 }).map((parts) => parts.join('')),
    fc.string({ unit: 'grapheme', maxLength: 3000 }),
  );

  test('PPL-1: never throws, and answers with a number or a reason that repeats nothing of it', () => {
    fc.assert(
      fc.property(garbage, fc.constantFrom('US', 'GB', 'IT', 'ZZ', ''), (text, country) => {
        const parsed = parsePhoneNumber(text, country);
        if (parsed.ok) expect(parsed.e164).toMatch(/^\+[1-9]\d{6,14}$/);
        else expect(parsed.message).toMatch(/^[A-Z][^\d]+\.$/);
      }),
      { numRuns: 5000 },
    );
  });
});
