import { describe, expect, test } from 'vitest';
import { entryWithoutLastDigits, withoutLastDigits } from '../../functions/src/contract/masks.ts';
import {
  decideLookUp,
  LOOK_UP_WINDOWS,
  NO_LOOK_UPS,
  type LookUps,
} from '../../functions/src/team/look-ups.ts';

const start = Date.parse('2026-03-02T09:00:00.000Z');
const after = (seconds: number) => new Date(start + seconds * 1000);

/** How many of one look-up each so many seconds are let through, and the first refusal. */
function run(kind: keyof typeof LOOK_UP_WINDOWS, every: number, tries: number) {
  let seen: LookUps = NO_LOOK_UPS;
  let admitted = 0;
  for (let each = 0; each < tries; each += 1) {
    const decision = decideLookUp(seen, LOOK_UP_WINDOWS[kind], after(each * every));
    if (decision.kind === 'limited') return { admitted, refusal: decision };
    seen = decision.next;
    admitted += 1;
  }
  return { admitted, refusal: null };
}

describe('looking numbers up', () => {
  test('PRIV-3: 30 in any minute, then the next when the first is a minute old', () => {
    expect(run('look_up', 0, 40)).toEqual({
      admitted: 30,
      refusal: { kind: 'limited', retryAfterSeconds: 60, note: true },
    });
    expect(run('look_up', 1, 40).refusal).toEqual({ kind: 'limited', retryAfterSeconds: 30, note: true });
    expect(run('look_up', 2, 300).admitted).toBe(300);
  });

  test('PRIV-3: 300 in any day', () => {
    expect(run('look_up', 3, 400)).toEqual({
      admitted: 300,
      refusal: { kind: 'limited', retryAfterSeconds: 86_400 - 900, note: true },
    });
    expect(run('look_up', 288, 1000).admitted).toBe(1000);
  });

  test('PRIV-3: 20 numbers revealed in any hour', () => {
    expect(run('reveal', 0, 40)).toEqual({
      admitted: 20,
      refusal: { kind: 'limited', retryAfterSeconds: 3600, note: true },
    });
    expect(run('reveal', 180, 100).admitted).toBe(100);
  });

  test('PRIV-3: a refusal is noted once a window', () => {
    const at = Array.from({ length: 30 }, () => after(0));
    const noted = (notedAt: Date, seconds: number) =>
      decideLookUp({ at: at.map(() => after(seconds)), notedAt }, LOOK_UP_WINDOWS.look_up, after(seconds));
    expect(noted(after(0), 59)).toMatchObject({ note: false });
    expect(noted(after(0), 60)).toMatchObject({ note: true });
  });

  test('PRIV-3: clocks of instances that differ do not let more through', () => {
    const at = [...Array.from({ length: 29 }, () => after(5)), after(0)];
    expect(decideLookUp({ at, notedAt: null }, LOOK_UP_WINDOWS.look_up, after(3))).toEqual({
      kind: 'limited',
      retryAfterSeconds: 57,
      note: true,
    });
  });
});

test.each([
  ['+1 ••• ••• 0143', '+1 ••• ••• ••••'],
  ['+44 •••• ••0143', '+44 •••• ••••••'],
  ['+590 ••• •• 01 43', '+590 ••• •• •• ••'],
  ['+683 ••43', '+683 ••••'],
  ['To +1 ••• ••• 0143 and +44 •••• ••0199.', 'To +1 ••• ••• •••• and +44 •••• ••••••.'],
  ['+1 ••• ••• ••••', '+1 ••• ••• ••••'],
  ['Ada Lovelace 2', 'Ada Lovelace 2'],
  ['Unknown · 01ab43', 'Unknown · 01ab43'],
  ['', ''],
])('PRIV-3: %s without last digits is %s', (label, masked) => {
  expect(withoutLastDigits(label)).toBe(masked);
});

test('PRIV-3: live entries show a viewer labels without last digits, and texts as they came', () => {
  const entry = { sender: '+1 ••• ••• 0143', recipient: null, body: '+1 ••• ••• 0143', segments: 1 };
  expect(entryWithoutLastDigits(entry)).toEqual({
    sender: '+1 ••• ••• ••••',
    recipient: null,
    body: '+1 ••• ••• 0143',
    segments: 1,
  });
});
