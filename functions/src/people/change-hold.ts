import type { AuditContext } from '../audit/append.ts';
import type { SuppressionAdd, SuppressionItem, SuppressionLift } from '../contract/suppressions.ts';
import { isAlreadyExists, isConflict } from '../platform/errors.ts';
import { retrying } from '../platform/retry.ts';
import { holdsOn } from './list-holds.ts';
import { holdsPhoneNumber } from './own-words.ts';
import { findPhoneKey, holdOf, readPhoneKey } from './phone-keys-store.ts';
import { parsePhoneNumber, type RefusedPhoneNumber } from './phone-number.ts';
import { recordHold } from './record-hold.ts';
import { COMMIT_TRIES, type PeopleDeps } from './register-person.ts';
import { readUser } from './users-store.ts';

export type HoldRefusal =
  | { ok: false; reason: 'not_found' }
  /** The reason contains a phone number, which only the phone number of a person may hold. */
  | { ok: false; reason: 'number_in_reason' }
  | { ok: false; reason: 'number_invalid'; number: RefusedPhoneNumber };

const lostRace = (error: unknown) => isAlreadyExists(error) || isConflict(error);

/**
 * An operator adds an opt-out or suppresses a number (SUPP-3): of a person, or of a number that nobody need be registered
 * with. Where the number is opted out or suppressed already, that stays, with its own reason, and is the answer.
 */
export async function addHold(
  deps: PeopleDeps,
  audit: AuditContext,
  wanted: SuppressionAdd,
): Promise<{ ok: true; item: SuppressionItem } | HoldRefusal> {
  if (holdsPhoneNumber(wanted.reason, deps.config.defaultCountry))
    return { ok: false, reason: 'number_in_reason' };
  const found = await hashOf(deps, wanted);
  if (!found.ok) return found;
  await retrying(COMMIT_TRIES, lostRace, () => commitChange(deps, audit, found.phoneKey, wanted, 'added'));
  const item = (await holdsOn(deps.db, found.phoneKey)).find(({ kind }) => kind === wanted.kind);
  // Somebody else has lifted it at the same moment.
  return item === undefined ? { ok: false, reason: 'not_found' } : { ok: true, item };
}

/** Lifts an opt-out or a suppression. `not_found` when there is none. */
export async function liftHold(
  deps: PeopleDeps,
  audit: AuditContext,
  { id, kind, reason }: SuppressionLift,
): Promise<{ ok: true } | HoldRefusal> {
  if (holdsPhoneNumber(reason, deps.config.defaultCountry)) return { ok: false, reason: 'number_in_reason' };
  const lifted = await retrying(COMMIT_TRIES, lostRace, () =>
    commitChange(deps, audit, id, { kind, reason }, 'lifted'),
  );
  return lifted ? { ok: true } : { ok: false, reason: 'not_found' };
}

async function hashOf(
  deps: PeopleDeps,
  { userId, phoneNumber }: SuppressionAdd,
): Promise<{ ok: true; phoneKey: string } | HoldRefusal> {
  if (userId !== undefined) {
    const user = await readUser(deps.db, userId);
    return user === null ? { ok: false, reason: 'not_found' } : { ok: true, phoneKey: user.phoneKey };
  }
  const number = parsePhoneNumber(phoneNumber ?? '', deps.config.defaultCountry);
  if (!number.ok) return { ok: false, reason: 'number_invalid', number };
  const { hash } = await findPhoneKey(deps.db, deps.vault.hashes(number.e164));
  return { ok: true, phoneKey: hash };
}

async function commitChange(
  deps: PeopleDeps,
  audit: AuditContext,
  phoneKey: string,
  { kind, reason }: Pick<SuppressionLift, 'kind' | 'reason'>,
  change: 'added' | 'lifted',
): Promise<boolean> {
  const known = await readPhoneKey(deps.db, phoneKey);
  if ((change === 'added') === (holdOf(known, kind) !== null)) return false;
  const batch = deps.db.batch();
  const at = deps.clock.now();
  const cause = { source: 'operator', reason, errorCode: null, messageId: null, at } as const;
  recordHold(batch, deps, audit, { kind, change, phoneKey, known, ...cause });
  await batch.commit();
  return true;
}
