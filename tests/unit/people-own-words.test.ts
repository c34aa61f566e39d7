import { describe, expect, test } from 'vitest';
import { fieldsWithPhoneNumbers, holdsPhoneNumber } from '../../functions/src/people/own-words.ts';

describe('PRIV-1: phone numbers in what operators write about people', () => {
  const held = [
    '+12025550143',
    'call +1 (202) 555-0143 after six',
    '2025550143',
    'his wife: 202-555-0143',
    '202.555.0143/office',
    '(202) 555 0143',
    '+44 20 7946 0000',
    '２０２５５５０１４３',
    'two: 2025550143 2025550144',
  ];
  test.each(held)('PRIV-1: %j holds one', (text) => {
    expect(holdsPhoneNumber(text, 'US')).toBe(true);
  });

  const free = [
    '',
    'Ada Lovelace',
    'since 2026-11-20 11:30',
    'order 4711',
    'ticket 1234567',
    '1,600 texts',
    'room 12, floor 3',
    '555-0143',
    'ISO 8601 and RFC 9110',
  ];
  test.each(free)('PRIV-1: %j holds none', (text) => {
    expect(holdsPhoneNumber(text, 'US')).toBe(false);
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
