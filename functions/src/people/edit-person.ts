import { appendAudit, type AuditContext } from '../audit/append.ts';
import type { Person, PersonPatch } from '../contract/people.ts';
import { relabelConversation } from '../conversations/conversations-store.ts';
import { isAlreadyExists, isConflict } from '../platform/errors.ts';
import { retrying } from '../platform/retry.ts';
import { fieldsWithPhoneNumbers } from './own-words.ts';
import { auditedChange, changesOf } from './person-change.ts';
import { toPerson } from './person.ts';
import { holdsOfAll, moveTraces, ownersOf, readTraces, type NumberTraces } from './number-traces-store.ts';
import { claimPhoneKey, readPhoneKey, releasePhoneKey, type ReadPhoneKey } from './phone-keys-store.ts';
import { parsePhoneNumber, type ParsedPhoneNumber } from './phone-number.ts';
import { recordEvidence } from './record-hold.ts';
import { COMMIT_TRIES, numberFields, type PeopleDeps, type PersonRefusal } from './register-person.ts';
import { completeUser, readUser, updateUser, type ReadUser, type User } from './users-store.ts';

export type Edit = { ok: true; person: Person } | PersonRefusal | { ok: false; reason: 'not_found' };

/**
 * Changes what the patch names and nothing else, so that two operators who edit different fields at once both succeed.
 * A new number moves the person from one `phoneKeys` document to the other in the same commit; opt-outs stay with the
 * old number, and one of the new number counts from now on. Another form of the same number changes only what is dialled.
 * A patch that changes nothing writes nothing.
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
  const { db, vault } = deps;
  const before = await readUser(db, wanted.userId);
  if (before === null) return { ok: false, reason: 'not_found' };
  const { version: _version, ...kept } = before;
  const changes = changesOf(before, wanted.patch);
  const hashes = wanted.number === null ? null : vault.hashes(wanted.number.e164);
  const traces = hashes === null || hashes.includes(before.phoneKey) ? null : await readTraces(db, hashes);
  const oldKey = await readPhoneKey(db, before.phoneKey);
  const isTheirs = oldKey?.userId === before.id;
  const owner = (traces === null ? [oldKey?.userId ?? null] : ownersOf(traces)).find(
    (id) => id !== before.id,
  );
  // A number can be this person's already, when a rival edit has moved it since the first read: the commit then fails.
  // One that belongs to somebody else is in the way of what needs it, and of nothing else.
  const needsNumber = wanted.number !== null || changes.status === 'active';
  if (typeof owner === 'string' && needsNumber) return { ok: false, reason: 'number_taken', userId: owner };
  const now = deps.clock.now();
  const number = wanted.number === null ? {} : numberChange(vault, before, wanted.number, { isTheirs, now });
  const after = completeUser({ ...kept, ...changes, ...number, updatedAt: now });
  const names = [
    ...(after.phoneNumber === before.phoneNumber ? [] : ['phoneNumber']),
    ...Object.keys(changes),
  ];
  if (names.length === 0) return { ok: true, person: toPerson(before, oldKey) };
  await commitEdit(deps, audit, { before, after, oldKey, traces, names });
  const known = traces === null ? oldKey : holdsOfAll(traces);
  return { ok: true, person: toPerson(after, keyAfter(after, known)) };
}

/** What a written number changes of a person: nothing when it is the one that they have, in the form that is dialled. */
function numberChange(
  vault: PeopleDeps['vault'],
  before: User,
  number: ParsedPhoneNumber,
  { isTheirs, now }: { isTheirs: boolean; now: Date },
): Partial<ReturnType<typeof numberFields>> & { numberSince?: Date } {
  const fields = numberFields(vault, before.id, number);
  if (!vault.hashes(number.e164).includes(before.phoneKey)) return { ...fields, numberSince: now };
  if (isTheirs && isSealed(vault, before, number.e164)) return {};
  return { ...fields, phoneKey: before.phoneKey };
}

/** Whether this is what lies sealed; a number that cannot be opened is another one. */
function isSealed(vault: PeopleDeps['vault'], { id, phoneNumber }: User, number: string): boolean {
  try {
    return vault.decrypt(id, phoneNumber) === number;
  } catch {
    return false;
  }
}

/** Whether nobody else has the number. */
const owns = (key: ReadPhoneKey | null, { id }: User) => (key?.userId ?? id) === id;

function keyAfter(user: User, known: Partial<Pick<ReadPhoneKey, 'optedOut' | 'suppressed'>> | null) {
  return { optedOut: null, suppressed: null, ...known, userId: user.id, active: user.status === 'active' };
}

async function commitEdit(
  deps: PeopleDeps,
  audit: AuditContext,
  edit: {
    before: ReadUser;
    after: User;
    oldKey: ReadPhoneKey | null;
    /** Of the number that they get; null where they keep theirs. */
    traces: NumberTraces | null;
    names: string[];
  },
): Promise<void> {
  const { before, after, oldKey, traces, names } = edit;
  const { db } = deps;
  const batch = db.batch();
  updateUser(batch, db, before, after);
  const owner = { userId: after.id, active: after.status === 'active' };
  if (traces !== null) {
    claimPhoneKey(batch, db, traces.hash, traces.known, { ...owner, ...holdsOfAll(traces) });
    moveTraces(batch, db, traces, after.updatedAt);
    if (oldKey?.userId === after.id) releasePhoneKey(batch, db, before.phoneKey, oldKey);
  } else if (owns(oldKey, after) && (after.status !== before.status || names.includes('phoneNumber'))) {
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
