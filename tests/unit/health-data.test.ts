import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ruleProblems } from '../../functions/cli/lib/doctor/rule-problems.ts';
import { findFaults, tell } from '../../functions/src/health/integrity.ts';
import type { SampledPerson } from '../../functions/src/health/sample-store.ts';

const person = (change: Partial<SampledPerson> = {}): SampledPerson => ({
  userId: 'u1',
  sealedNumber: 'sealed',
  phoneKey: 'hash',
  status: 'active',
  keyed: { userId: 'u1', active: true },
  hasConversation: true,
  ...change,
});
const hashesOf = () => ['hash'];

describe('OPS-2: documents that contradict each other', () => {
  test('OPS-2: consistent documents have no fault', () => {
    const inactive = person({ userId: 'u2', status: 'inactive', keyed: { userId: 'u2', active: false } });
    expect([
      ...findFaults([person(), inactive], [{ id: 'hash', userId: 'u1', hasUser: true }], hashesOf),
    ]).toEqual([]);
  });

  test.each<[string, Partial<SampledPerson>, string]>([
    ['no sealed number', { sealedNumber: null }, 'unreadable'],
    ['another hash', { phoneKey: 'other' }, 'foreign_number'],
    ['no number document', { keyed: null }, 'no_key'],
    ["somebody else's number document", { keyed: { userId: 'u2', active: true } }, 'foreign_key'],
    ['a number document of nobody', { keyed: { userId: null, active: false } }, 'foreign_key'],
    ['active here and not there', { keyed: { userId: 'u1', active: false } }, 'status_apart'],
    ['no conversation', { hasConversation: false }, 'no_conversation'],
  ])('%s', (_name, change, fault) => {
    expect([...findFaults([person(change)], [], hashesOf)]).toEqual([[fault, ['u1']]]);
  });

  test('PRIV-4: a number that no key of the ring opens is a fault', () => {
    const closed = () => {
      throw new Error('The key of this number is not in PHONE_KEYS.');
    };
    expect([...findFaults([person()], [], closed)]).toEqual([['unreadable', ['u1']]]);
  });

  test('OPS-2: a number that leads to nobody is a fault', () => {
    expect([...findFaults([], [{ id: 'hash', userId: 'u9', hasUser: false }], hashesOf)]).toEqual([
      ['no_user', ['u9']],
    ]);
  });

  test('OPS-2: at most three people are named for each kind of fault', () => {
    const people = ['u1', 'u2', 'u3', 'u4', 'u5'].map((userId) =>
      person({ userId, keyed: { userId, active: true }, hasConversation: false }),
    );
    expect(tell(findFaults(people, [], hashesOf))).toBe(
      'u1, u2, u3 and 2 more: has no conversation, so texts from them are refused until it is there.',
    );
  });
});

describe('OPS-2: the quick check of the security rules', () => {
  const rules = readFileSync(join(import.meta.dirname, '..', '..', 'firestore.rules'), 'utf8');
  const with_ = (line: string) =>
    rules.replace('match /sessions/{sid} {', `${line}\n    match /sessions/{sid} {`);

  test('OPS-2: the deployed rules pass', () => {
    expect(ruleProblems(rules)).toEqual([]);
  });

  test.each([
    ['open to everybody', 'match /users/{id} { allow get: if true; }', ['They allow get to everybody.']],
    ['open without a condition', 'match /users/{id} { allow read; }', ['They allow read to everybody.']],
    ['a write', 'match /users/{id} { allow update: if isLive(); }', ['They let browsers update.']],
    [
      'everything',
      'match /{path=**} { allow read, write: if true; }',
      [
        'They allow read, write to everybody.',
        'They let browsers read, write.',
        'They allow something on every collection.',
      ],
    ],
    ['a comment is no rule', '// match /{path=**} { allow read, write: if true; }', []],
  ])('%s', (_name, line, problems) => {
    expect(ruleProblems(with_(line))).toEqual(problems);
  });

  test('OPS-2: a file that is not rules is a problem', () => {
    expect(ruleProblems('')).toEqual(["They do not say rules_version = '2'.", 'They are not for Firestore.']);
  });
});
