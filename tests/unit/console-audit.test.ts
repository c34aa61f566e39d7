import { describe, expect, test } from 'vitest';
import type { AuditItem } from '../../functions/src/contract/audit.ts';
import { AUDIT_ACTIONS } from '../../functions/src/contract/audit-actions.ts';
import { auditKey, auditSentence, auditValue } from '../../web/src/features/audit/audit-words.ts';
import { passwordBytes, passwordProblem } from '../../web/src/components/new-password.ts';
import { rolesToGive } from '../../web/src/components/role-words.ts';

const OLGA = { kind: 'operator', id: 'op_olga', label: 'Olga Owner' } as const;
const PARLEY = { kind: 'system', id: null, label: 'Parley' } as const;

const omar = { kind: 'operator', id: 'op_omar', label: 'Omar Operator' } as const;
const session = { kind: 'session', id: 's_1', label: 'Omar Operator' } as const;
const person = { kind: 'person', id: 'u_ada', label: 'Ada Lovelace' } as const;
const message = { kind: 'message', id: 'm_1', label: 'Ada Lovelace' } as const;
/** An entry about a person, by the name that the API found. */
const about = { userId: 'u_ada', label: 'Ada Lovelace' };
const ofAda = { target: person, about };
const toAda = { target: message, about };

function entry(changes: Partial<AuditItem>): AuditItem {
  return {
    id: 'a1',
    at: '2026-11-20T12:00:00.000Z',
    actor: OLGA,
    action: 'session.started',
    target: omar,
    about: null,
    address: null,
    requestId: 'r1',
    before: null,
    after: null,
    seal: null,
    ...changes,
  };
}

describe('PRIV-5: the audit log in plain words', () => {
  test.each<[Partial<AuditItem>, string]>([
    [{ action: 'session.started' }, 'Olga Owner signed in'],
    [
      {
        actor: PARLEY,
        action: 'session.refused',
        target: omar,
        after: { reason: 'credentials', locked: false },
      },
      'A sign-in as Omar Operator was refused',
    ],
    [
      {
        actor: PARLEY,
        action: 'session.refused',
        target: { kind: 'operator', id: null, label: null },
        after: { locked: true },
      },
      'A sign-in with an unknown e-mail was refused, and sign-in is locked for a while',
    ],
    [
      { action: 'session.ended', target: session, after: { reason: 'signed_out', operatorId: 'op_olga' } },
      'Olga Owner signed out',
    ],
    [
      { action: 'session.ended', target: session, after: { reason: 'ended', operatorId: 'op_olga' } },
      'Olga Owner ended another of their own sessions',
    ],
    [
      { action: 'session.ended', target: session, after: { reason: 'ended', operatorId: 'op_omar' } },
      'Olga Owner ended a session of Omar Operator',
    ],
    [
      { action: 'operator.invited', after: { role: 'admin' } },
      'Olga Owner invited Omar Operator as an admin',
    ],
    [
      { action: 'operator.invited', after: { role: 'viewer', again: true } },
      'Olga Owner made a new invitation link for Omar Operator',
    ],
    [
      { action: 'operator.joined', actor: { ...OLGA, label: 'Omar Operator' } },
      'Omar Operator joined the team',
    ],
    [
      { action: 'operator.changed', after: { role: 'viewer', status: 'active', fields: ['role'] } },
      'Olga Owner made Omar Operator a viewer',
    ],
    [
      { action: 'operator.changed', after: { role: 'viewer', status: 'deactivated', fields: ['status'] } },
      'Olga Owner deactivated Omar Operator',
    ],
    [{ action: 'operator.changed', after: { fields: ['name'] } }, 'Olga Owner renamed Omar Operator'],
    [
      { action: 'operator.password_changed', target: { ...omar, id: 'op_olga' } },
      'Olga Owner changed their password',
    ],
    [{ action: 'person.added', ...ofAda }, 'Olga Owner added Ada Lovelace'],
    [
      { action: 'person.changed', ...ofAda, after: { fields: ['phoneNumber', 'tags'] } },
      'Olga Owner changed the number and tags of Ada Lovelace',
    ],
    [
      { action: 'person.changed', ...ofAda, after: { fields: ['status'], status: 'inactive' } },
      'Olga Owner deactivated Ada Lovelace',
    ],
    [{ action: 'person.revealed', ...ofAda }, 'Olga Owner revealed the number of Ada Lovelace'],
    [{ action: 'consent.opted_out', ...ofAda }, 'Olga Owner opted Ada Lovelace out'],
    [
      {
        action: 'consent.opted_out',
        ...ofAda,
        actor: { kind: 'person', id: 'u_ada', label: 'Ada Lovelace' },
      },
      'Ada Lovelace opted out',
    ],
    [{ action: 'consent.opted_in', ...ofAda }, 'Olga Owner lifted the opt-out of Ada Lovelace'],
    [{ action: 'consent.suppressed', actor: PARLEY, ...ofAda }, "Ada Lovelace's number was suppressed"],
    [
      { action: 'message.accepted', ...toAda, after: { userId: 'u_ada' } },
      'Olga Owner sent a message to Ada Lovelace',
    ],
    [
      { action: 'message.accepted', ...toAda, after: { userId: 'u_ada', dueAt: '2026-12-01T09:00:00.000Z' } },
      'Olga Owner scheduled a message to Ada Lovelace',
    ],
    [
      { action: 'message.canceled', ...toAda, after: { status: 'canceled', userId: 'u_ada' } },
      'Olga Owner canceled a message to Ada Lovelace before it was sent',
    ],
    [
      { action: 'message.accepted', target: { ...message, label: null }, about: null },
      'Olga Owner sent a message to a person',
    ],
    [
      { actor: PARLEY, action: 'system.seeded', target: { kind: 'system', id: null, label: null } },
      'Parley added the demo data',
    ],
  ])('PRIV-5: %j', (changes, sentence) => {
    expect(auditSentence(entry(changes))).toBe(sentence);
  });

  test('PRIV-5: no sentence shows an id, whatever is missing', () => {
    for (const action of AUDIT_ACTIONS) {
      const target = { kind: 'person', id: 'u_secret', label: null } as const;
      expect(auditSentence(entry({ action, target }))).not.toMatch(/u_secret|undefined|null/);
    }
  });

  test.each([
    ['fields', ['phoneNumber', 'consent'], 'What changed', 'Number and consent record'],
    ['operatorId', 'op_omar', 'Operator', 'Omar Operator'],
    ['role', 'admin', 'Role', 'Admin'],
    ['locked', true, 'Sign-in locked', 'Yes'],
    ['userId', 'u_ada', 'Person', 'Ada Lovelace'],
    ['status', 'canceled', 'Status', 'Canceled'],
    ['segments', 2, 'Segments', '2'],
    ['reason', 'signed_out', 'Reason', 'Signed out'],
    ['reason', 'call back about the van', 'Reason', 'call back about the van'],
    ['somethingNew', null, 'Something new', 'Nothing'],
  ])('PRIV-5: %s %j in words', (key, value, words, shown) => {
    const item = entry({ about, after: { operatorId: 'op_omar', userId: 'u_ada' } });
    expect([auditKey(key), auditValue(item, key, value)]).toEqual([words, shown]);
  });
});

describe('OP-1: a new password is judged by its bytes', () => {
  test.each([
    ['abcdefghijk', 11, 'Use at least 12 characters.'],
    ['abcdefghijkl', 12, undefined],
    ['éééééé', 12, undefined],
    ['e\u0301'.repeat(6), 12, undefined],
    ['a'.repeat(72), 72, undefined],
    [
      'a'.repeat(73),
      73,
      'This is 73 bytes long; at most 72 are allowed. Accented letters count as two, emoji as four or more.',
    ],
    ['🚐'.repeat(18), 72, undefined],
    ['twelve bytes\u0000', 13, 'This holds characters that cannot be kept.'],
  ])('OP-1: %j', (password, bytes, problem) => {
    expect([passwordBytes(password), passwordProblem(password)]).toEqual([bytes, problem]);
  });
});

test('OP-6: who may give which roles', () => {
  expect(rolesToGive('owner')).toEqual(['viewer', 'operator', 'admin', 'owner']);
  expect(rolesToGive('admin')).toEqual(['viewer', 'operator']);
});
