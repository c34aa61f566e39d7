import { Timestamp } from '@google-cloud/firestore';
import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../functions/src/audit/audit-store.ts';
import { messageToAsk, withNames, type KnownNames } from '../../functions/src/audit/entry-names.ts';

const known: KnownNames = {
  people: new Map([['u_ada', 'Ada Lovelace']]),
  operators: new Map([
    ['op_olga', 'Olga Owner'],
    ['op_omar', 'Omar Operator'],
  ]),
  recipients: new Map([['m_1', 'u_ada']]),
};

function entry(changes: Partial<AuditEntry>): AuditEntry {
  return {
    id: 'a1',
    at: new Timestamp(1_700_000_000, 0),
    actor: { kind: 'operator', id: 'op_olga', label: 'Olga Owner' },
    action: 'person.changed',
    target: { kind: 'person', id: 'u_ada' },
    address: null,
    requestId: 'r1',
    before: null,
    after: null,
    ...changes,
  };
}

const ada = { userId: 'u_ada', label: 'Ada Lovelace' };

describe('PRIV-5: whom an audit entry concerns', () => {
  test.each<[string, Partial<AuditEntry>, string | null, object | null]>([
    ['a person', {}, 'Ada Lovelace', ada],
    ['a person who was deleted', { target: { kind: 'person', id: 'u_gone' } }, null, null],
    ['a number without a person', { target: { kind: 'person', id: null } }, null, null],
    [
      'a message that says whom it is to',
      { target: { kind: 'message', id: 'm_9' }, after: { userId: 'u_ada' } },
      'Ada Lovelace',
      ada,
    ],
    ['a message that does not', { target: { kind: 'message', id: 'm_1' } }, 'Ada Lovelace', ada],
    ['a message that is not there', { target: { kind: 'message', id: 'm_9' } }, null, null],
    [
      'a message to somebody who was deleted',
      { target: { kind: 'message', id: 'm_1' }, after: { userId: 'u_gone' } },
      null,
      null,
    ],
    ['an operator', { target: { kind: 'operator', id: 'op_omar' } }, 'Omar Operator', null],
    ['an unknown operator', { target: { kind: 'operator', id: 'op_x' } }, null, null],
    ['nobody, at a sign-in with an unknown e-mail', { target: { kind: 'operator', id: null } }, null, null],
    ['the own session', { target: { kind: 'session', id: 's_1' } }, 'Olga Owner', null],
    [
      'the session of another',
      { target: { kind: 'session', id: 's_1' }, after: { operatorId: 'op_omar' } },
      'Omar Operator',
      null,
    ],
    ['the settings', { target: { kind: 'system', id: 'limits' } }, null, null],
    [
      'an id of a wrong kind',
      { target: { kind: 'message', id: 'm_9' }, after: { userId: { $ne: 1 } } },
      null,
      null,
    ],
  ])('PRIV-5: %s', (_name, changes, label, about) => {
    const found = withNames(entry(changes), known);
    expect([found.target.label, found.about]).toEqual([label, about]);
  });

  test('PRIV-5: only messages that do not say whom they are to are asked', () => {
    expect(messageToAsk(entry({ target: { kind: 'message', id: 'm_1' } }))).toBe('m_1');
    expect(
      messageToAsk(entry({ target: { kind: 'message', id: 'm_1' }, after: { userId: 'u_ada' } })),
    ).toBeNull();
    expect(messageToAsk(entry({}))).toBeNull();
  });
});
