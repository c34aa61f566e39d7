import { describe, expect, test } from 'vitest';
import {
  passwordGate,
  PLACES,
  PLACES_OF_ONE,
  PLACES_OF_STRANGERS,
} from '../../functions/src/team/password-gate.ts';
import {
  addressGroup,
  isLoopback,
  failed,
  forgetAt,
  NO_ATTEMPTS,
  opened,
  standing,
  takenBack,
  type Account,
  type Attempts,
} from '../../functions/src/team/sign-in-throttle.ts';

const at = (text: string) => new Date(`2026-03-02T${text}Z`);
const who: Account = { account: 'ada', unlockedAt: null };
const MAX = 5;

/** The counter after failures at these times, each compared at once. */
const failAt = (...times: string[]) =>
  times.reduce<Attempts>((attempts, time, index) => {
    const id = String(index);
    const begun = opened(attempts, { id, at: at(time), account: 'ada' }, at(time));
    return failed(begun, id, who, MAX, at(time));
  }, NO_ATTEMPTS);
const stands = (attempts: Attempts, time: string, account = who) =>
  standing(attempts, account, MAX, at(time));
const open = (attempts: Attempts, time: string, ...ids: string[]) =>
  ids.reduce((seen, id) => opened(seen, { id, at: at(time), account: 'ada' }, at(time)), attempts);

describe('a counter of failed sign-ins', () => {
  test('OP-5: the fifth failure within five minutes locks for ten', () => {
    const four = failAt('09:00:00', '09:01:00', '09:02:00', '09:03:00');
    expect(stands(four, '09:03:00')).toEqual({ kind: 'free' });
    const five = failAt('09:00:00', '09:01:00', '09:02:00', '09:03:00', '09:04:59.999');
    expect(stands(five, '09:04:59.999')).toEqual({ kind: 'locked', seconds: 600 });
    expect(stands(five, '09:14:59.998')).toEqual({ kind: 'locked', seconds: 1 });
    expect(stands(five, '09:14:59.999')).toEqual({ kind: 'free' });
  });

  test('OP-5: a failure of five minutes ago does not count any more', () => {
    const spread = failAt('09:00:00', '09:01:00', '09:02:00', '09:03:00', '09:05:00');
    expect(stands(spread, '09:05:00')).toEqual({ kind: 'free' });
  });

  test('OP-5: after a lock, counting begins anew', () => {
    const locked = failAt('09:00:00', '09:00:00', '09:00:00', '09:00:00', '09:00:00');
    const later = failed(open(locked, '09:10:00', 'x'), 'x', who, MAX, at('09:10:00'));
    expect(later).toEqual({ failures: [{ at: at('09:10:00'), account: 'ada' }], open: [], lock: null });
  });

  test('OP-5: attempts that are being compared count, so that no sixth is begun beside five', () => {
    const five = open(NO_ATTEMPTS, '09:00:00', 'a', 'b', 'c', 'd', 'e');
    expect(stands(five, '09:00:00')).toEqual({ kind: 'busy' });
    expect(stands(takenBack(five, 'c'), '09:00:00')).toEqual({ kind: 'free' });
    expect(
      stands(open(failAt('09:00:00', '09:00:00', '09:00:00'), '09:00:00', 'a', 'b'), '09:00:01'),
    ).toEqual({
      kind: 'busy',
    });
  });

  test('OP-5: an attempt whose process died counts as a failure from a minute on', () => {
    const five = open(NO_ATTEMPTS, '09:00:00', 'a', 'b', 'c', 'd', 'e');
    expect(stands(five, '09:00:59.999')).toEqual({ kind: 'busy' });
    expect(stands(five, '09:01:00')).toEqual({ kind: 'locked', seconds: 600 });
    expect(stands(five, '09:05:00')).toEqual({ kind: 'free' });
  });

  test('OP-5: a sign-in that was right is taken back and leaves nothing', () => {
    expect(takenBack(open(NO_ATTEMPTS, '09:00:00', 'a'), 'a')).toEqual(NO_ATTEMPTS);
  });

  test('OP-5: a reset or an unlocking lifts what the account did, and nothing that others did', () => {
    const locked = failAt('09:00:00', '09:00:00', '09:00:00', '09:00:00', '09:00:00');
    const unlocked = { account: 'ada', unlockedAt: at('09:02:00') };
    expect(stands(locked, '09:02:00', unlocked)).toEqual({ kind: 'free' });
    expect(stands(locked, '09:02:00', { account: 'bob', unlockedAt: at('09:02:00') }).kind).toBe('locked');
    // It stays a lock to everybody else, also after that account has gone on.
    const goesOn = failed(open(locked, '09:03:00', 'x'), 'x', unlocked, MAX, at('09:03:00'));
    expect(stands(goesOn, '09:03:00', { account: 'bob', unlockedAt: null })).toEqual({
      kind: 'locked',
      seconds: 420,
    });
    expect(stands(goesOn, '09:03:00', unlocked)).toEqual({ kind: 'free' });
    // A failure of before the unlocking does not count, one of after does.
    const again = { account: 'ada', unlockedAt: at('09:01:00') };
    const four = failAt('09:00:00', '09:01:00', '09:02:00', '09:03:00');
    const fifth = failed(open(four, '09:04:00', 'x'), 'x', again, MAX, at('09:04:00'));
    expect(stands(fifth, '09:04:00', again)).toEqual({ kind: 'free' });
    expect(stands(fifth, '09:04:00')).toEqual({ kind: 'locked', seconds: 600 });
  });

  test('OP-5: what does not count any more may be deleted', () => {
    expect(forgetAt(failAt('09:00:00', '09:01:00'), at('09:01:00'))).toEqual(at('09:06:00'));
    const locked = failAt('09:04:00', '09:04:00', '09:04:00', '09:04:00', '09:04:00');
    expect(forgetAt(locked, at('09:04:00'))).toEqual(at('09:14:00'));
  });

  test.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0db8:0000:0000:1::', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('OP-5: %s counts as %s', (address, group) => {
    expect(addressGroup(address)).toBe(group);
  });

  test('OP-5: an address of the machine itself tells nobody from anybody', () => {
    expect(['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1'].filter(isLoopback)).toHaveLength(4);
    expect(['', '128.0.0.1', '10.0.0.1', '1127.0.0.1', '2001:db8::1'].filter(isLoopback)).toEqual([]);
  });
});

describe('the gate before the hashing of passwords', () => {
  const stranger = (number: number, change: object = {}) => ({
    address: `203.0.113.${String(number)}`,
    account: `op_${String(number)}`,
    known: false,
    ...change,
  });
  const admitted = (comers: readonly ReturnType<typeof stranger>[], gate = passwordGate()) =>
    comers.filter((each) => gate(each) !== null).length;
  const many = Array.from({ length: 24 }, (_, number) => number);

  test('OP-5: lets in three at once from one address, and three on one account', () => {
    expect(PLACES_OF_ONE).toBe(3);
    expect(admitted(many.map((each) => stranger(each, { address: '203.0.113.9' })))).toBe(3);
    expect(admitted(many.map((each) => stranger(each, { account: 'op_ada' })))).toBe(3);
  });

  test('OP-5: lets six strangers in at once, and keeps two places for devices that have signed in before', () => {
    expect([PLACES_OF_STRANGERS, PLACES]).toEqual([6, 8]);
    const gate = passwordGate();
    expect(
      admitted(
        many.map((each) => stranger(each)),
        gate,
      ),
    ).toBe(6);
    expect(
      admitted(
        many.map((each) => stranger(each, { known: true })),
        gate,
      ),
    ).toBe(2);
  });

  test('OP-5: has room again when somebody leaves', () => {
    const gate = passwordGate();
    const leave = many.map((each) => gate(stranger(each)));
    expect(gate(stranger(99))).toBeNull();
    leave[2]?.();
    expect(gate(stranger(99))).not.toBeNull();
    expect(gate(stranger(98))).toBeNull();
  });

  test('OP-5: does not count addresses that are not known as one', () => {
    expect(admitted(many.map((each) => stranger(each, { address: null })))).toBe(6);
  });
});
