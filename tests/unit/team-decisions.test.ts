import { describe, expect, test } from 'vitest';
import { ROLES, ROLE_SCOPES, type Role } from '../../functions/src/contract/permissions.ts';
import { deviceOf } from '../../functions/src/team/device.ts';
import {
  isInvitationOpen,
  newInvitation,
  resetIssued,
  resetUsed,
} from '../../functions/src/team/invitation.ts';
import {
  decideOperatorChange,
  mayEndSession,
  mayGiveRole,
} from '../../functions/src/team/operator-change.ts';
import { operatorId, operatorItem, recentResets, type Operator } from '../../functions/src/team/operator.ts';
import { sessionState } from '../../functions/src/team/session.ts';

const at = (text: string) => new Date(`2026-03-02T${text}Z`);

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

  const decided = (caller: Role, target: Role, act: object, change: Partial<Operator> = {}) =>
    decideOperatorChange(by(caller), operator(target, change), act, 1).kind === 'accepted';
  const DEACTIVATED: Partial<Operator> = { status: 'deactivated' };
  const INVITED: Partial<Operator> = { status: 'invited', passwordHash: null };

  // Each act on somebody else: the targets on whom a role may do it. What makes one pass for another is the owner's.
  test.each<[string, Role, Role[], (caller: Role, target: Role) => boolean]>([
    ['rename', 'admin', [], (caller, target) => decided(caller, target, { name: 'New' })],
    [
      'change the role',
      'admin',
      [],
      (caller, target) => decided(caller, target, { role: target === 'viewer' ? 'operator' : 'viewer' }),
    ],
    [
      'deactivate',
      'admin',
      ['viewer', 'operator', 'admin'],
      (caller, target) => decided(caller, target, { status: 'deactivated' }),
    ],
    [
      'activate',
      'admin',
      ['viewer', 'operator'],
      (caller, target) => decided(caller, target, { status: 'active' }, DEACTIVATED),
    ],
    [
      'reset the password',
      'admin',
      ['viewer', 'operator'],
      (caller, target) => decided(caller, target, { reinvite: true }),
    ],
    [
      'make a new invitation',
      'admin',
      ['viewer', 'operator'],
      (caller, target) => decided(caller, target, { reinvite: true }, INVITED),
    ],
    [
      'rename and reset in one',
      'admin',
      [],
      (caller, target) => decided(caller, target, { name: 'New', reinvite: true }),
    ],
    [
      'lower and reset in one',
      'admin',
      [],
      (caller, target) =>
        decided(caller, target, { role: target === 'viewer' ? 'operator' : 'viewer', reinvite: true }),
    ],
    [
      'end a session',
      'admin',
      ['viewer', 'operator', 'admin'],
      (caller, target) => mayEndSession(by(caller), { operatorId: 'op_target', role: target }),
    ],
    ['invite', 'admin', ['viewer', 'operator'], (caller, target) => mayGiveRole(caller, target)],
  ])('OP-6: who may %s whom', (_act, admin, ofAdmin, allowed) => {
    const matrix = Object.fromEntries(
      ROLES.map((caller) => [caller, ROLES.filter((target) => allowed(caller, target))]),
    );
    expect(matrix).toEqual({ viewer: [], operator: [], [admin]: ofAdmin, owner: [...ROLES] });
  });

  test("OP-6: what one may do to oneself: rename as an owner, end one's own sessions, and nothing else", () => {
    const self = (role: Role, act: object) =>
      decideOperatorChange({ operatorId: 'op_target', role }, operator(role), act, 1).kind === 'accepted';
    const allowed = (act: object) => ROLES.filter((role) => self(role, act));
    expect(allowed({ name: 'New' })).toEqual(['owner']);
    expect(allowed({ role: 'operator' })).toEqual(['owner']);
    expect(allowed({ status: 'deactivated' })).toEqual([]);
    expect(allowed({ reinvite: true })).toEqual([]);
    for (const role of ROLES)
      expect(mayEndSession({ operatorId: 'op_1', role }, { operatorId: 'op_1', role })).toBe(true);
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

  test('OP-7: the e-mail of an operator is for operators and above', () => {
    const seen = ROLES.map((reader) => [reader, operatorItem(operator('viewer'), ROLE_SCOPES[reader]).email]);
    expect(seen).toEqual([
      ['viewer', null],
      ['operator', 'target@example.com'],
      ['admin', 'target@example.com'],
      ['owner', 'target@example.com'],
    ]);
  });

  test('OP-7: every reset that was used stays for the person to see, however many links are made after it', () => {
    const first = resetUsed(resetIssued([], 'Ada', at('09:00:00')), 'Ada', at('09:05:00'));
    let resets = first;
    for (let link = 0; link < 30; link += 1) resets = resetIssued(resets, 'Ada', at('10:00:00'));
    expect(resets).toEqual([
      { by: 'Ada', at: at('09:00:00'), usedAt: at('09:05:00') },
      { by: 'Ada', at: at('10:00:00'), usedAt: null },
    ]);
    expect(recentResets({ resets }, new Date('2026-03-16T09:04:59.999Z'))).toHaveLength(2);
    expect(recentResets({ resets }, new Date('2026-03-16T09:05:00.000Z'))).toEqual(resets.slice(1));
    expect(recentResets({ resets: undefined }, at('09:00:00'))).toEqual([]);
    // A link from before resets were kept.
    expect(resetUsed(undefined, 'An admin', at('09:05:00'))).toEqual([
      { by: 'An admin', at: at('09:05:00'), usedAt: at('09:05:00') },
    ]);
  });

  test('OP-7: an operator id is opaque, and the same however the e-mail is written', () => {
    const key = Buffer.alloc(32, 1);
    expect(operatorId(key, ' Ada@Example.com ')).toBe(operatorId(key, 'ada@example.com'));
    expect(operatorId(key, 'ada@example.com')).toMatch(/^op_[0-9a-f]{24}$/);
    expect(operatorId(Buffer.alloc(32, 2), 'ada@example.com')).not.toBe(operatorId(key, 'ada@example.com'));
  });

  test('OP-7: what crosses the wire holds nothing of passwords or invitations', () => {
    const item = operatorItem(
      operator('viewer', { invitation: { hash: 'h', expiresAt: at('09:00:00') } }),
      ROLE_SCOPES.operator,
    );
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
    const by = { id: 'op_1', label: 'Ada' };
    const { token, kept } = newInvitation(at('09:00:00'), by);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(kept.by).toEqual(by);
    expect(newInvitation(at('09:00:00'), by).token).not.toBe(token);
    expect(kept.hash).toMatch(/^[0-9a-f]{64}$/);
    const open = (change: Partial<Operator>, now: string) =>
      isInvitationOpen(operator('viewer', { invitation: kept, ...change }), new Date(now));
    expect(open({ status: 'invited' }, '2026-03-09T08:59:59.999Z')).toBe(true);
    expect(open({ status: 'invited' }, '2026-03-09T09:00:00.000Z')).toBe(false);
    expect(open({ status: 'deactivated' }, '2026-03-03T09:00:00.000Z')).toBe(false);
    expect(open({ invitation: null }, '2026-03-03T09:00:00.000Z')).toBe(false);
  });
});
