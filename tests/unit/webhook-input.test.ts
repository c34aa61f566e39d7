import { describe, expect, test } from 'vitest';
import { statusFrom } from '../../functions/src/twilio/status-form.ts';
import { inboundFrom } from '../../functions/src/twilio/inbound-form.ts';
import { senderLabel } from '../../functions/src/inbound/sender-label.ts';
import { AppError } from '../../functions/src/platform/errors.ts';
import { parseForm, type FormFields } from '../../functions/src/twilio/signature.ts';

const SID = 'SM00000000000000000000000000000001';
const hash = (text: string) => `hash(${text})`.padEnd(40, '.');
const inbound = (fields: FormFields) =>
  inboundFrom({ MessageSid: SID, From: '+12025550143', Body: 'Hi', ...fields }, hash);

describe('IN-1: a signed form with a message ID becomes a message, whatever else it holds', () => {
  test('a regular form is marked nowhere', () => {
    expect(
      inbound({ NumSegments: '2', NumMedia: '1', MediaContentType0: 'image/jpeg', MediaUrl0: 'x' }),
    ).toEqual({
      sid: SID,
      from: '+12025550143',
      body: 'Hi',
      segments: 2,
      media: [{ contentType: 'image/jpeg' }],
      optOutType: null,
      irregular: {},
    });
  });

  test.each([
    ['+12025550143', '+12025550143', undefined],
    [' 12025550143', '+12025550143', undefined],
    ['Acme Bank', 'Acme Bank', undefined],
    ['72975', '72975', undefined],
    ['AT&T', 'AT&T', undefined],
    ['', '', ''],
    ['   ', '', '   '],
    ['👻', '👻', '👻'],
    ['client:alice', 'client:alice', 'client:alice'],
    ['Ünïcode', 'Ünïcode', 'Ünïcode'],
    ['x'.repeat(300), 'x'.repeat(300), 'x'.repeat(300)],
    ['a\u0000b', 'a\u0000b', 'a\u0000b'],
    [
      'whatsapp:+12025550143',
      'whatsapp:+12025550143',
      'Not kept: 21 characters, which may hold a phone number.',
    ],
    ['202-555-0143', '202-555-0143', 'Not kept: 12 characters, which may hold a phone number.'],
  ])('the sender %j is kept as %j', (From, from, odd) => {
    expect(inbound({ From })).toMatchObject({ from, irregular: odd === undefined ? {} : { sender: odd } });
  });

  test('a form without a sender is kept', () => {
    expect(inboundFrom({ MessageSid: SID, Body: 'Hi' }, hash)).toMatchObject({
      from: '',
      irregular: { sender: '' },
    });
  });

  test.each([
    [{ MessageSid: '', SmsSid: SID }, SID, undefined],
    [{ MessageSid: '', SmsMessageSid: SID }, SID, undefined],
    [{ MessageSid: '', messagesid: SID }, SID, undefined],
    [{ MessageSid: ` ${SID} ` }, SID, undefined],
    [{ SmsSid: SID, SmsMessageSid: SID }, SID, undefined],
    [{ SmsSid: 'SM00000000000000000000000000000002' }, SID, `${SID} SM00000000000000000000000000000002`],
    [{ MessageSid: 'abc-1' }, 'abc-1', 'abc-1'],
    [
      { MessageSid: 'CA00000000000000000000000000000001' },
      'CA00000000000000000000000000000001',
      'CA00000000000000000000000000000001',
    ],
    [{ MessageSid: 'SM/../x' }, 'x_hash(message id: SM/../x)...............', 'SM/../x'],
    [{ MessageSid: '..' }, 'x_hash(message id: ..)....................', '..'],
    [{ MessageSid: '__id__' }, 'x_hash(message id: __id__)................', '__id__'],
    [
      { MessageSid: '12025550143' },
      'x_hash(message id: 12025550143)...........',
      'Not kept: 11 characters, which may hold a phone number.',
    ],
  ])('the message ID in %j is read as %j', (fields, sid, odd) => {
    expect(inbound(fields)).toMatchObject({ sid, irregular: odd === undefined ? {} : { messageSid: odd } });
  });

  test('a message ID that is too long for a document has a short one, the same each time', () => {
    const long = inbound({ MessageSid: 'x'.repeat(2_000) });
    expect(long.sid).toHaveLength(42);
    expect(inbound({ MessageSid: 'x'.repeat(2_000) }).sid).toBe(long.sid);
  });

  test('without any message ID it is refused, since its repetition could not be told from it', () => {
    expect(() => inboundFrom({ From: '+12025550143', Body: 'Hi' }, hash)).toThrow(AppError);
    expect(() => inboundFrom({ MessageSid: '', SmsSid: ' ' }, hash)).toThrow(AppError);
  });

  test.each([
    ['3', 3, undefined],
    ['02', 2, undefined],
    ['', null, undefined],
    ['-1', null, '-1'],
    ['1e3', null, '1e3'],
    ['many', null, 'many'],
    ['2.0', null, '2.0'],
    ['99999', null, '99999'],
    [['1', '2'], null, '1 2'],
  ])('NumSegments %j is read as %j', (NumSegments, segments, odd) => {
    expect(inbound({ NumSegments })).toMatchObject({
      segments,
      irregular: odd === undefined ? {} : { segments: odd },
    });
  });

  test.each<[FormFields, string[], string | undefined]>([
    [{ NumMedia: '0' }, [], undefined],
    [{ NumMedia: '', MediaUrl0: '' }, [], undefined],
    [
      { NumMedia: '2', MediaContentType0: 'image/png', MediaContentType1: 'text/vcard; charset=utf-8' },
      ['image/png', 'text/vcard; charset=utf-8'],
      undefined,
    ],
    [{ NumMedia: '2', MediaContentType0: 'image/png' }, ['image/png', ''], '2 image/png'],
    [{ NumMedia: '0', MediaContentType0: 'image/png' }, ['image/png'], '0 image/png'],
    [{ MediaContentType0: 'image/png' }, ['image/png'], 'image/png'],
    [{ MediaUrl1: 'https://example.com/x' }, ['', ''], ''],
    [{ NumMedia: 'two', MediaContentType0: 'image/png' }, ['image/png'], 'two image/png'],
    [{ NumMedia: '-1' }, [], '-1'],
    [{ NumMedia: '999999' }, [], '999999'],
    [{ NumMedia: '1', MediaContentType0: 'a picture' }, [''], '1 a picture'],
    [
      { NumMedia: '1', MediaContentType0: 'tel/+12025550143' },
      [''],
      'Not kept: 18 characters, which may hold a phone number.',
    ],
  ])('the media of %j are %j', (fields, types, odd) => {
    expect(inbound(fields)).toMatchObject({
      media: types.map((contentType) => ({ contentType })),
      irregular: odd === undefined ? {} : { media: odd },
    });
  });

  test.each<[string, FormFields, string, string | undefined]>([
    ['none', { Body: '' }, '', undefined],
    ['NUL and lone percent signs', parseForm(Buffer.from('Body=a%00b%25%zz')), 'a\u0000b%%zz', undefined],
    [
      'bytes that are no UTF-8',
      parseForm(Buffer.from('Body=caf%E9')),
      'caf\ufffd',
      'Not all of it could be decoded.',
    ],
    ['two bodies', { Body: ['Hello', 'STOP'] }, 'Hello\nSTOP', 'Sent 2 times, with different words.'],
    ['the same body twice', { Body: ['Hello', 'Hello'] }, 'Hello', undefined],
    ['100,001 characters', { Body: 'x'.repeat(100_001) }, 'x'.repeat(100_000), 'Cut: 100001 characters.'],
    [
      'an emoji at the cut',
      { Body: `${'x'.repeat(99_999)}👋` },
      'x'.repeat(99_999),
      'Cut: 100001 characters.',
    ],
  ])('the body of %s is kept as far as it can be', (_what, fields, body, odd) => {
    expect(inbound(fields)).toMatchObject({ body, irregular: odd === undefined ? {} : { body: odd } });
  });

  test('a verdict of Twilio that Parley does not know is noted, and left to the words', () => {
    expect(inbound({ OptOutType: 'PAUSE' })).toMatchObject({
      optOutType: 'PAUSE',
      irregular: { optOutType: 'PAUSE' },
    });
    expect(inbound({ OptOutType: ' stop ' })).toMatchObject({ optOutType: 'stop', irregular: {} });
  });
});

describe('PRIV-1: what an unregistered sender is called', () => {
  test.each([
    ['Acme Bank', 'Acme Bank'],
    ['72975', '72975'],
    ['client:alice', 'client:alice'],
    ['👻', '👻'],
    ['', 'No sender'],
    ['\u200b\u0000', 'No sender'],
    ['  A\n\tB  ', 'A B'],
    ['x'.repeat(300), `${'x'.repeat(39)}…`],
    [`${'x'.repeat(38)}👻👻`, `${'x'.repeat(38)}…`],
    ['+12025550143', 'Unknown · abcdef'],
    ['whatsapp:+12025550143', 'Unknown · abcdef'],
    ['2025550', 'Unknown · abcdef'],
    ['B4nk 2 0 2 5 5 5', 'Unknown · abcdef'],
    ['٢٠٢٥٥٥٠١٤٣', 'Unknown · abcdef'],
    ['２０２５５５０１４３', 'Unknown · abcdef'],
    ['②⓪②⑤⑤⑤⓪', 'Unknown · abcdef'],
  ])('%j is %j', (from, label) => {
    expect(senderLabel(from, 'Unknown · abcdef')).toBe(label);
  });
});

describe('OUT-7: a signed status form is read as far as it can be', () => {
  const status = (fields: FormFields, query = '?m=m_1') =>
    statusFrom({ MessageSid: SID, MessageStatus: 'delivered', ...fields }, new URLSearchParams(query), hash);

  test.each<[FormFields, string, object]>([
    [{}, '?m=m_1', { messageId: 'm_1', sid: SID, status: 'delivered', errorCode: null, oddErrorCode: null }],
    [{ MessageSid: '', SmsSid: SID }, '?m=m_1', { sid: SID }],
    [{ MessageStatus: '', SmsStatus: 'sent' }, '?m=m_1', { status: 'sent' }],
    [{ MessageStatus: ' Delivered\n' }, '?m=m_1', { status: 'Delivered' }],
    [{ MessageStatus: '' }, '?m=m_1', { status: '' }],
    [{ MessageSid: 'SM1' }, '?m=m_1', { sid: '' }],
    [{ MessageSid: '' }, '?m=m_1', { sid: '' }],
    [{}, '', { messageId: '' }],
    [{}, '?m=', { messageId: '' }],
    [{}, '?m=../users/1', { messageId: '' }],
    [{}, '?m=&m=m_2', { messageId: 'm_2' }],
    [{ ErrorCode: '30003' }, '?m=m_1', { errorCode: 30003, oddErrorCode: null }],
    [{ ErrorCode: ' 30003 ' }, '?m=m_1', { errorCode: 30003, oddErrorCode: null }],
    [{ ErrorCode: '0' }, '?m=m_1', { errorCode: null, oddErrorCode: null }],
    [{ ErrorCode: 'E-30003' }, '?m=m_1', { errorCode: null, oddErrorCode: 'E-30003' }],
    [{ Price: '-0.0079', PriceUnit: 'usd' }, '?m=m_1', { price: { amount: '0.0079', currency: 'USD' } }],
    [{ Price: 'free', PriceUnit: 'EUR' }, '?m=m_1', { price: null }],
    [{ Price: '1', PriceUnit: '$' }, '?m=m_1', { price: { amount: '1', currency: 'USD' } }],
  ])('%j at %j', (fields, query, wanted) => {
    expect(status(fields, query)).toMatchObject(wanted);
  });
});
