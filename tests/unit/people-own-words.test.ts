import { describe, expect, test } from 'vitest';
import { wordsOf } from '../../functions/src/platform/words.ts';
import { fieldsWithPhoneNumbers, holdsPhoneNumber } from '../../functions/src/people/own-words.ts';

/** Ways in which a number stands in a text; the search index must not keep a digit of it, nor a note hold it. */
const NUMBERS = [
  '+12025550143',
  '12025550143',
  '+1 (202) 555-0143',
  '2025550143',
  '202-555-0143',
  '202.555.0143',
  '(202) 555 0143',
  '+44 20 7946 0000',
  '00442079460000',
  '011 44 20 7946 0000',
  '２０２５５５０１４３',
  '٢٠٢٥٥٥٠١٤٣',
  '202_555_0143',
  '202*555*0143',
  '202,555,0143',
  '202, 555, 0143',
  '2,025,550,143',
  '202:555:0143',
  '202;555;0143',
  '202|555|0143',
  '202~555~0143',
  '202#555#0143',
  '202=555=0143',
  '202+555+0143',
  '202\\555\\0143',
  '202 – 555 — 0143',
  '202·555·0143',
  '202📞555📞0143',
  '202\n555\n0143',
  '2 0 2 5 5 5 0 1 4 3',
  '2_0_2_5_5_5_0_1_4_3',
  '20 25 55 01 43',
  '20:25 55:01 43',
  '2️⃣0️⃣2️⃣5️⃣5️⃣5️⃣0️⃣1️⃣4️⃣3️⃣',
  '²⁰²⁵⁵⁵⁰¹⁴³',
  '②⓪②⑤⑤⑤⓪①④③',
  '❷⓿❷❺❺❺⓿❶❹❸',
  '𝟐𝟎𝟐𝟓𝟓𝟓𝟎𝟏𝟒𝟑',
  '202\u200b555\u200b0143',
  '2\u03320\u03322\u03325\u03325\u03325\u03320\u03321\u03324\u03323',
  '2O2-555-OI43',
  '2o2 555 0l43',
  '1,202,555 0143',
  '2026-11-20 202-555-0143',
];

/** Digits in everyday texts that are no phone number. */
const OTHERS = [
  'since 2026-11-20 11:30',
  '20.11.2026, 09:15',
  '12/11/2026 18:30-19:30',
  'on 20 11 2026 at 8',
  '2026-11-20T11:30:00',
  '1,000,000 people',
  'CHF 1’250’000',
  '$12,500,000.50',
  '125.000.000 €',
  'ISBN 978-3-16-148410-0',
  '192.168.100.200',
  'room 12, floor 3',
  '1,600 messages',
];

describe('PRIV-1: phone numbers in what operators write about people, and in words for search', () => {
  test.each(NUMBERS)('PRIV-1: a note with %j holds one, and no digit of it is a word', (number) => {
    expect(holdsPhoneNumber(number, 'US')).toBe(true);
    expect(holdsPhoneNumber(`his wife: ${number}, after six`, 'US')).toBe(true);
    expect(wordsOf(`call ${number} now`)).toEqual(wordsOf('call now'));
  });

  test.each(OTHERS)('PRIV-1: %j holds none, and its digits are words', (text) => {
    expect(holdsPhoneNumber(text, 'US')).toBe(false);
    expect(wordsOf(text).filter((word) => /\d/.test(word))).not.toEqual([]);
  });

  test.each([
    'call 202.555.0143/office',
    'tel12025550143x',
    'two: 2025550143 2025550144',
    'apt 4, 202 555 0143',
    'a1 202 555 0143 5',
  ])('PRIV-1: %j holds one among other digits and letters', (text) => {
    expect(holdsPhoneNumber(text, 'US')).toBe(true);
    expect(wordsOf(text).filter((word) => /\d{2}/.test(word))).toEqual([]);
  });

  test.each([
    '',
    'Ada Lovelace',
    'order 4711',
    'ticket 1234567',
    '555-0143',
    'ISO 8601 and RFC 9110',
    '10, 20, 30, 40, 50',
    'card 4111 1111 1111 1111',
    'order 4711-2026-1120',
    'parcel 1234567890123456',
    '1600 1200 800',
  ])('PRIV-1: %j holds none', (text) => {
    expect(holdsPhoneNumber(text, 'US')).toBe(false);
  });

  test('PRIV-1: a long text of single digits is read too', () => {
    expect(holdsPhoneNumber('1 '.repeat(1000), 'US')).toBe(false);
  });

  test('PRIV-1: the fields that hold one are named, not quoted', () => {
    const fields = {
      firstName: '+1 202 555 0143',
      lastName: 'Lovelace',
      tags: ['vip', '2025550144'],
      customFields: { office: '202 555 0145', '+12025550146': 'x', desk: '12' },
      notes: 'none',
      consent: { source: 'form', at: '2026-11-20T11:30:00.000Z', wording: 'text me at 202-555-0147' },
      timeZone: null,
    };
    expect(fieldsWithPhoneNumbers(fields, 'US')).toEqual([
      'firstName',
      'tags.1',
      'customFields.office',
      'customFields',
      'consent.wording',
    ]);
  });
});
