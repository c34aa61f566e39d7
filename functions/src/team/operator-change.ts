import { may, type Role } from '../contract/permissions.ts';
import type { OperatorPatch } from '../contract/team.ts';
import type { Operator } from './operator.ts';

/** Roles that only `team:roles` gives: who could give these could give themselves everything. */
const GUARDED: readonly Role[] = ['admin', 'owner'];

/** Whether an operator of role `giver` may add somebody with `role`. */
export function mayGiveRole(giver: Role, role: Role): boolean {
  return may(giver, 'team:write') && (may(giver, 'team:roles') || !GUARDED.includes(role));
}

/** Whether a session may be ended: one's own, or with `sessions:any` anybody's but an owner's, which takes an owner. */
export function mayEndSession(
  caller: { operatorId: string; role: Role },
  session: { operatorId: string; role: Role },
): boolean {
  if (session.operatorId === caller.operatorId) return true;
  return may(caller.role, 'sessions:any') && (session.role !== 'owner' || may(caller.role, 'team:roles'));
}

export type ChangeRefusal =
  | { kind: 'denied'; message: string }
  | { kind: 'last_owner' }
  | { kind: 'not_now'; field: 'status' | 'reinvite'; message: string };

/** What the operator is after the change; `sessions` says what happens to their live ones. */
export interface AcceptedChange {
  kind: 'accepted';
  name: string;
  role: Role;
  status: Operator['status'];
  reinvite: boolean;
  sessions: 'keep' | 'follow' | 'end';
}

const denied = (message: string): ChangeRefusal => ({ kind: 'denied', message });

/**
 * Nobody but an owner may pass for somebody else: a name is what messages and the audit log show, a new link gives the
 * whole account, and a role that comes back with an activation is a role that is given.
 */
function refusedByRole(
  caller: { operatorId: string; role: Role },
  target: Operator,
  patch: OperatorPatch,
): ChangeRefusal | null {
  const owner = may(caller.role, 'team:roles');
  const self = caller.operatorId === target.id;
  if (!may(caller.role, 'team:write')) return denied('Only an admin changes operators.');
  if (target.role === 'owner' && !owner) return denied('Only an owner changes an owner.');
  if (patch.name !== undefined && patch.name !== target.name && !owner)
    return denied('Only an owner changes names.');
  if (patch.role !== undefined && patch.role !== target.role && !owner)
    return denied('Only an owner changes roles.');
  if (patch.status === 'deactivated' && self) return denied('Ask somebody else to deactivate you.');
  if (patch.status === 'active' && target.status === 'deactivated' && !mayGiveRole(caller.role, target.role))
    return denied('Only an owner activates an admin.');
  if (patch.reinvite === true && self) return denied('Change your own password instead.');
  // Whoever gets the link gets the role.
  if (patch.reinvite === true && !mayGiveRole(caller.role, patch.role ?? target.role))
    return denied('Only an owner makes a link for an admin or owner.');
  return null;
}

function nextStatus(target: Operator, patch: OperatorPatch): Operator['status'] {
  if (patch.status === undefined || patch.status === target.status) return target.status;
  if (patch.status === 'deactivated') return 'deactivated';
  return target.passwordHash === null ? 'invited' : 'active';
}

/**
 * What a patch makes of an operator (OP-6, OP-7). `otherOwners` is how many active owners there are besides the target:
 * the last one can neither step down nor be deactivated, or nobody could ever give roles again.
 */
export function decideOperatorChange(
  caller: { operatorId: string; role: Role },
  target: Operator,
  patch: OperatorPatch,
  otherOwners: number,
): AcceptedChange | ChangeRefusal {
  const refused = refusedByRole(caller, target, patch);
  if (refused !== null) return refused;
  const name = patch.name ?? target.name;
  const role = patch.role ?? target.role;
  const status = nextStatus(target, patch);
  const reinvite = patch.reinvite === true;
  if (patch.status === 'active' && target.status === 'invited') {
    return { kind: 'not_now', field: 'status', message: 'They become active when they join.' };
  }
  if (reinvite && status === 'deactivated') {
    return { kind: 'not_now', field: 'reinvite', message: 'Activate them first.' };
  }
  const wasOwner = target.role === 'owner' && target.status === 'active';
  if (wasOwner && (role !== 'owner' || status !== 'active') && otherOwners === 0)
    return { kind: 'last_owner' };
  const renamed = role !== target.role || name !== target.name;
  return {
    kind: 'accepted',
    name,
    role,
    status,
    reinvite,
    sessions: status !== 'active' ? 'end' : renamed ? 'follow' : 'keep',
  };
}
