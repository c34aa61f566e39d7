import { describe, expect, test } from 'vitest';
import { canonicalAddress, dialledForm, olderForms } from '../../functions/src/platform/canonical-address.ts';
import { createPhoneVault } from '../../functions/src/platform/phone-vault.ts';

/** Both forms of fictional numbers: the one that carriers or older lists have, and the one that they are filed under. */
const forms: [country: string, other: string, canonical: string][] = [
  ['Mexico, the 1 of mobiles', '+5215500000143', '+525500000143'],
  ['Mexico, 044', '+520445500000143', '+525500000143'],
  ['Mexico, 045', '+52455500000143', '+525500000143'],
  ['Mexico, 01', '+52015500000143', '+525500000143'],
  ['Argentina, the 9 of mobiles', '+5491100000143', '+541100000143'],
  ['Brazil, eight digits', '+551189990143', '+5511989990143'],
  ['Brazil, eight digits that begin with 6', '+558569990143', '+5585969990143'],
  ['Benin, eight digits', '+22997000143', '+2290197000143'],
  ['Ivory Coast, Moov', '+22541000143', '+2250141000143'],
  ['Ivory Coast, MTN', '+22505000143', '+2250505000143'],
  ['Ivory Coast, Orange', '+22507000143', '+2250707000143'],
  ['Ivory Coast, a landline of Moov', '+22520800143', '+2252120800143'],
  ['Ivory Coast, a landline of MTN', '+22520000143', '+2252520000143'],
  ['Ivory Coast, a landline of Orange', '+22520300143', '+2252720300143'],
  ['Cameroon, a mobile', '+23777000143', '+237677000143'],
  ['Cameroon, a landline', '+23722000143', '+237222000143'],
  ['Mauritius, seven digits', '+2307000143', '+23057000143'],
  ['Colombia, a landline', '+5710000143', '+576010000143'],
  ['Gabon, 07', '+24107000143', '+24177000143'],
  ['Gabon, 06', '+24106000143', '+24166000143'],
  ['Vietnam, 120', '+841200000143', '+84700000143'],
  ['Vietnam, 168', '+841680000143', '+84380000143'],
  ['Vietnam, 199', '+841990000143', '+84590000143'],
  ['Hungary, 06 behind the country code', '+3606300000143', '+36300000143'],
];

describe('PRIV-2: a number with several forms is filed under one', () => {
  test.each(forms)('PRIV-2: %s: %s is %s', (_country, other, canonical) => {
    expect(canonicalAddress(other)).toBe(canonical);
    expect(canonicalAddress(canonical)).toBe(canonical);
  });

  test.each([
    ['a landline in Brazil', '+551133330143'],
    ['a mobile of São Paulo that never had eight digits', '+5511933330143'],
    ['the United States', '+12025550143'],
    ['Italy, with its zero', '+390600000143'],
    ['Mexico, as it is now', '+525500000143'],
    ['Benin, as it is now', '+2290197000143'],
    ['too short for a number', '+52155'],
    ['no country', '+0123456789'],
  ])('PRIV-2: %s: %s stays', (_what, number) => {
    expect(canonicalAddress(number)).toBe(number);
  });

  test.each([
    ['+1 (202) 555-0143', '+12025550143'],
    ['＋１２０２５５５０１４３', '+12025550143'],
    [' +1\u00a0202\u2011555\u20110143\u200b', '+12025550143'],
    ['+52 1 55 0000 0143', '+525500000143'],
  ])('PRIV-2: %j is the number %s', (text, number) => {
    expect(canonicalAddress(text)).toBe(number);
  });

  test.each([
    ['12345', '12345'],
    ['Acme Bank', 'acme bank'],
    ['  ACME \t Bank ', 'acme bank'],
    ['ＡＣＭＥ', 'acme'],
    ['Acme\u200b Bank', 'acme bank'],
    ['whatsapp:+12025550143', 'whatsapp:+12025550143'],
    ['', ''],
    ['+', '+'],
  ])('IN-3: a sender without a number, %j, is %j', (text, address) => {
    expect(canonicalAddress(text)).toBe(address);
  });

  test('PPL-1: what is dialled is the current form; in Argentina both are', () => {
    expect(dialledForm('+5215500000143')).toBe('+525500000143');
    expect(dialledForm('+551189990143')).toBe('+5511989990143');
    expect(dialledForm('+5491100000143')).toBe('+5491100000143');
    expect(dialledForm('+541100000143')).toBe('+541100000143');
  });

  test('PRIV-2: older forms are named where there are any, and lead back', () => {
    expect(olderForms('+525500000143')).toEqual(['+5215500000143']);
    expect(olderForms('+541100000143')).toEqual(['+5491100000143']);
    expect(olderForms('+5511989990143')).toEqual(['+551189990143']);
    expect(olderForms('+5511933330143')).toEqual([]);
    expect(olderForms('+2250707000143')).toEqual(['+22507000143']);
    // Not an older number of Orange: its second digit was another operator's.
    expect(olderForms('+2250701000143')).toEqual([]);
    expect(olderForms('+12025550143')).toEqual([]);
  });

  test('PRIV-2: one hash for every form, and the older hashes where an older form has one', () => {
    const vault = createPhoneVault(
      () => [{ id: 'a', bytes: Buffer.alloc(32, 1) }],
      () => Buffer.alloc(32, 3),
    );
    expect(vault.hash('+5215500000143')).toBe(vault.hash('+52 55 0000 0143'));
    expect(vault.hash('Acme Bank')).toBe(vault.hash('ACME  BANK'));
    expect(vault.hashes('+12025550143')).toEqual([vault.hash('+12025550143')]);
    expect(vault.hashes('12345')).toEqual([vault.hash('12345')]);
    expect(vault.hashes('+5215500000143')).toEqual(vault.hashes('+525500000143'));
    expect(vault.hashes('+525500000143')).toHaveLength(2);
    expect(vault.hashes('+12025550143')[0]).toMatch(/^[0-9a-f]{64}$/);
    // Names were filed as they came.
    expect(vault.hashes('ACME')).toHaveLength(2);
  });
});
