import { appendAudit, type AuditContext } from '../audit/append.ts';
import type { Role } from '../contract/permissions.ts';
import type { InviteOperator } from '../contract/team.ts';
import type { Config } from '../platform/config.ts';
import { isAlreadyExists } from '../platform/errors.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import { newInvitation } from './invitation.ts';
import { mayGiveRole } from './operator-change.ts';
import type { Operator } from './operator.ts';
import { operatorsStore } from './operators-store.ts';

export type InviteResult =
  | { kind: 'invited'; operator: Operator; token: string; expiresAt: Date }
  | { kind: 'taken' }
  | { kind: 'denied' };

/**
 * Adds an operator who has yet to join (OP-7). `inviter` is the role of who invites; the command line, which holds the
 * project's own credentials, invites as an owner.
 */
export async function inviteOperator(
  deps: { db: Database; ids: Ids; config: Pick<Config, 'secrets'> },
  inviter: Role,
  invitation: InviteOperator,
  audit: AuditContext,
  now: Date,
): Promise<InviteResult> {
  if (!mayGiveRole(inviter, invitation.role)) return { kind: 'denied' };
  const operators = operatorsStore(deps.db, deps.config);
  const { token, kept } = newInvitation(now, audit.actor);
  const operator: Operator = {
    id: operators.idOf(invitation.email),
    email: invitation.email,
    name: invitation.name,
    role: invitation.role,
    status: 'invited',
    passwordHash: null,
    passwordChangedAt: null,
    invitation: kept,
    createdAt: now,
    updatedAt: now,
    lastSignInAt: null,
  };
  const batch = deps.db.batch();
  operators.add(batch, operator);
  appendAudit(batch, deps, audit, {
    action: 'operator.invited',
    target: { kind: 'operator', id: operator.id },
    after: { role: operator.role },
  });
  try {
    await batch.commit();
  } catch (error) {
    if (isAlreadyExists(error)) return { kind: 'taken' };
    throw error;
  }
  return { kind: 'invited', operator, token, expiresAt: kept.expiresAt };
}
