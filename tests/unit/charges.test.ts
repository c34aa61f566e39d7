import { describe, expect, test } from 'vitest';
import { recharge } from '../../functions/src/limits/charges.ts';
import { withoutTime } from '../../functions/src/limits/send-guards.ts';

const now = new Date('2026-11-20T12:00:00.000Z');
const TODAY = '2026-11-20';
const YESTERDAY = '2026-11-19';

describe('OUT-11: what a message is charged follows its segments', () => {
  test.each([
    ['a new message', {}, 2, { [TODAY]: 2 }, 2],
    ['one that stays as long', { [TODAY]: 2 }, 2, { [TODAY]: 2 }, 0],
    ['one that grows', { [TODAY]: 1 }, 24, { [TODAY]: 24 }, 23],
    ['one that shrinks', { [TODAY]: 24 }, 1, { [TODAY]: 1 }, -23],
    ['one that is canceled', { [TODAY]: 3 }, 0, { [TODAY]: 0 }, -3],
    ['growth of one from another day', { [YESTERDAY]: 1 }, 24, { [YESTERDAY]: 1, [TODAY]: 23 }, 23],
    ['one from another day that shrinks: that day is over', { [YESTERDAY]: 24 }, 1, { [YESTERDAY]: 24 }, 0],
    ['growth up to what was charged before', { [YESTERDAY]: 24 }, 20, { [YESTERDAY]: 24 }, 0],
    [
      'today’s share alone is given back',
      { [YESTERDAY]: 2, [TODAY]: 3 },
      1,
      { [YESTERDAY]: 2, [TODAY]: 0 },
      -3,
    ],
    ['one from before charges were kept, which grows', { earlier: 1 }, 3, { earlier: 1, [TODAY]: 2 }, 2],
    ['one from before charges were kept, canceled', { earlier: 1 }, 0, { earlier: 1 }, 0],
  ])('%s', (_what, charges, segments, next, change) => {
    expect(recharge(charges, segments, now)).toEqual({ charges: next, change });
  });

  test('a time is given back once, though another message has the same', () => {
    const other = new Date(now.getTime() + 1);
    expect(withoutTime([now, now, other], now)).toEqual([now, other]);
    expect(withoutTime([other], now)).toEqual([other]);
  });
});
