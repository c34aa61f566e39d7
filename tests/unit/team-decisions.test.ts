import { describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../functions/src/contract/permissions.ts';
import { deviceOf } from '../../functions/src/team/device.ts';
import { isInvitationOpen, newInvitation } from '../../functions/src/team/invitation.ts';
import { decideOperatorChange, mayGiveRole } from '../../functions/src/team/operator-change.ts';
import { operatorId, operatorItem, type Operator } from '../../functions/src/team/operator.ts';
import { sessionState } from '../../functions/src/team/session.ts';
import {
  addressGroup,
  afterFailure,
  forgetAt,
  NO_ATTEMPTS,
  secondsLocked,
  type Attempts,
} from '../../functions/src/team/sign-in-throttle.ts';

const at = (text: string) => new Date(`2026-03-02T${text}Z`);

describe('the sign-in throttle', () => {
  const failAt = (...times: string[]) =>
    times.reduce<Attempts>((attempts, time) => afterFailure(attempts, at(time)), NO_ATTEMPTS);

  test('OP-5: the fifth failure within five minutes locks for ten', () => {
    const four = failAt('09:00:00', '09:01:00', '09:02:00', '09:03:00');
    expect(four.lockedUntil).toBeNull();
    const five = afterFailure(four, at('09:04:59.999'));
    expect(five).toEqual({ failures: [], lockedUntil: at('09:14:59.999') });
    expect(secondsLocked(five, at('09:04:59.999'))).toBe(600);
    expect(secondsLocked(five, at('09:14:59.998'))).toBe(1);
    expect(secondsLocked(five, at('09:14:59.999'))).toBe(0);
  });

  test('OP-5: a failure of five minutes ago does not count any more', () => {
    const attempts = failAt('09:00:00', '09:01:00', '09:02:00', '09:03:00', '09:05:00');
    expect(attempts).toEqual({
      failures: [at('09:01:00'), at('09:02:00'), at('09:03:00'), at('09:05:00')],
      lockedUntil: null,
    });
  });

  test('OP-5: after a lock counting begins anew', () => {
    const locked = failAt('09:00:00', '09:00:00', '09:00:00', '09:00:00', '09:00:00');
    expect(afterFailure(locked, at('09:10:00'))).toEqual({ failures: [at('09:10:00')], lockedUntil: null });
  });

  test('OP-5: what does not count any more may be deleted', () => {
    expect(forgetAt(failAt('09:00:00', '09:01:00'), at('09:01:00'))).toEqual(at('09:06:00'));
    expect(forgetAt({ failures: [], lockedUntil: at('09:14:00') }, at('09:04:00'))).toEqual(at('09:14:00'));
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
});

describe('a session', () => {
  test.each([
    ['12:59:59.999', null, 'live'],
    ['13:00:00.000', null, 'expired'],
    ['10:00:00.000', '09:30:00', 'ended'],
    ['13:00:00.000', '09:30:00', 'expired'],
  ])('OP-2: at %s, ended at %s, is %s', (now, ended, state) => {
    expect(
      sessionState({ endsAt: at('13:00:00'), endedAt: ended === null ? null : at(ended) }, at(now)),
    ).toBe(state);
  });

  test.each([
    [null, 'Unknown device'],
    ['', 'Unknown device'],
    ['curl/8.5.0', 'Unknown device'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
      'Chrome on Android',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
      'Safari on iOS',
    ],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 'Unknown browser on macOS'],
  ])('OP-7: %s is called %s', (userAgent, words) => {
    expect(deviceOf(userAgent)).toBe(words);
  });
});

const operator = (role: Role, change: Partial<Operator> = {}): Operator => ({
  id: 'op_target',
  email: 'target@example.com',
  name: 'Target',
  role,
  status: 'active',
  passwordHash: 'hash',
  passwordChangedAt: null,
  invitation: null,
  createdAt: at('09:00:00'),
  updatedAt: at('09:00:00'),
  lastSignInAt: null,
  ...change,
});

describe('changing an operator', () => {
  const by = (role: Role) => ({ operatorId: 'op_caller', role });

  test('OP-6: who may give which role', () => {
    const given = Object.fromEntries(
      ROLES.map((giver) => [giver, ROLES.filter((role) => mayGiveRole(giver, role))]),
    );
    expect(given).toEqual({
      viewer: [],
      operator: [],
      admin: ['viewer', 'operator'],
      owner: ['viewer', 'operator', 'admin', 'owner'],
    });
  });

  test('OP-2: a new role or name goes into the live sessions, and whoever is not active keeps none', () => {
    const sessions = (patch: object) => {
      const change = decideOperatorChange(by('owner'), operator('viewer'), patch, 1);
      return change.kind === 'accepted' ? change.sessions : change.kind;
    };
    expect(sessions({ role: 'operator' })).toBe('follow');
    expect(sessions({ name: 'New' })).toBe('follow');
    expect(sessions({ role: 'viewer', name: 'Target' })).toBe('keep');
    expect(sessions({ reinvite: true })).toBe('keep');
    expect(sessions({ status: 'deactivated', role: 'operator' })).toBe('end');
  });

  test('OP-7: the last active owner stays one, and an inactive owner is nobody to keep', () => {
    const kind = (target: Operator, patch: object, others: number) =>
      decideOperatorChange(by('owner'), target, patch, others).kind;
    expect(kind(operator('owner'), { role: 'admin' }, 0)).toBe('last_owner');
    expect(kind(operator('owner'), { status: 'deactivated' }, 0)).toBe('last_owner');
    expect(kind(operator('owner'), { role: 'admin' }, 1)).toBe('accepted');
    expect(kind(operator('owner'), { name: 'New' }, 0)).toBe('accepted');
    expect(kind(operator('owner', { status: 'invited' }), { status: 'deactivated' }, 0)).toBe('accepted');
  });

  test('OP-7: nobody who never joined becomes active by a patch', () => {
    const invited = operator('viewer', { status: 'invited', passwordHash: null });
    expect(decideOperatorChange(by('owner'), invited, { status: 'active' }, 1)).toMatchObject({
      kind: 'not_now',
      field: 'status',
    });
    const left = operator('viewer', { status: 'deactivated', passwordHash: null });
    expect(decideOperatorChange(by('owner'), left, { status: 'active' }, 1)).toMatchObject({
      kind: 'accepted',
      status: 'invited',
    });
  });

  test('OP-7: an operator id is opaque, and the same however the e-mail is written', () => {
    const key = Buffer.alloc(32, 1);
    expect(operatorId(key, ' Ada@Example.com ')).toBe(operatorId(key, 'ada@example.com'));
    expect(operatorId(key, 'ada@example.com')).toMatch(/^op_[0-9a-f]{24}$/);
    expect(operatorId(Buffer.alloc(32, 2), 'ada@example.com')).not.toBe(operatorId(key, 'ada@example.com'));
  });

  test('OP-7: what crosses the wire holds nothing of passwords or invitations', () => {
    const item = operatorItem(operator('viewer', { invitation: { hash: 'h', expiresAt: at('09:00:00') } }));
    expect(item).toEqual({
      id: 'op_target',
      email: 'target@example.com',
      name: 'Target',
      role: 'viewer',
      status: 'active',
      createdAt: '2026-03-02T09:00:00.000Z',
      lastSignInAt: null,
    });
  });

  test('OP-7: an invitation is 256 random bits, open for a week', () => {
    const { token, kept } = newInvitation(at('09:00:00'));
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(newInvitation(at('09:00:00')).token).not.toBe(token);
    expect(kept.hash).toMatch(/^[0-9a-f]{64}$/);
    const open = (change: Partial<Operator>, now: string) =>
      isInvitationOpen(operator('viewer', { invitation: kept, ...change }), new Date(now));
    expect(open({ status: 'invited' }, '2026-03-09T08:59:59.999Z')).toBe(true);
    expect(open({ status: 'invited' }, '2026-03-09T09:00:00.000Z')).toBe(false);
    expect(open({ status: 'deactivated' }, '2026-03-03T09:00:00.000Z')).toBe(false);
    expect(open({ invitation: null }, '2026-03-03T09:00:00.000Z')).toBe(false);
  });
});
