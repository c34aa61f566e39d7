import { describe, expect, test } from 'vitest';
import { parsePhoneNumber } from '../../functions/src/people/phone-number.ts';

describe('PPL-1: any common way of writing a number', () => {
  const writings: [text: string, country: string, e164: string][] = [
    ['+12025550143', 'US', '+12025550143'],
    ['+1 202 555 0143', 'US', '+12025550143'],
    ['(202) 555-0143', 'US', '+12025550143'],
    ['202.555.0143', 'US', '+12025550143'],
    ['202/555/0143', 'US', '+12025550143'],
    ['1-202-555-0143', 'US', '+12025550143'],
    ['12025550143', 'US', '+12025550143'],
    ['  2025550143\n', 'US', '+12025550143'],
    ['tel:+1-202-555-0143', 'DE', '+12025550143'],
    ['001 202 555 0143', 'DE', '+12025550143'],
    ['+1 (202) 555‑0143', 'US', '+12025550143'],
    ['\u202a+1\u00a0202\u00a0555\u00a00143\u202c', 'US', '+12025550143'],
    ['＋１２０２５５５０１４３', 'US', '+12025550143'],
    ['٢٠٢٥٥٥٠١٤٣', 'US', '+12025550143'],
    ['२०२५५५०१४३', 'US', '+12025550143'],
    ['+15005550006', 'US', '+15005550006'],
    ['011 44 20 7946 0000', 'US', '+442079460000'],
    ['020 7946 0000', 'GB', '+442079460000'],
    ['+44 (0)20 7946 0000', 'US', '+442079460000'],
    ['+39 06 0000 0000', 'US', '+390600000000'],
  ];
  test.each(writings)('PPL-1: %j in %s', (text, country, e164) => {
    expect(parsePhoneNumber(text, country)).toMatchObject({ ok: true, e164 });
  });
});

describe('PPL-1: what is wrong with a number is told', () => {
  const refused: [text: string, problem: string][] = [
    ['', 'empty'],
    [' \u200b ', 'empty'],
    ['1-800-FLOWERS', 'letters'],
    ['202 555 O143', 'letters'],
    ['call me', 'letters'],
    ['Ваня', 'letters'],
    ['+1 202 555 0143 ext. 5', 'extension'],
    ['2025550143x12', 'extension'],
    ['202 555 0143 #7', 'extension'],
    ['+12025550143;ext=5', 'extension'],
    ['202\u03085550143', 'characters'],
    ['2025550\u0000143', 'characters'],
    ['202_555_0143', 'characters'],
    ['1+2025550143', 'characters'],
    ['123', 'too_short'],
    ['911', 'too_short'],
    ['555 0143', 'too_short'],
    ['+1 202 555 014', 'too_short'],
    ['+1 202 555 01433', 'too_long'],
    ['1'.repeat(30), 'too_long'],
    ['+999 123 456 789', 'no_country'],
    ['+', 'not_a_number'],
    ['\u0000', 'not_a_number'],
    ['👋', 'not_a_number'],
    ['()-.', 'not_a_number'],
    ['+1 000 000 0000', 'not_in_use'],
    ['+1 555 010 0000', 'not_in_use'],
    ['0612345678', 'not_in_use'],
  ];
  test.each(refused)('PPL-1: %j is %s', (text, problem) => {
    expect(parsePhoneNumber(text, 'US')).toMatchObject({ ok: false, problem });
  });

  test('PPL-1: letters get a reason that says what to do', () => {
    expect(parsePhoneNumber('1-800-FLOWERS', 'US')).toEqual({
      ok: false,
      problem: 'letters',
      message: 'This number holds letters. Write its digits instead.',
    });
  });

  test('PPL-1: without a known default country a number needs its country code', () => {
    expect(parsePhoneNumber('2025550143', 'ZZ')).toMatchObject({ ok: false, problem: 'no_country' });
    expect(parsePhoneNumber('+1 2025550143', 'ZZ')).toMatchObject({ ok: true, e164: '+12025550143' });
  });
});

describe('PRIV-3: masks', () => {
  const masks: [number: string, masked: string, last4: string][] = [
    ['+12025550143', '+1 ••• ••• 0143', '0143'],
    ['+442079460958', '+44 •• •••• 0958', '0958'],
    ['+33639981234', '+33 • •• •• 12 34', '1234'],
    ['+390600000000', '+39 •• •••• 0000', '0000'],
    ['+493023125001', '+49 •• ••••5001', '5001'],
    ['+29022222', '+290 •••22', '22'],
  ];
  test.each(masks)('PRIV-3: %s', (number, masked, last4) => {
    expect(parsePhoneNumber(number, 'US')).toEqual({ ok: true, e164: number, masked, last4 });
  });
});
