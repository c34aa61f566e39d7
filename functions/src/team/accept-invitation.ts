import { appendAudit } from '../audit/append.ts';
import { invitationHash, isInvitationOpen, resetUsed } from './invitation.ts';
import type { Operator } from './operator.ts';
import { operatorsStore } from './operators-store.ts';
import { hashPassword, isAcceptablePassword } from './password.ts';
import { sessionsStore } from './sessions-store.ts';
import type { PasswordDeps } from './sign-in.ts';
import { addressGroup, isLoopback } from './sign-in-throttle.ts';

export type AcceptResult =
  | { kind: 'accepted'; operator: Operator }
  | { kind: 'invalid' }
  | { kind: 'unacceptable' }
  /** There is no room to hash another password right now; the invitation is as it was. */
  | { kind: 'busy' };

interface Acceptance {
  token: string;
  password: string;
}

interface From {
  address: string;
  requestId: string;
}

/**
 * Joins with an invitation, or sets a lost password anew: once, within its week. Any session that the operator still
 * has ends, as with every change of a password, and failed sign-ins of before do not count any more. Whoever holds the
 * token is taken for the invited person; the audit log says who made the link.
 */
export async function acceptInvitation(
  deps: PasswordDeps,
  acceptance: Acceptance,
  from: From,
  now: Date,
): Promise<AcceptResult> {
  if (!isAcceptablePassword(acceptance.password)) return { kind: 'unacceptable' };
  const hash = invitationHash(acceptance.token);
  const invited = await deps.db.runTransaction(
    (transaction) => operatorsStore(deps.db, deps.config).findInvited(transaction, hash),
    { readOnly: true },
  );
  if (invited === null || !isInvitationOpen(invited, now)) return { kind: 'invalid' };
  const address = from.address === '' || isLoopback(from.address) ? null : addressGroup(from.address);
  const leave = deps.passwordGate({ address, account: `${invited.id} join`, known: false });
  if (leave === null) return { kind: 'busy' };
  try {
    const passwordHash = await hashPassword(acceptance.password, deps.bcrypt);
    return await setPassword(deps, { hash, passwordHash }, from, now);
  } finally {
    leave();
  }
}

async function setPassword(
  deps: PasswordDeps,
  { hash, passwordHash }: { hash: string; passwordHash: string },
  from: From,
  now: Date,
): Promise<AcceptResult> {
  const operators = operatorsStore(deps.db, deps.config);
  return deps.db.runTransaction(async (transaction): Promise<AcceptResult> => {
    const operator = await operators.findInvited(transaction, hash);
    if (operator === null || !isInvitationOpen(operator, now)) return { kind: 'invalid' };
    const live = await sessionsStore(deps.db).liveOf(transaction, operator.id, now);
    const issuer = operator.invitation?.by;
    const changes = {
      passwordHash,
      passwordChangedAt: now,
      invitation: null,
      status: 'active',
      updatedAt: now,
      unlockedAt: now,
      ...(operator.passwordHash !== null && {
        resets: resetUsed(operator.resets, issuer?.label ?? 'An admin', now),
      }),
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
        after: { status: 'active', sessionsEnded: live.length, linkBy: issuer?.id ?? issuer?.label ?? null },
      },
    );
    return { kind: 'accepted', operator: { ...operator, ...changes } };
  });
}
