import { describe, expect, test } from 'vitest';
import { AT_FIRST, type Delivery } from '../../functions/src/outbox/delivery-status.ts';
import {
  decideLookup,
  decideSilence,
  type Candidate,
  type Looked,
  leftForPresentNumber,
} from '../../functions/src/outbox/lookup-decision.ts';

const at = (time: string) => new Date(`2026-07-04T${time}.000Z`);
const line = (status: Delivery['status'], time: string) =>
  ({ status, at: at(time), source: 'worker', note: null, errorCode: null }) as const;

/** Taken up at 12:00:00, lost at 12:00:10. */
const lost: Delivery = {
  ...AT_FIRST,
  status: 'unconfirmed',
  attempts: 1,
  checkAt: at('12:01:10'),
  history: [line('queued', '11:59:59'), line('sending', '12:00:00'), line('unconfirmed', '12:00:10')],
};
const hello: Candidate = {
  body: 'Hello',
  status: 'sent',
  providerId: 'SM1',
  errorCode: null,
  reason: null,
  price: null,
};
const listed = (candidates: Candidate[], change: Partial<Looked> = {}): Looked => ({
  kind: 'listed',
  complete: true,
  candidates,
  rivals: 0,
  ...change,
});
const text = { body: 'Hello', automatic: false };

describe('OUT-6: what follows from looking up an unconfirmed message', () => {
  test('OUT-6: one that is found once is adopted at once, with ID and status', () => {
    expect(decideLookup(lost, text, listed([hello]), at('12:00:20'))).toEqual({
      type: 'found',
      status: 'sent',
      providerId: 'SM1',
      errorCode: null,
      reason: null,
      price: null,
    });
  });

  test.each<[string, Looked, string, unknown]>([
    ['not there yet', listed([]), '12:01:10', { type: 'looked', next: at('12:02:20') }],
    ['not there after 4 minutes', listed([]), '12:04:00', { type: 'looked', next: at('12:08:00') }],
    [
      'the last look is when the window ends',
      listed([]),
      '12:12:00',
      { type: 'looked', next: at('12:15:00') },
    ],
    ['a second short of the window', listed([]), '12:14:59', { type: 'looked', next: at('12:15:00') }],
    [
      'two with this text, early',
      listed([hello, { ...hello, providerId: 'SM2' }]),
      '12:01:00',
      { type: 'looked', next: at('12:02:00') },
    ],
    [
      'two with this text',
      listed([hello, { ...hello, providerId: 'SM2' }]),
      '12:15:00',
      { type: 'unclear', reason: 'several_matches' },
    ],
    [
      'one, and another entry that it could be',
      listed([hello], { rivals: 1 }),
      '12:15:00',
      { type: 'unclear', reason: 'several_matches' },
    ],
    [
      'another text that nobody accounts for',
      listed([{ ...hello, body: 'Hello!' }]),
      '12:15:00',
      { type: 'unclear', reason: 'several_matches' },
    ],
    [
      'a list without an end',
      listed([], { complete: false }),
      '12:15:00',
      { type: 'unclear', reason: 'not_answered' },
    ],
    ['no answer', { kind: 'unavailable' }, '12:30:00', { type: 'looked', next: at('12:35:00') }],
    [
      'no answer for an hour',
      { kind: 'unavailable' },
      '13:00:00',
      { type: 'unclear', reason: 'not_answered' },
    ],
  ])('%s', (_what, looked, time, event) => {
    expect(decideLookup(lost, text, looked, at(time))).toEqual(event);
  });

  test('OUT-6: one that is certainly absent after the window is sent again, once', () => {
    expect(decideLookup(lost, text, listed([]), at('12:15:00'))).toMatchObject({ type: 'sent_again' });
    expect(decideLookup({ ...lost, resends: 1 }, text, listed([]), at('12:15:00'))).toEqual({
      type: 'unclear',
      reason: 'lost_twice',
    });
  });

  test('OUT-6: an automatic reply is never sent again', () => {
    expect(decideLookup(lost, { ...text, automatic: true }, listed([]), at('12:15:00'))).toEqual({
      type: 'never_taken',
      reason: 'This reply never reached the carrier.',
    });
  });
});

describe('OUT-7: what follows when the carrier reports no more on a message', () => {
  const accepted: Delivery = { ...lost, status: 'accepted', history: [line('accepted', '12:00:00')] };
  const { body: _body, ...word } = hello;

  test('OUT-7: an answer to a question counts like a report', () => {
    expect(decideSilence(accepted, { kind: 'found', word }, at('12:15:00'))).toEqual({
      type: 'found',
      ...word,
    });
  });

  test.each<[string, Delivery, Parameters<typeof decideSilence>[1], string, unknown]>([
    [
      'nothing new: later',
      accepted,
      { kind: 'found', word: { ...word, status: 'accepted' } },
      '12:15:00',
      { type: 'looked', next: at('12:30:00') },
    ],
    [
      'no answer: later',
      accepted,
      { kind: 'unavailable' },
      '12:15:00',
      { type: 'looked', next: at('12:30:00') },
    ],
    ['not known there', accepted, { kind: 'absent' }, '12:15:00', { type: 'unclear', reason: 'no_report' }],
    [
      'sent is the last that some carriers tell',
      { ...accepted, status: 'sent' },
      { kind: 'absent' },
      '13:00:00',
      { type: 'looked', next: null },
    ],
  ])('%s', (_what, delivery, asked, time, event) => {
    expect(decideSilence(delivery, asked, at(time))).toEqual(event);
  });

  test('OUT-7: after a day without a report an operator decides', () => {
    const nextDay = new Date('2026-07-05T12:00:00.000Z');
    const same = { kind: 'found', word: { ...word, status: 'accepted' } } as const;
    expect(decideSilence(accepted, same, nextDay)).toEqual({ type: 'unclear', reason: 'no_report' });
  });
});

test.each([
  ['never changed', undefined, true],
  ['changed ten minutes before', '2026-11-20T11:50:00.000Z', true],
  ['changed a little less before: clocks differ', '2026-11-20T11:50:00.001Z', false],
  ['changed after it', '2026-11-20T12:00:01.000Z', false],
])('SUPP-1, OUT-6: whether a message went to the present number: %s', (_what, since, expected) => {
  const numberSince = since === undefined ? undefined : new Date(since);
  expect(leftForPresentNumber(numberSince, new Date('2026-11-20T12:00:00.000Z'))).toBe(expected);
});
