import { createHmac } from 'node:crypto';
import type { Role, Scopes } from '../contract/permissions.ts';
import type { OPERATOR_STATUSES, Operator as OperatorItem } from '../contract/team.ts';

export type OperatorStatus = (typeof OPERATOR_STATUSES)[number];

/** An operator as the server keeps it. Never deleted (OP-7). */
export interface Operator {
  id: string;
  /** Lower case. */
  email: string;
  name: string;
  role: Role;
  status: OperatorStatus;
  /** bcrypt; null until they have joined. */
  passwordHash: string | null;
  passwordChangedAt: Date | null;
  /** A pending invitation, or a pending reset of the password; `hash` is of the one-time token. */
  invitation: { hash: string; expiresAt: Date; by?: Issuer | undefined } | null;
  createdAt: Date;
  updatedAt: Date;
  lastSignInAt: Date | null;
  /** Their own undo window before a text leaves (OUT-9); left out while they chose none. */
  undoSeconds?: number | undefined;
  /** Failed sign-ins from before this do not count any more (a reset, or `operators unlock`); left out while none was. */
  unlockedAt?: Date | null | undefined;
  /** Resets of the password by somebody else, oldest first; the operator is told of those of the last two weeks. */
  resets?: readonly Reset[] | undefined;
}

/** Who made a one-time link; `id` is null for the command line. */
export interface Issuer {
  id: string | null;
  label: string;
}

/** A one-time link to a new password: who made it, when, and when it was used. */
export interface Reset {
  by: string;
  at: Date;
  usedAt: Date | null;
}

/** For how long an operator is told of a reset, at every sign-in, whatever they dismissed (OP-7). */
const RESET_SHOWN_SECONDS = 14 * 24 * 60 * 60;

/** The resets that the operator must still be told of at `now`. */
export function recentResets({ resets = [] }: Pick<Operator, 'resets'>, now: Date): Reset[] {
  const since = now.getTime() - RESET_SHOWN_SECONDS * 1000;
  return resets.filter(({ at, usedAt }) => (usedAt ?? at).getTime() > since);
}

/**
 * The id of the operator with this e-mail: opaque without `key`, and the same every time, so that two of one e-mail
 * cannot be, and that sign-in finds the document without a query.
 */
export function operatorId(key: Buffer, email: string): string {
  return `op_${createHmac('sha256', key).update(email.trim().toLowerCase()).digest('hex').slice(0, 24)}`;
}

/** As it crosses the wire: nothing of passwords or invitations, and the e-mail only to those who may see it. */
export function operatorItem(operator: Operator, reader: Scopes): OperatorItem {
  const { id, name, role, status } = operator;
  const email = reader.has('team:emails') ? operator.email : null;
  const lastSignInAt = operator.lastSignInAt?.toISOString() ?? null;
  return { id, email, name, role, status, createdAt: operator.createdAt.toISOString(), lastSignInAt };
}
