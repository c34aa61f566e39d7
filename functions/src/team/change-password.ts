import { appendAudit, type AuditContext } from '../audit/append.ts';
import { operatorsStore } from './operators-store.ts';
import { hashPassword, isAcceptablePassword, isPassword } from './password.ts';
import { attemptCounter } from './record-attempt.ts';
import type { Session } from './session.ts';
import { sessionsStore } from './sessions-store.ts';
import type { PasswordDeps } from './sign-in.ts';

export type PasswordChange =
  | { kind: 'changed' }
  | { kind: 'unacceptable' }
  | { kind: 'wrong' }
  | { kind: 'locked'; retryAfterSeconds: number }
  /** There is no room for another comparison right now; nothing was counted. */
  | { kind: 'busy' };

/**
 * Sets one's own password and ends every session of the operator, this one too (OP-2). The current password is asked
 * for, and wrong ones are counted like failed sign-ins, so that a stolen session cannot guess it.
 */
export async function changePassword(
  deps: PasswordDeps,
  caller: Session,
  passwords: { current: string; next: string },
  audit: AuditContext,
  now: Date,
): Promise<PasswordChange> {
  if (!isAcceptablePassword(passwords.next)) return { kind: 'unacceptable' };
  const leave = deps.passwordGate({ address: null, account: `${caller.operatorId} session`, known: true });
  if (leave === null) return { kind: 'busy' };
  try {
    return await compareAndChange(deps, caller, passwords, audit, now);
  } finally {
    leave();
  }
}

async function compareAndChange(
  deps: PasswordDeps,
  { operatorId }: Session,
  passwords: { current: string; next: string },
  audit: AuditContext,
  now: Date,
): Promise<PasswordChange> {
  const operators = operatorsStore(deps.db, deps.config);
  const known = await operators.find(operatorId);
  const counter = attemptCounter(deps, operatorId, [{ kind: 'session', operatorId }]);
  const begun = await counter.begin(known, now);
  if (begun.kind === 'locked') return { kind: 'locked', retryAfterSeconds: begun.seconds };
  if (begun.kind === 'busy') return { kind: 'busy' };
  const right = await isPassword(passwords.current, known?.passwordHash ?? null, deps.bcrypt);
  const passwordHash = right ? await hashPassword(passwords.next, deps.bcrypt) : null;

  return deps.db.runTransaction(async (transaction): Promise<PasswordChange> => {
    const operator = await operators.find(operatorId, transaction);
    const { counters, counts } = await counter.ending(transaction);
    const live = await sessionsStore(deps.db).liveOf(transaction, operatorId, now);
    if (!counts) return { kind: 'busy' };
    if (
      passwordHash === null ||
      operator?.status !== 'active' ||
      operator.passwordHash !== known?.passwordHash
    ) {
      counter.failed(transaction, counters, operator, now);
      return { kind: 'wrong' };
    }
    counter.succeeded(transaction, counters, now);
    // A pending reset goes with the old password: whoever holds its link could undo this change.
    operators.change(transaction, operator.id, {
      passwordHash,
      passwordChangedAt: now,
      invitation: null,
      updatedAt: now,
    });
    for (const session of live) sessionsStore(deps.db).end(transaction, session.id, now, 'password_changed');
    appendAudit(transaction, deps, audit, {
      action: 'operator.password_changed',
      target: { kind: 'operator', id: operator.id },
      after: { sessionsEnded: live.length },
    });
    return { kind: 'changed' };
  });
}
