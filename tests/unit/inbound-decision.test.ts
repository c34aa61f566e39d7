import { describe, expect, test } from 'vitest';
import { decideInbound } from '../../functions/src/inbound/inbound-decision.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const ago = (milliseconds: number) => new Date(NOW.getTime() - milliseconds);
const HOUR = 3_600_000;

describe('the answer to an inbound text', () => {
  test('IN-2: an active person is answered, and the reply is counted', () => {
    expect(decideInbound({ kind: 'person', active: true, autoReplies: [] }, null, 20, NOW)).toEqual({
      status: 'registered',
      responded: true,
      responseReason: 'acknowledged',
      autoReplies: [NOW],
    });
  });

  test('IN-7: a revocation in free words is answered like any text', () => {
    expect(
      decideInbound({ kind: 'person', active: true, autoReplies: [] }, 'revocation', 20, NOW).responded,
    ).toBe(true);
  });

  test.each(['stop', 'start', 'help'] as const)(
    'IN-7: %s is recorded and left to Twilio to answer',
    (keyword) => {
      expect(decideInbound({ kind: 'person', active: true, autoReplies: [] }, keyword, 20, NOW)).toEqual({
        status: 'registered',
        responded: false,
        responseReason: 'keyword',
        autoReplies: [],
      });
    },
  );

  test('IN-3: an unknown number gets silence', () => {
    expect(decideInbound({ kind: 'unknown' }, null, 20, NOW)).toEqual({
      status: 'unknown',
      responded: false,
      responseReason: 'unknown_sender',
      autoReplies: [],
    });
  });

  test('IN-3: an inactive person gets silence', () => {
    expect(decideInbound({ kind: 'person', active: false, autoReplies: [] }, null, 20, NOW)).toMatchObject({
      responded: false,
      responseReason: 'inactive',
    });
  });

  test('IN-6: the 20th reply of an hour is given, the 21st is not', () => {
    const nineteen = Array.from({ length: 19 }, (_, index) => ago(index * 1000));
    expect(
      decideInbound({ kind: 'person', active: true, autoReplies: nineteen }, null, 20, NOW),
    ).toMatchObject({ responded: true });
    expect(
      decideInbound({ kind: 'person', active: true, autoReplies: [...nineteen, NOW] }, null, 20, NOW),
    ).toMatchObject({
      responded: false,
      responseReason: 'loop_guard',
    });
  });

  test('IN-6: a reply counts for exactly one hour', () => {
    const decide = (at: Date) =>
      decideInbound({ kind: 'person', active: true, autoReplies: [at] }, null, 1, NOW);
    expect(decide(ago(HOUR - 1)).responseReason).toBe('loop_guard');
    expect(decide(ago(HOUR))).toMatchObject({ responded: true, autoReplies: [NOW] });
  });

  test('IN-6: a limit of 0 answers nobody', () => {
    expect(
      decideInbound({ kind: 'person', active: true, autoReplies: [] }, null, 0, NOW).responseReason,
    ).toBe('loop_guard');
  });
});
