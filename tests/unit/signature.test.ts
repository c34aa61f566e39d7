import webhooks from 'twilio/lib/webhooks/webhooks.js';
import { describe, expect, test } from 'vitest';
import {
  formReadings,
  isSignedByTwilio,
  parseForm,
  type FormFields,
} from '../../functions/src/twilio/signature.ts';

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
  test('IN-1: the signature of these fields is always the same one', () => {
    expect(SIGNATURE).toBe('kW+3hDuAnyU6AtBmiJV8mwSBr/k=');
  });

  test('IN-1: a signature made by the SDK is accepted', () => {
    expect(isSignedByTwilio(TOKEN, SIGNATURE, URL_SIGNED, FIELDS)).toBe(true);
  });

  test.each([undefined, '', ' ', 'x'])('IN-1: the signature %j is refused', (signature) => {
    expect(isSignedByTwilio(TOKEN, signature, URL_SIGNED, FIELDS)).toBe(false);
  });

  test('IN-1: every single-character mutation of the signature is refused', () => {
    const accepted = mutations(SIGNATURE).filter((each) => isSignedByTwilio(TOKEN, each, URL_SIGNED, FIELDS));
    expect(accepted).toEqual([]);
  });

  test('IN-1: every single-character mutation of the URL is refused', () => {
    const accepted = mutations(URL_SIGNED).filter((each) => isSignedByTwilio(TOKEN, SIGNATURE, each, FIELDS));
    expect(accepted).toEqual([]);
  });

  test('IN-1: every single-character mutation of a field is refused', () => {
    const accepted = Object.entries(FIELDS).flatMap(([name, value]) =>
      typeof value === 'string'
        ? mutations(value).filter((each) =>
            isSignedByTwilio(TOKEN, SIGNATURE, URL_SIGNED, { ...FIELDS, [name]: each }),
          )
        : [],
    );
    expect(accepted).toEqual([]);
  });

  test('IN-1: a request with another token, a missing field or an added one is refused', () => {
    const { Body: _left, ...missing } = FIELDS;
    expect(isSignedByTwilio('12346', SIGNATURE, URL_SIGNED, FIELDS)).toBe(false);
    expect(isSignedByTwilio(TOKEN, SIGNATURE, URL_SIGNED, missing)).toBe(false);
    expect(isSignedByTwilio(TOKEN, SIGNATURE, URL_SIGNED, { ...FIELDS, New: '1' })).toBe(false);
  });
});

describe('IN-1: the form', () => {
  test('IN-1: a form is read in UTF-8, doubled fields as lists, names such as __proto__ as plain names', () => {
    expect(parseForm(Buffer.from('a=1&b=%F0%9F%91%8B+x&a=2&c&__proto__=p'))).toEqual(
      Object.fromEntries([
        ['a', ['1', '2']],
        ['b', '👋 x'],
        ['c', ''],
        ['__proto__', 'p'],
      ]),
    );
  });

  test('IN-1: a form that is not UTF-8 is also read in Windows-1252, and the signature says which was meant', () => {
    const readings = formReadings(Buffer.from('Body=caf%E9+%80&Body=x&Empty&=y'));
    expect(readings).toEqual([
      { Body: ['caf\ufffd \ufffd', 'x'], Empty: '', '': 'y' },
      { Body: ['café €', 'x'], Empty: '', '': 'y' },
    ]);
    const signature = webhooks.getExpectedTwilioSignature(TOKEN, URL_SIGNED, { Body: 'café' });
    const meant = formReadings(Buffer.from('Body=caf\xe9', 'latin1')).filter((fields) =>
      isSignedByTwilio(TOKEN, signature, URL_SIGNED, fields),
    );
    expect(meant).toEqual([{ Body: 'café' }]);
    expect(formReadings(Buffer.from('Body=caf%C3%A9'))).toEqual([{ Body: 'café' }]);
  });

  test.each(['', '%', '%zz=%', '\u0000', '&&&=', '\xff\xfe'])(
    'IN-1: reading the form %j never throws',
    (body) => {
      expect(() => parseForm(Buffer.from(body, 'latin1'))).not.toThrow();
    },
  );
});
