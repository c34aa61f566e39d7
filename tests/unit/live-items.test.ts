import { describe, expect, test } from 'vitest';
import {
  DocumentShapeError,
  incomingFromDocument,
  outgoingFromDocument,
} from '../../functions/src/contract/live.ts';
import { incomingItem, outgoingItem } from '../../functions/src/contract/messages.ts';

const at = (text: string) => ({ toDate: () => new Date(text) });

const incoming = {
  receivedAt: at('2026-11-20T12:00:00.123Z'),
  userId: null,
  senderHash: 'a760da',
  sender: 'Unknown · a760da',
  body: '',
  status: 'unknown',
  responded: false,
  responseReason: 'unknown_sender',
  responseId: null,
  keyword: 'stop',
  segments: 1,
  media: [{ contentType: 'image/png' }],
  words: [],
  requestId: 'r',
};

const outgoing = {
  kind: 'operator',
  queuedAt: at('2026-11-20T12:00:00Z'),
  sentAt: at('2026-11-20T12:00:02Z'),
  userId: 'u_1',
  recipient: 'Ada Lovelace',
  body: 'Hello',
  operatorId: 'op_1',
  operator: 'Maya',
  status: 'failed',
  segments: 1,
  encoding: 'GSM-7',
  providerId: 'SM1',
  errorCode: 30003,
  errorReason: 'Unreachable.',
  price: { amount: '0.0079', currency: 'USD' },
  history: [
    { status: 'queued', at: at('2026-11-20T12:00:00Z'), source: 'operator', note: null, errorCode: null },
  ],
  attempts: 1,
  lease: null,
  requestHash: 'h',
  words: ['hello'],
  requestId: 'r',
};

describe('LOG-6: a stored entry as the console shows it', () => {
  test('LOG-6: an incoming document is the item of the contract, without what is the server’s own', () => {
    const item = incomingFromDocument('SM1', incoming);
    expect(item).toEqual({
      id: 'SM1',
      receivedAt: '2026-11-20T12:00:00.123Z',
      userId: null,
      sender: 'Unknown · a760da',
      body: '',
      status: 'unknown',
      responded: false,
      responseReason: 'unknown_sender',
      responseId: null,
      keyword: 'stop',
      segments: 1,
      media: [{ contentType: 'image/png' }],
      irregularities: [],
    });
    expect(incomingItem.parse(item)).toEqual(item);
  });

  test('LOG-6: an outgoing document likewise', () => {
    const item = outgoingFromDocument('m_1', outgoing);
    expect(item).toEqual({
      id: 'm_1',
      queuedAt: '2026-11-20T12:00:00.000Z',
      sentAt: '2026-11-20T12:00:02.000Z',
      userId: 'u_1',
      recipient: 'Ada Lovelace',
      body: 'Hello',
      operatorId: 'op_1',
      operator: 'Maya',
      status: 'failed',
      segments: 1,
      encoding: 'GSM-7',
      providerId: 'SM1',
      errorCode: 30003,
      errorReason: 'Unreachable.',
      price: { amount: '0.0079', currency: 'USD' },
      dueAt: null,
      timeZone: null,
      resends: 0,
      attention: null,
      history: [
        { status: 'queued', at: '2026-11-20T12:00:00.000Z', source: 'operator', note: null, errorCode: null },
      ],
      // It was written before edits were kept.
      edits: [],
    });
    expect(outgoingItem.parse(item)).toEqual(item);
  });

  test('LOG-6: what is not known yet is null', () => {
    const { sentAt, providerId, errorCode, errorReason, price } = outgoingFromDocument('m_1', {
      ...outgoing,
      sentAt: null,
      providerId: undefined,
      errorCode: null,
      errorReason: null,
      price: null,
    });
    expect([sentAt, providerId, errorCode, errorReason, price]).toEqual([null, null, null, null, null]);
  });

  const broken: [field: string, document: object][] = [
    ['receivedAt', { ...incoming, receivedAt: '2026-11-20' }],
    ['sender', { ...incoming, sender: 7 }],
    ['status', { ...incoming, status: 'lost' }],
    ['responded', { ...incoming, responded: 'no' }],
    ['keyword', { ...incoming, keyword: 'shout' }],
    ['segments', { ...incoming, segments: '1' }],
    ['irregularities', { ...incoming, irregularities: 'sender' }],
    ['irregularities', { ...incoming, irregularities: [1] }],
    ['media', { ...incoming, media: {} }],
    ['media', { ...incoming, media: ['image/png'] }],
  ];
  test.each(broken)('LOG-6: a wrong %s is refused by name, without its value', (field, document) => {
    expect(() => incomingFromDocument('SM1', { ...document })).toThrow(new DocumentShapeError(field));
  });
});
