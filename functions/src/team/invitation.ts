import { createHash, randomBytes } from 'node:crypto';
import type { Issuer, Operator, Reset } from './operator.ts';

/** A week: long enough for a holiday, short enough for a link that lies in a mailbox. */
const INVITATION_SECONDS = 7 * 24 * 60 * 60;

/** A one-time link: the token is shown once, and only its hash is kept, with who made it. */
export interface NewInvitation {
  token: string;
  kept: NonNullable<Operator['invitation']>;
}

/** 256 random bits, so that a plain hash of them cannot be searched. */
export function newInvitation(now: Date, by: Issuer): NewInvitation {
  const token = randomBytes(32).toString('base64url');
  return {
    token,
    kept: { hash: invitationHash(token), expiresAt: new Date(now.getTime() + INVITATION_SECONDS * 1000), by },
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

/** Resets that are kept of one operator. */
const KEPT_RESETS = 50;

/** The resets with one more, whose link has not been used. Earlier links that were not used do not work any more. */
export function resetIssued(resets: readonly Reset[] = [], by: string, now: Date): Reset[] {
  return [...resets.filter(({ usedAt }) => usedAt !== null), { by, at: now, usedAt: null }].slice(
    -KEPT_RESETS,
  );
}

/** The resets once a link was used: the newest one, or one from before resets were kept. */
export function resetUsed(resets: readonly Reset[] = [], by: string, now: Date): Reset[] {
  const used = resets.filter(({ usedAt }) => usedAt !== null);
  const issued = resets.find(({ usedAt }) => usedAt === null) ?? { by, at: now };
  return [...used, { ...issued, usedAt: now }].slice(-KEPT_RESETS);
}
