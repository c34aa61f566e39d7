import { appendAudit } from '../audit/append.ts';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import { invitationHash, isInvitationOpen } from './invitation.ts';
import type { Operator } from './operator.ts';
import { operatorsStore } from './operators-store.ts';
import { hashPassword, isAcceptablePassword } from './password.ts';
import { sessionsStore } from './sessions-store.ts';

export type AcceptResult =
  { kind: 'accepted'; operator: Operator } | { kind: 'invalid' } | { kind: 'unacceptable' };

/**
 * Joins with an invitation, or sets a lost password anew: once, within its week. Any session that the operator still
 * has ends, as with every change of a password. Whoever holds the token is taken for the invited person.
 */
export async function acceptInvitation(
  deps: { db: Database; ids: Ids; config: Pick<Config, 'secrets'> },
  acceptance: { token: string; password: string },
  from: { address: string; requestId: string },
  now: Date,
): Promise<AcceptResult> {
  if (!isAcceptablePassword(acceptance.password)) return { kind: 'unacceptable' };
  const operators = operatorsStore(deps.db, deps.config);
  const hash = invitationHash(acceptance.token);
  const find = () =>
    deps.db.runTransaction((transaction) => operators.findInvited(transaction, hash), { readOnly: true });
  const invited = await find();
  if (invited === null || !isInvitationOpen(invited, now)) return { kind: 'invalid' };
  const passwordHash = await hashPassword(acceptance.password);

  return deps.db.runTransaction(async (transaction): Promise<AcceptResult> => {
    const operator = await operators.findInvited(transaction, hash);
    if (operator === null || !isInvitationOpen(operator, now)) return { kind: 'invalid' };
    const live = await sessionsStore(deps.db).liveOf(transaction, operator.id, now);
    const changes = {
      passwordHash,
      passwordChangedAt: now,
      invitation: null,
      status: 'active',
      updatedAt: now,
    } as const;
    operators.change(transaction, operator.id, changes);
    for (const session of live) sessionsStore(deps.db).end(transaction, session.id, now, 'password_changed');
    const actor = { kind: 'operator', id: operator.id, label: operator.name } as const;
    appendAudit(
      transaction,
      deps,
      { actor, address: from.address === '' ? null : from.address, requestId: from.requestId },
      {
        action: operator.status === 'invited' ? 'operator.joined' : 'operator.password_changed',
        target: { kind: 'operator', id: operator.id },
        before: { status: operator.status },
        after: { status: 'active', sessionsEnded: live.length },
      },
    );
    return { kind: 'accepted', operator: { ...operator, ...changes } };
  });
}
