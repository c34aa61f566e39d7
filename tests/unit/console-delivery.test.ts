import { describe, expect, test } from 'vitest';
import type { OutgoingStatus } from '../../functions/src/contract/delivery.ts';
import { deliverySteps, isSettled } from '../../web/src/parts/delivery-steps.ts';
import { unreadableWords } from '../../web/src/parts/response-words.ts';

/** `+` done, `*` here, `.` ahead, `-` never. */
function shown(...history: OutgoingStatus[]): string {
  const marks = { done: '+', here: '*', ahead: '.', never: '-' } as const;
  return deliverySteps(history)
    .map(({ status, state }) => `${marks[state]}${status ?? ''}`)
    .join(' ');
}

describe('OUT-7: the steps on screen are those of the history, and no others', () => {
  test.each<[what: string, history: OutgoingStatus[], steps: string]>([
    ['just accepted', ['queued'], '*queued .sending .sent .delivered'],
    ['within its undo window', ['held'], '*held .sending .sent .delivered'],
    ['scheduled', ['scheduled'], '*scheduled .sending .sent .delivered'],
    ['being sent', ['held', 'queued', 'sending'], '+queued *sending .sent .delivered'],
    ['with the carrier', ['queued', 'sending', 'accepted'], '+queued *accepted .sent .delivered'],
    ['sent', ['queued', 'sending', 'accepted', 'sent'], '+queued +sending *sent .delivered'],
    ['delivered', ['queued', 'sending', 'sent', 'delivered'], '+queued +sending +sent *delivered'],
    ['read', ['queued', 'sending', 'sent', 'delivered', 'read'], '+queued +sending +sent *read'],
    ['of unknown outcome', ['queued', 'sending', 'unconfirmed'], '+queued *unconfirmed .sent .delivered'],
    ['put off by the carrier', ['queued', 'sending', 'queued'], '*queued .sending .sent .delivered'],
  ])('a message %s', (_what, history, steps) => {
    expect(shown(...history)).toBe(steps);
  });

  test.each<[what: string, history: OutgoingStatus[], steps: string]>([
    ['opted out within the undo window', ['held', 'queued', 'failed'], '+queued *failed - -'],
    ['refused before it was ever queued', ['held', 'failed'], '+held *failed - -'],
    ['undone', ['held', 'canceled'], '+held *canceled - -'],
    ['canceled before its time', ['scheduled', 'canceled'], '+scheduled *canceled - -'],
    ['refused by the carrier', ['queued', 'sending', 'failed'], '+queued +sending *failed -'],
    ['failed at the carrier', ['queued', 'sending', 'accepted', 'failed'], '+queued +sending *failed -'],
    ['marked as failed', ['queued', 'sending', 'unconfirmed', 'failed'], '+queued +sending *failed -'],
    [
      'sent and not delivered',
      ['queued', 'sending', 'sent', 'undelivered'],
      '+queued +sending +sent *undelivered',
    ],
    [
      'not delivered, without a report that it was sent',
      ['queued', 'sending', 'undelivered'],
      '+queued +sending *undelivered -',
    ],
  ])('a message that was %s never shows a step that it did not take', (_what, history, steps) => {
    expect(shown(...history)).toBe(steps);
  });

  test('a report that overtook others leaves their steps unmarked', () => {
    expect(shown('queued', 'sending', 'delivered')).toBe('+queued +sending - *delivered');
    expect(shown('sending', 'sent')).toBe('- +sending *sent .delivered');
    expect(shown('queued', 'delivered')).toBe('+queued - - *delivered');
  });

  test('no step is done that is not in the history, whatever the history', () => {
    const all: OutgoingStatus[] = ['held', 'queued', 'sending', 'unconfirmed', 'accepted', 'sent'];
    for (let bits = 0; bits < 2 ** all.length; bits += 1) {
      const history = all.filter((_status, index) => bits & (1 << index));
      for (const end of ['failed', 'undelivered', 'canceled', 'delivered'] as const) {
        const steps = deliverySteps([...history, end]);
        const done = steps.filter(({ state }) => state === 'done').map(({ status }) => status);
        expect(done.filter((status) => status === null || !history.includes(status))).toEqual([]);
        expect(steps.filter(({ state }) => state === 'here')).toEqual([{ status: end, state: 'here' }]);
      }
    }
  });

  test('only an end is an end', () => {
    expect(isSettled('failed')).toBe(true);
    expect(isSettled('canceled')).toBe(true);
    expect(isSettled('unconfirmed')).toBe(false);
    expect(isSettled('sent')).toBe(false);
  });
});

describe('IN-4: a message that could not be read whole says so', () => {
  test.each([
    [[], null],
    [['sender'], 'Parts of this message could not be read: sender.'],
    [
      ['segments', 'media', 'messageSid'],
      'Parts of this message could not be read: number of segments, attachments, carrier ID.',
    ],
    [['body', 'toString'], 'Parts of this message could not be read: body, toString.'],
  ])('IN-4: %j', (irregularities, words) => {
    expect(unreadableWords(irregularities)).toBe(words);
  });
});
