import { appendAudit, type AuditContext } from '../audit/append.ts';
import { holdsPhoneNumber } from './own-words.ts';
import type { PeopleDeps } from './register-person.ts';
import { readUser } from './users-store.ts';

export type Reveal =
  { ok: true; phoneNumber: string } | { ok: false; reason: 'not_found' | 'number_in_reason' };

/**
 * Gives out a person's number (PRIV-3), after the audit log has it, with the reason: when that cannot be written, the
 * number stays hidden.
 */
export async function revealNumber(
  deps: Omit<PeopleDeps, 'clock'>,
  audit: AuditContext,
  userId: string,
  reason: string,
): Promise<Reveal> {
  if (holdsPhoneNumber(reason, deps.config.defaultCountry)) return { ok: false, reason: 'number_in_reason' };
  const user = await readUser(deps.db, userId);
  if (user === null) return { ok: false, reason: 'not_found' };
  const batch = deps.db.batch();
  appendAudit(batch, deps, audit, {
    action: 'person.revealed',
    target: { kind: 'person', id: userId },
    after: { reason },
  });
  await batch.commit();
  return { ok: true, phoneNumber: deps.vault.decrypt(userId, user.phoneNumber) };
}
