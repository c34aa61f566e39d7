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
    ['(+44)(0)20 7946 0000', 'US', '+442079460000'],
    ['+44 020 7946 0000', 'US', '+442079460000'],
    ['8 (999) 000-01-43', 'RU', '+79990000143'],
    ['+7 8 999 000 01 43', 'US', '+79990000143'],
    ['06 30 000 0143', 'HU', '+36300000143'],
    ['+36 06 30 000 0143', 'US', '+36300000143'],
  ];
  test.each(writings)('PPL-1: %j in %s is read as it is dialled', (text, country, e164) => {
    expect(parsePhoneNumber(text, country)).toMatchObject({ ok: true, e164 });
  });
});

describe('PPL-1: numbers of plans that changed, in either form', () => {
  const writings: [text: string, country: string, e164: string][] = [
    ['+52 1 55 0000 0143', 'US', '+525500000143'],
    ['+52 55 0000 0143', 'US', '+525500000143'],
    ['044 55 0000 0143', 'MX', '+525500000143'],
    ['045 55 0000 0143', 'MX', '+525500000143'],
    ['01 55 0000 0143', 'MX', '+525500000143'],
    ['1 55 0000 0143', 'MX', '+525500000143'],
    ['+54 9 11 2000-0143', 'US', '+5491120000143'],
    ['+54 11 2000-0143', 'US', '+541120000143'],
    ['011 15 2000-0143', 'AR', '+5491120000143'],
    ['11 15 2000 0143', 'AR', '+5491120000143'],
    ['+54 (0) 11 15 2000 0143', 'US', '+5491120000143'],
    ['(011) 2000-0143', 'AR', '+541120000143'],
    ['02966 15 400143', 'AR', '+5492966400143'],
    ['+55 11 8999-0143', 'US', '+5511989990143'],
    ['(11) 8999-0143', 'BR', '+5511989990143'],
    ['(11) 98999-0143', 'BR', '+5511989990143'],
    ['0 15 11 98999-0143', 'BR', '+5511989990143'],
    ['(0xx11) 98999-0143', 'BR', '+5511989990143'],
    ['(11) 3333-0143', 'BR', '+551133330143'],
    ['97 00 01 43', 'BJ', '+2290197000143'],
    ['01 97 00 01 43', 'BJ', '+2290197000143'],
    ['+229 97 00 01 43', 'US', '+2290197000143'],
    ['07 00 01 43', 'CI', '+2250707000143'],
    ['+225 07 07 00 01 43', 'US', '+2250707000143'],
    ['0168 000 0143', 'VN', '+84380000143'],
    ['77 00 01 43', 'CM', '+237677000143'],
    ['07 00 01 43', 'GA', '+24177000143'],
  ];
  test.each(writings)('PPL-1: %j in %s is %s', (text, country, e164) => {
    expect(parsePhoneNumber(text, country)).toMatchObject({ ok: true, e164 });
  });
});

describe('PPL-1: prefixes for calls abroad, from any default country', () => {
  const writings: [text: string, country: string, e164: string][] = [
    ['00 44 20 7946 0000', 'US', '+442079460000'],
    ['0044 (0)20 7946 0000', 'US', '+442079460000'],
    ['001 202 555 0143', 'US', '+12025550143'],
    ['011 44 20 7946 0000', 'DE', '+442079460000'],
    ['011 1 202 555 0143', 'GB', '+12025550143'],
    ['0011 1 202 555 0143', 'US', '+12025550143'],
    ['0011 1 202 555 0143', 'AU', '+12025550143'],
    ['010 1 202 555 0143', 'JP', '+12025550143'],
    ['8 10 1 202 555 0143', 'RU', '+12025550143'],
    ['+00 44 20 7946 0000', 'US', '+442079460000'],
    ['+011 44 20 7946 0000', 'US', '+442079460000'],
    ['00 52 1 55 0000 0143', 'US', '+525500000143'],
    // National numbers that begin in the same way are read as what they are.
    ['0113 496 0143', 'GB', '+441134960143'],
    ['011 2000 0143', 'AR', '+541120000143'],
    ['011 000 0143', 'IT', '+390110000143'],
  ];
  test.each(writings)('PPL-1: %j in %s is %s', (text, country, e164) => {
    expect(parsePhoneNumber(text, country)).toMatchObject({ ok: true, e164 });
  });

  test.each([
    ['0113 496 014', 'GB'],
    ['011 2000 014', 'AR'],
    ['00612345678', 'FR'],
    ['0015550143', 'US'],
  ])('PPL-1: %j in %s is no number of another country', (text, country) => {
    expect(parsePhoneNumber(text, country).ok).toBe(false);
  });
});

describe('PPL-1: what pages, address books and spreadsheets put around a number', () => {
  test.each([
    "'+12025550143",
    '="+12025550143"',
    '"(202) 555-0143"',
    '12025550143.0',
    '2025550143,00',
    '12,025,550,143',
    'Tel.: 202 555 0143',
    'sms:+12025550143',
    'tel:2025550143;phone-context=+1',
    '☎️ 202-555-0143',
    '*202-555-0143*',
    '202-555-0143*',
    '➕1 202 555 0143',
    '++1 202 555 0143',
    '2️⃣0️⃣2️⃣5️⃣5️⃣5️⃣0️⃣1️⃣4️⃣3️⃣',
    '\u2066+1 202 555 0143\u2069',
    '\u28002025550143',
  ])('PPL-1: %j', (text) => {
    expect(parsePhoneNumber(text, 'US')).toMatchObject({ ok: true, e164: '+12025550143' });
  });

  test.each([
    '1.9075550133E+10',
    '1,9075550133E+10',
    '1.90756E+10',
    '1.90756e10',
    '1E+10',
    '2.02555E+09',
    '１．９０７５６Ｅ＋１０',
    '1.90756×10^10',
  ])('PPL-1: %j is what a spreadsheet made of a number', (text) => {
    expect(parsePhoneNumber(text, 'US')).toEqual({
      ok: false,
      problem: 'shortened',
      message:
        'A spreadsheet has shortened this number. Format its column as text and enter the number again.',
    });
  });
});

describe('PPL-1: a number that cannot be is refused with the reason', () => {
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
  test.each(refused)('PPL-1: %j is refused as %s', (text, problem) => {
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
  test.each(masks)('PRIV-3: the mask of %s', (number, masked, last4) => {
    expect(parsePhoneNumber(number, 'US')).toEqual({ ok: true, e164: number, masked, last4 });
  });
});
