import { createHash, randomBytes } from 'node:crypto';
import type { Operator } from './operator.ts';

/** A week: long enough for a holiday, short enough for a link that lies in a mailbox. */
export const INVITATION_SECONDS = 7 * 24 * 60 * 60;

/** What an invitation leaves behind: the token is shown once, and only its hash is kept. */
export interface NewInvitation {
  token: string;
  kept: NonNullable<Operator['invitation']>;
}

/** 256 random bits, so that a plain hash of them cannot be searched. */
export function newInvitation(now: Date): NewInvitation {
  const token = randomBytes(32).toString('base64url');
  return {
    token,
    kept: { hash: invitationHash(token), expiresAt: new Date(now.getTime() + INVITATION_SECONDS * 1000) },
  };
}

export function invitationHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Whether an operator may use their pending invitation at `now`. */
export function isInvitationOpen(operator: Pick<Operator, 'status' | 'invitation'>, now: Date): boolean {
  return (
    operator.status !== 'deactivated' &&
    operator.invitation !== null &&
    now.getTime() < operator.invitation.expiresAt.getTime()
  );
}
