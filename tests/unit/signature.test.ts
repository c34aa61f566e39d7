import webhooks from 'twilio/lib/webhooks/webhooks.js';
import { describe, expect, test } from 'vitest';
import { isSignedByTwilio, parseForm, type FormFields } from '../../functions/src/twilio/signature.ts';

const TOKEN = '12345';
const URL_SIGNED = 'https://console.example.org/webhook/inbound?x=1';
const FIELDS: FormFields = {
  MessageSid: 'SM1',
  From: '+12025550143',
  Body: 'Grüße 👋',
  Empty: '',
  Twice: ['b', 'a', 'b'],
};
const SIGNATURE = webhooks.getExpectedTwilioSignature(TOKEN, URL_SIGNED, FIELDS);

/** Every string that differs from `text` in one character: changed, taken out, or put in. */
function mutations(text: string): string[] {
  const all: string[] = [];
  for (let index = 0; index <= text.length; index += 1) {
    const [before, after] = [text.slice(0, index), text.slice(index)];
    all.push(before + '~' + after);
    if (after === '') continue;
    all.push(before + after.slice(1), before + (after.startsWith('z') ? 'y' : 'z') + after.slice(1));
  }
  return all.filter((each) => each !== text);
}

describe('IN-1: the X-Twilio-Signature', () => {
  test('is the one that the SDK made once for these fields', () => {
    expect(SIGNATURE).toBe('kW+3hDuAnyU6AtBmiJV8mwSBr/k=');
  });

  test('is accepted as made by the SDK', () => {
    expect(isSignedByTwilio(TOKEN, SIGNATURE, URL_SIGNED, FIELDS)).toBe(true);
  });

  test.each([undefined, '', ' ', 'x'])('%j is refused', (signature) => {
    expect(isSignedByTwilio(TOKEN, signature, URL_SIGNED, FIELDS)).toBe(false);
  });

  test('refuses every single-character mutation of the signature', () => {
    const accepted = mutations(SIGNATURE).filter((each) => isSignedByTwilio(TOKEN, each, URL_SIGNED, FIELDS));
    expect(accepted).toEqual([]);
  });

  test('refuses every single-character mutation of the URL', () => {
    const accepted = mutations(URL_SIGNED).filter((each) => isSignedByTwilio(TOKEN, SIGNATURE, each, FIELDS));
    expect(accepted).toEqual([]);
  });

  test('refuses every single-character mutation of every field', () => {
    const accepted = Object.entries(FIELDS).flatMap(([name, value]) =>
      typeof value === 'string'
        ? mutations(value).filter((each) =>
            isSignedByTwilio(TOKEN, SIGNATURE, URL_SIGNED, { ...FIELDS, [name]: each }),
          )
        : [],
    );
    expect(accepted).toEqual([]);
  });

  test('refuses another token, a missing field and an added one', () => {
    const { Body: _left, ...missing } = FIELDS;
    expect(isSignedByTwilio('12346', SIGNATURE, URL_SIGNED, FIELDS)).toBe(false);
    expect(isSignedByTwilio(TOKEN, SIGNATURE, URL_SIGNED, missing)).toBe(false);
    expect(isSignedByTwilio(TOKEN, SIGNATURE, URL_SIGNED, { ...FIELDS, New: '1' })).toBe(false);
  });
});

describe('the form', () => {
  test('is read in UTF-8, with doubles as lists, and harmless names', () => {
    expect(parseForm(Buffer.from('a=1&b=%F0%9F%91%8B+x&a=2&c&__proto__=p'))).toEqual(
      Object.fromEntries([
        ['a', ['1', '2']],
        ['b', '👋 x'],
        ['c', ''],
        ['__proto__', 'p'],
      ]),
    );
  });

  test.each(['', '%', '%zz=%', '\u0000', '&&&=', '\xff\xfe'])('%j never throws', (body) => {
    expect(() => parseForm(Buffer.from(body, 'latin1'))).not.toThrow();
  });
});
