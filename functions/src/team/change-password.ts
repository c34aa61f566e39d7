import { appendAudit, type AuditContext } from '../audit/append.ts';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import { operatorsStore } from './operators-store.ts';
import { hashPassword, isAcceptablePassword, isPassword } from './password.ts';
import type { Session } from './session.ts';
import { sessionsStore } from './sessions-store.ts';
import { signInAttemptsStore } from './sign-in-attempts-store.ts';
import { afterFailure, secondsLocked } from './sign-in-throttle.ts';

export type PasswordChange =
  | { kind: 'changed' }
  | { kind: 'unacceptable' }
  | { kind: 'wrong' }
  | { kind: 'locked'; retryAfterSeconds: number };

export interface PasswordDeps {
  db: Database;
  ids: Ids;
  config: Pick<Config, 'secrets'>;
}

/**
 * Sets one's own password and ends every session of the operator, this one too (OP-2). The current password is asked
 * for, and wrong ones count like failed sign-ins of the account, so that a stolen session cannot guess it.
 */
export async function changePassword(
  deps: PasswordDeps,
  caller: Session,
  passwords: { current: string; next: string },
  audit: AuditContext,
  now: Date,
): Promise<PasswordChange> {
  if (!isAcceptablePassword(passwords.next)) return { kind: 'unacceptable' };
  const operators = operatorsStore(deps.db, deps.config);
  const attempts = signInAttemptsStore(deps.db, deps.config);
  const counter = attempts.reference({ kind: 'account', operatorId: caller.operatorId });

  const [known, snapshot] = await Promise.all([operators.find(caller.operatorId), counter.get()]);
  const early = secondsLocked(attempts.parse(snapshot), now);
  if (early > 0) return { kind: 'locked', retryAfterSeconds: early };
  const right = await isPassword(passwords.current, known?.passwordHash ?? null);
  const passwordHash = right ? await hashPassword(passwords.next) : null;

  return deps.db.runTransaction(async (transaction): Promise<PasswordChange> => {
    const operator = await operators.find(caller.operatorId, transaction);
    const counted = attempts.parse(await transaction.get(counter));
    const live = await sessionsStore(deps.db).liveOf(transaction, caller.operatorId, now);
    const locked = secondsLocked(counted, now);
    if (locked > 0) return { kind: 'locked', retryAfterSeconds: locked };
    if (
      passwordHash === null ||
      operator?.status !== 'active' ||
      operator.passwordHash !== known?.passwordHash
    ) {
      attempts.put(transaction, counter, afterFailure(counted, now), now);
      return { kind: 'wrong' };
    }
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
