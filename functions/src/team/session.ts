import type { Role } from '../contract/permissions.ts';

/** Why a session is no longer live before its 4 hours are over. */
export const END_REASONS = ['signed_out', 'ended', 'deactivated', 'password_changed'] as const;
export type EndReason = (typeof END_REASONS)[number];

/** A session as the server keeps it. `role` and `operator` follow changes of the operator while it lives. */
export interface Session {
  id: string;
  operatorId: string;
  /** The operator's name. */
  operator: string;
  role: Role;
  startedAt: Date;
  /** A whole second. */
  endsAt: Date;
  endedAt: Date | null;
  endReason: EndReason | null;
  address: string;
  device: string;
}

export type SessionState = 'live' | 'expired' | 'ended';

/** Whether a session counts at `now`: its last instant is the one before `endsAt`, whatever the activity (OP-2). */
export function sessionState(session: Pick<Session, 'endsAt' | 'endedAt'>, now: Date): SessionState {
  if (now.getTime() >= session.endsAt.getTime()) return 'expired';
  return session.endedAt === null ? 'live' : 'ended';
}
