import { describe, expect, test } from 'vitest';
import { messageBody, outgoingPatch, sendMessage } from '../../functions/src/contract/messages.ts';
import { personCreate, personPatch, revealRequest } from '../../functions/src/contract/people.ts';
import { suppressionAdd, suppressionLift } from '../../functions/src/contract/suppressions.ts';
import { inviteOperator } from '../../functions/src/contract/team.ts';
import { hasVisibleText } from '../../functions/src/contract/visible-text.ts';
import { testConfig } from '../support/api-in-process.ts';

/** Texts of which no phone shows anything. */
const INVISIBLE: Readonly<Record<string, string>> = {
  'nothing at all': '',
  'spaces and line breaks': ' \t\r\n\v\f\u0085',
  'spaces of every width': '\u00a0\u1680\u2000\u2007\u200a\u202f\u205f\u3000',
  'line and paragraph separators': '\u2028\u2029',
  'a zero-width space': '\u200b',
  'joiners and non-joiners': '\u200c\u200d\u2060\u034f',
  'a byte order mark': '\ufeff',
  'soft hyphens': '\u00ad\u00ad',
  'a Mongolian vowel separator': '\u180e',
  'marks of direction': '\u200e\u200f\u061c\u202a\u202c\u202e\u2066\u2069',
  'invisible operators': '\u2061\u2062\u2063\u2064',
  'Hangul fillers': '\u115f\u1160\u3164\uffa0',
  'Khmer inherent vowels': '\u17b4\u17b5',
  'a blank Braille pattern': '\u2800',
  'variation selectors': '\ufe0e\ufe0f\u{e0100}\u{e01ef}',
  tags: '\u{e0001}\u{e0041}\u{e007f}',
  controls: '\u0000\u0001\u001b\u007f\u009f',
  'annotation anchors': '\ufff9\ufffa\ufffb',
  'an object replacement character': '\ufffc',
  'shorthand and musical format controls': '\u{1bca0}\u{1d173}\u{1d17a}',
  'a null note head': '\u{1d159}',
  'blank hieroglyphs': '\u{13441}\u{13442}',
  'private use': '\ue000\uf8ff\u{f0000}\u{10fffd}',
  noncharacters: '\ufdd0\uffff\u{1fffe}',
  'lone surrogates': '\ud800\udc00'.slice(1),
  'marks without a letter': '\u0301\u20e3\u0e31',
  'a mixture': ' \u200b\u2800\n\u3164\u{e0020}\ufe0f ',
};

/** Texts of which a reader sees something, however little. */
const VISIBLE = [
  'Hello',
  '.',
  '?',
  '-',
  '…',
  '1',
  '0',
  '`',
  '\u200bHi\u200b',
  '\u2800.\u2800',
  'ñ',
  'é',
  '你好',
  'สวัสดี',
  'नमस्ते',
  'مرحبا',
  '안녕',
  '👍',
  '❤️',
  '1️⃣',
  '👩‍👩‍👧',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  '🇺🇸',
  '\u{1faea}',
  '€',
  '⠁',
  '\ufffd',
];

describe('OUT-1: a message has something to see', () => {
  test.each(Object.entries(INVISIBLE))(
    '%s is refused, when it is sent and when it is edited',
    (_what, body) => {
      expect(hasVisibleText(body)).toBe(false);
      expect(messageBody.safeParse(body).success).toBe(false);
      expect(sendMessage.safeParse({ userId: 'person', body }).success).toBe(false);
      expect(outgoingPatch.safeParse({ body }).success).toBe(false);
    },
  );

  test.each(VISIBLE)('%s is taken', (body) => {
    expect(hasVisibleText(body)).toBe(true);
    expect(messageBody.parse(body)).toBe(body);
  });

  test('it says what to do, and keeps the text as it was written', () => {
    expect(messageBody.safeParse('\u200b').error?.issues.map(({ message }) => message)).toEqual([
      'Write something to send.',
    ]);
    expect(messageBody.parse(' \u200bHello \n')).toBe(' \u200bHello \n');
  });

  test('OPS-1: neither can the automatic reply be set to nothing', () => {
    expect(() => testConfig('demo-unit', { ACK_TEXT: '\u200b\u2800' })).toThrow(
      expect.objectContaining({ problems: ['ACK_TEXT has 1 to 1,600 characters.'] }),
    );
  });
});

describe('PPL-1: what names something on a page can be seen', () => {
  const blank = '\u2800\u200b\u3164';
  const person = { phoneNumber: '+12025550143' };

  test.each([
    ['a first name', { firstName: blank }],
    ['a last name', { lastName: blank }],
    ['a tag', { tags: [blank] }],
    ['the name of a custom field', { customFields: { [blank]: 'x' } }],
    ['a custom field', { customFields: { City: blank } }],
    ['the source of a consent', { consent: { source: blank, at: '2026-01-01T00:00:00Z', wording: '' } }],
  ])('%s is refused when nothing of it can be', (_what, fields) => {
    expect(personCreate.safeParse({ ...person, ...fields }).success).toBe(false);
    expect(personPatch.safeParse(fields).success).toBe(false);
  });

  test('no name at all is still none', () => {
    expect(personPatch.parse({ firstName: '', customFields: { City: '' } })).toEqual({
      firstName: '',
      customFields: { City: '' },
    });
  });

  test('OP-7: an operator’s name is one, since it stands beside their messages', () => {
    expect(inviteOperator.safeParse({ email: 'a@example.com', name: blank, role: 'viewer' }).success).toBe(
      false,
    );
  });

  test('SUPP-3, PRIV-3: so are the reasons that are asked for', () => {
    expect(revealRequest.safeParse({ reason: blank }).success).toBe(false);
    expect(suppressionLift.safeParse({ id: 'hash', kind: 'opted_out', reason: blank }).success).toBe(false);
    expect(suppressionAdd.safeParse({ userId: 'person', kind: 'opted_out', reason: blank }).success).toBe(
      false,
    );
  });
});
