import type { Transaction } from '@google-cloud/firestore';
import { appendAudit, type AuditContext } from '../audit/append.ts';
import type { Role } from '../contract/permissions.ts';
import type { OperatorPatch } from '../contract/team.ts';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import { newInvitation, resetIssued, type NewInvitation } from './invitation.ts';
import { decideOperatorChange, type AcceptedChange, type ChangeRefusal } from './operator-change.ts';
import type { Operator } from './operator.ts';
import { operatorsStore } from './operators-store.ts';
import type { Session } from './session.ts';
import { sessionsStore } from './sessions-store.ts';

export type ChangeResult =
  | { kind: 'changed'; operator: Operator; invitation: NewInvitation | null }
  | ChangeRefusal
  | { kind: 'not_found' };

/**
 * Changes an operator, and in the same commit their live sessions: a new role counts from the next request on, and a
 * deactivated operator has none left (OP-2).
 */
export async function changeOperator(
  deps: { db: Database; ids: Ids; config: Pick<Config, 'secrets'> },
  caller: { operatorId: string; role: Role },
  operatorId: string,
  patch: OperatorPatch,
  audit: AuditContext,
  now: Date,
): Promise<ChangeResult> {
  const operators = operatorsStore(deps.db, deps.config);
  const sessions = sessionsStore(deps.db);
  return deps.db.runTransaction(async (transaction): Promise<ChangeResult> => {
    const target = await operators.find(operatorId, transaction);
    if (target === null) return { kind: 'not_found' };
    const owners = await operators.activeOwners(transaction);
    const live = await sessions.liveOf(transaction, target.id, now);
    const change = decideOperatorChange(
      caller,
      target,
      patch,
      owners.filter((id) => id !== target.id).length,
    );
    if (change.kind !== 'accepted') return change;

    const made = change.reinvite ? newInvitation(now, audit.actor) : null;
    const resets = made !== null && target.passwordHash !== null;
    // A deactivated operator's open invitation ends with everything else.
    const invitation = made !== null ? made.kept : change.status === 'deactivated' ? null : target.invitation;
    const fields = {
      name: change.name,
      role: change.role,
      status: change.status,
      invitation,
      updatedAt: now,
      // Told to them at their next sign-ins, whoever opens the link.
      ...(resets && { resets: resetIssued(target.resets, audit.actor.label, now) }),
    };
    operators.change(transaction, target.id, fields);
    carry(deps, transaction, live, change, now);
    record(deps, transaction, audit, { target, change, ended: change.sessions === 'end' ? live.length : 0 });
    return { kind: 'changed', operator: { ...target, ...fields }, invitation: made };
  });
}

function carry(
  deps: { db: Database },
  transaction: Transaction,
  live: readonly Session[],
  change: AcceptedChange,
  now: Date,
): void {
  const sessions = sessionsStore(deps.db);
  for (const session of live) {
    if (change.sessions === 'end') sessions.end(transaction, session.id, now, 'deactivated');
    else if (change.sessions === 'follow')
      sessions.follow(transaction, session.id, { role: change.role, operator: change.name });
  }
}

/** Roles and statuses before and after; a name only as a field that changed, since names are personal data. */
function record(
  deps: { db: Database; ids: Ids },
  transaction: Transaction,
  audit: AuditContext,
  { target, change, ended }: { target: Operator; change: AcceptedChange; ended: number },
): void {
  const on = { kind: 'operator', id: target.id } as const;
  const fields = (['name', 'role', 'status'] as const).filter((field) => target[field] !== change[field]);
  if (fields.length > 0) {
    appendAudit(transaction, deps, audit, {
      action: 'operator.changed',
      target: on,
      before: { role: target.role, status: target.status },
      after: { role: change.role, status: change.status, fields, sessionsEnded: ended },
    });
  }
  if (change.reinvite) {
    appendAudit(transaction, deps, audit, {
      action: 'operator.invited',
      target: on,
      after: { role: change.role, again: true, reset: target.passwordHash !== null },
    });
  }
}
