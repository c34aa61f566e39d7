import { createHmac } from 'node:crypto';
import type { Role } from '../contract/permissions.ts';
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
  invitation: { hash: string; expiresAt: Date } | null;
  createdAt: Date;
  updatedAt: Date;
  lastSignInAt: Date | null;
  /** Their own undo window before a text leaves (OUT-9); left out while they chose none. */
  undoSeconds?: number | undefined;
}

/**
 * The id of the operator with this e-mail: opaque without `key`, and the same every time, so that two of one e-mail
 * cannot be, and that sign-in finds the document without a query.
 */
export function operatorId(key: Buffer, email: string): string {
  return `op_${createHmac('sha256', key).update(email.trim().toLowerCase()).digest('hex').slice(0, 24)}`;
}

/** As it crosses the wire: nothing of passwords or invitations. */
export function operatorItem(operator: Operator): OperatorItem {
  const { id, email, name, role, status } = operator;
  const lastSignInAt = operator.lastSignInAt?.toISOString() ?? null;
  return { id, email, name, role, status, createdAt: operator.createdAt.toISOString(), lastSignInAt };
}
