import { ROLES, may, type Role } from '../../../functions/src/contract/permissions.ts';

/** The roles in words. What each may do is decided by the contract's one table; these are only the words for it. */
export const ROLE_WORDS: Readonly<Record<Role, { name: string; meaning: string }>> = {
  viewer: { name: 'Viewer', meaning: 'Reads messages, people, opt-outs, settings, the team and health.' },
  operator: {
    name: 'Operator',
    meaning: 'Also sends messages, adds and edits people, looks up phone numbers, and records opt-outs.',
  },
  admin: {
    name: 'Admin',
    meaning:
      'Also changes settings, lifts opt-outs, reveals numbers, invites and deactivates operators, ends sessions, and reads the audit log.',
  },
  owner: { name: 'Owner', meaning: 'Can also change anyone’s name and role.' },
};

/** The roles that someone of role `giver` may give: those that could give themselves everything need an owner. */
export function rolesToGive(giver: Role): readonly Role[] {
  return may(giver, 'team:roles') ? ROLES : ROLES.filter((role) => !may(role, 'team:write'));
}
