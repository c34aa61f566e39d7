import type { PasswordReset } from '../../../functions/src/contract/team.ts';
import { dateTime } from './format-time.ts';

/**
 * What somebody is told who signs in after others made links to a new password of theirs; null without any. All of them
 * in one text, so that none can be pushed away by the next.
 */
export function resetWords(resets: readonly PasswordReset[], locale?: string): string | null {
  if (resets.length === 0) return null;
  const told = resets.map(({ by, at, usedAt }) =>
    usedAt === null
      ? `${by} made a link to reset your password on ${dateTime(new Date(at), locale)}; it has not been used.`
      : `Your password was reset by ${by} on ${dateTime(new Date(usedAt), locale)}.`,
  );
  return `${told.join(' ')} If you did not ask for this, tell an owner.`;
}
