import { expect, test } from 'vitest';
import { isScope, may, PERMISSIONS, ROLE_SCOPES, ROLES } from '../../functions/src/contract/permissions.ts';

test('OP-6: the roles are sets of scopes, each with all of the one before it', () => {
  expect(ROLES.map((role) => [role, ROLE_SCOPES[role].size])).toEqual([
    ['viewer', 7],
    ['operator', 12],
    ['admin', 19],
    ['owner', 20],
  ]);
  for (const [index, role] of ROLES.entries())
    for (const below of ROLES.slice(0, index))
      expect([...ROLE_SCOPES[below]].filter((scope) => !ROLE_SCOPES[role].has(scope))).toEqual([]);
});

test('OP-6: a role has a permission where it reaches the lowest role of the table', () => {
  for (const [scope, lowest] of Object.entries(PERMISSIONS)) {
    if (!isScope(scope)) throw new Error(scope);
    expect(ROLES.filter((role) => may(role, scope))).toEqual(ROLES.slice(ROLES.indexOf(lowest)));
  }
});

test('ACC-2: only names of the table are scopes', () => {
  expect(['people:read', 'people:everything', 'toString', '__proto__', ''].map(isScope)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
});
