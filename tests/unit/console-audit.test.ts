import { describe, expect, test } from 'vitest';
import type { AuditItem } from '../../functions/src/contract/audit.ts';
import { AUDIT_ACTIONS } from '../../functions/src/contract/audit-actions.ts';
import {
  auditKey,
  auditSentence,
  auditValue,
  type AuditNames,
} from '../../web/src/components/audit-words.ts';
import { passwordBytes, passwordProblem } from '../../web/src/components/new-password.ts';
import { rolesToGive } from '../../web/src/components/role-words.ts';

const OPERATORS: Readonly<Record<string, string>> = { op_olga: 'Olga Owner', op_omar: 'Omar Operator' };
const names: AuditNames = { operator: (id) => (typeof id === 'string' ? (OPERATORS[id] ?? null) : null) };
const OLGA = { kind: 'operator', id: 'op_olga', label: 'Olga Owner' } as const;
const PARLEY = { kind: 'system', id: null, label: 'Parley' } as const;

function entry(changes: Partial<AuditItem>): AuditItem {
  return {
    id: 'a1',
    at: '2026-11-20T12:00:00.000Z',
    actor: OLGA,
    action: 'session.started',
    target: { kind: 'operator', id: 'op_omar' },
    address: null,
    requestId: 'r1',
    before: null,
    after: null,
    seal: null,
    ...changes,
  };
}

const person = { kind: 'person', id: 'u_ada' } as const;
const omar = { kind: 'operator', id: 'op_omar' } as const;

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
        target: { kind: 'operator', id: null },
        after: { locked: true },
      },
      'A sign-in with an unknown e-mail was refused, and more are locked out for a while',
    ],
    [
      { action: 'session.ended', after: { reason: 'signed_out', operatorId: 'op_olga' } },
      'Olga Owner signed out',
    ],
    [
      { action: 'session.ended', after: { reason: 'ended', operatorId: 'op_olga' } },
      'Olga Owner ended another session of their own',
    ],
    [
      { action: 'session.ended', after: { reason: 'ended', operatorId: 'op_omar' } },
      'Olga Owner ended a session of Omar Operator',
    ],
    [
      { action: 'operator.invited', after: { role: 'admin' } },
      'Olga Owner invited Omar Operator as an admin',
    ],
    [
      { action: 'operator.invited', after: { role: 'viewer', again: true } },
      'Olga Owner made a new link for Omar Operator',
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
      { action: 'operator.password_changed', target: { kind: 'operator', id: 'op_olga' } },
      'Olga Owner changed their password',
    ],
    [{ action: 'person.added', target: person }, 'Olga Owner added a person'],
    [
      { action: 'person.changed', target: person, after: { fields: ['phoneNumber', 'tags'] } },
      'Olga Owner changed the number and tags of a person',
    ],
    [
      { action: 'person.changed', target: person, after: { fields: ['status'], status: 'inactive' } },
      'Olga Owner deactivated a person',
    ],
    [{ action: 'person.revealed', target: person }, 'Olga Owner revealed the number of a person'],
    [{ action: 'consent.opted_out', target: person }, 'Olga Owner opted a person out of texts'],
    [{ action: 'consent.opted_in', target: person }, 'Olga Owner lifted the opt-out of a person'],
    [
      { action: 'message.accepted', target: { kind: 'message', id: 'm_1' }, after: { userId: 'u_ada' } },
      'Olga Owner sent a text to a person',
    ],
    [
      { actor: PARLEY, action: 'system.seeded', target: { kind: 'system', id: null } },
      'Parley added the demo data',
    ],
  ])('PRIV-5: %j', (changes, sentence) => {
    expect(auditSentence(entry(changes), names)).toBe(sentence);
  });

  test('PRIV-5: no sentence shows an id, whatever is missing', () => {
    for (const action of AUDIT_ACTIONS) {
      const sentence = auditSentence(entry({ action, target: { kind: 'person', id: 'u_secret' } }), names);
      expect(sentence).not.toMatch(/u_secret|undefined|null/);
    }
  });

  test('PRIV-5: a person is named where the name was asked for', () => {
    const known: AuditNames = { ...names, person: (id) => (id === 'u_ada' ? 'Ada Lovelace' : null) };
    expect(auditSentence(entry({ action: 'person.revealed', target: person }), known)).toBe(
      'Olga Owner revealed the number of Ada Lovelace',
    );
  });

  test.each([
    ['fields', ['phoneNumber', 'consent'], 'What changed', 'Number and consent record'],
    ['operatorId', 'op_omar', 'Operator', 'Omar Operator'],
    ['role', 'admin', 'Role', 'Admin'],
    ['locked', true, 'Locked for a while', 'Yes'],
    ['segments', 2, 'Segments', '2'],
    ['reason', 'signed_out', 'Reason', 'Signed out'],
    ['reason', 'call back about the van', 'Reason', 'call back about the van'],
    ['somethingNew', null, 'Something new', 'Nothing'],
  ])('PRIV-5: %s %j in words', (key, value, words, shown) => {
    expect([auditKey(key), auditValue(key, value, names)]).toEqual([words, shown]);
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
