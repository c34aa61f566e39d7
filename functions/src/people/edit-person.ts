import { appendAudit, type AuditContext } from '../audit/append.ts';
import type { Person, PersonPatch } from '../contract/people.ts';
import { relabelConversation } from '../messaging/conversations-store.ts';
import { isAlreadyExists, isConflict } from '../platform/errors.ts';
import { retrying } from '../platform/retry.ts';
import { fieldsWithPhoneNumbers } from './own-words.ts';
import { auditedChange, changesOf } from './person-change.ts';
import { toPerson } from './person.ts';
import { claimPhoneKey, readPhoneKeys, releasePhoneKey, type ReadPhoneKey } from './phone-keys-store.ts';
import { parsePhoneNumber, type ParsedPhoneNumber } from './phone-number.ts';
import { recordEvidence } from './record-hold.ts';
import { COMMIT_TRIES, numberFields, type PeopleDeps, type PersonRefusal } from './register-person.ts';
import { completeUser, readUser, updateUser, type ReadUser, type User } from './users-store.ts';

export type Edit = { ok: true; person: Person } | PersonRefusal | { ok: false; reason: 'not_found' };

/**
 * Changes what the patch names and nothing else, so that two operators who edit different fields at once both succeed.
 * The audit log has what changed, without personal data. A new number moves the person from one `phoneKeys` document to
 * the other in the same commit; opt-outs stay with the old number, and one of the new number counts from now on. A patch
 * that changes nothing writes nothing.
 */
export async function editPerson(
  deps: PeopleDeps,
  audit: AuditContext,
  userId: string,
  patch: PersonPatch,
): Promise<Edit> {
  const { phoneNumber, ...fields } = patch;
  const number = phoneNumber === undefined ? null : parsePhoneNumber(phoneNumber, deps.config.defaultCountry);
  if (number?.ok === false) return { ok: false, reason: 'number_invalid', number };
  const elsewhere = fieldsWithPhoneNumbers(fields, deps.config.defaultCountry);
  if (elsewhere.length > 0) return { ok: false, reason: 'number_elsewhere', fields: elsewhere };
  const lostRace = (error: unknown) => isAlreadyExists(error) || isConflict(error);
  return retrying(COMMIT_TRIES, lostRace, () => editOnce(deps, audit, { userId, patch, number }));
}

async function editOnce(
  deps: PeopleDeps,
  audit: AuditContext,
  wanted: { userId: string; patch: PersonPatch; number: ParsedPhoneNumber | null },
): Promise<Edit> {
  const before = await readUser(deps.db, wanted.userId);
  if (before === null) return { ok: false, reason: 'not_found' };
  const { version: _version, ...kept } = before;
  const changes = changesOf(before, wanted.patch);
  const moves = wanted.number !== null && deps.vault.hash(wanted.number.e164) !== before.phoneKey;
  const now = deps.clock.now();
  const number =
    moves && wanted.number !== null
      ? { ...numberFields(deps.vault, before.id, wanted.number), numberSince: now }
      : {};
  const after = completeUser({ ...kept, ...changes, ...number, updatedAt: now });
  const [oldKey = null, newKey = null] = await readPhoneKeys(deps.db, [
    ...new Set([before.phoneKey, after.phoneKey]),
  ]);
  // The number can be this person's already, when a rival edit has moved it since the first read: the commit then fails.
  const owner = newKey?.userId ?? null;
  if (owner !== null && owner !== before.id) return { ok: false, reason: 'number_taken', userId: owner };
  if (!moves && Object.keys(changes).length === 0) return { ok: true, person: toPerson(before, oldKey) };
  await commitEdit(deps, audit, { before, after, oldKey, newKey });
  return { ok: true, person: toPerson(after, keyAfter(after, moves ? newKey : oldKey)) };
}

function keyAfter(user: User, known: ReadPhoneKey | null) {
  return { optedOut: null, suppressed: null, ...known, userId: user.id, active: user.status === 'active' };
}

async function commitEdit(
  deps: PeopleDeps,
  audit: AuditContext,
  edit: {
    before: ReadUser;
    after: User;
    oldKey: ReadPhoneKey | null;
    newKey: ReadPhoneKey | null;
  },
): Promise<void> {
  const { before, after, oldKey, newKey } = edit;
  const { db } = deps;
  const batch = db.batch();
  updateUser(batch, db, before, after);
  const owner = { userId: after.id, active: after.status === 'active' };
  if (after.phoneKey !== before.phoneKey) {
    claimPhoneKey(batch, db, after.phoneKey, newKey, owner);
    if (oldKey?.userId === after.id) releasePhoneKey(batch, db, before.phoneKey, oldKey);
  } else if (after.status !== before.status) {
    claimPhoneKey(batch, db, after.phoneKey, oldKey, owner);
  }
  const change = auditedChange(before, after);
  if (change.after.fields.includes('consent'))
    recordEvidence(batch, deps, audit, { user: after, at: after.updatedAt });
  if (after.label !== before.label) relabelConversation(batch, db, after.id, after.label);
  appendAudit(batch, deps, audit, {
    action: 'person.changed',
    target: { kind: 'person', id: after.id },
    ...change,
  });
  await batch.commit();
}
