import { appendAudit, type AuditContext } from '../audit/append.ts';
import type { Person, PersonCreate } from '../contract/people.ts';
import { createConversation } from '../conversations/conversations-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import { isAlreadyExists, isConflict } from '../platform/errors.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import type { PhoneVault } from '../platform/phone-vault.ts';
import { retrying } from '../platform/retry.ts';
import { fieldsWithPhoneNumbers } from './own-words.ts';
import { auditedChange } from './person-change.ts';
import { toPerson } from './person.ts';
import { holdsOfAll, moveTraces, ownersOf, readTraces } from './number-traces-store.ts';
import { claimPhoneKey } from './phone-keys-store.ts';
import { parsePhoneNumber, type ParsedPhoneNumber, type RefusedPhoneNumber } from './phone-number.ts';
import { recordEvidence } from './record-hold.ts';
import { completeUser, createUser, type User } from './users-store.ts';

/** What the use cases that write people need. */
export interface PeopleDeps {
  db: Database;
  clock: Clock;
  ids: Ids;
  vault: PhoneVault;
  config: Pick<Config, 'defaultCountry'>;
}

/** Why a person cannot be kept as written. */
export type PersonRefusal =
  | { ok: false; reason: 'number_invalid'; number: RefusedPhoneNumber }
  /** Somebody else has this number: the person with this id. */
  | { ok: false; reason: 'number_taken'; userId: string }
  /** These fields contain a phone number, which only `phoneNumber` may. */
  | { ok: false; reason: 'number_elsewhere'; fields: string[] };

export type Registration = { ok: true; person: Person } | PersonRefusal;

/** Tries of a commit that lost a race; each round has a winner, so it takes this many rivals to fail one. */
export const COMMIT_TRIES = 40;

/**
 * Adds a person: number, document, conversation and audit entry in one commit (PPL-1). `phoneKeys` makes the number
 * unique, in whatever form, however many add it at once: `create()` lets one through. A number that opted out before it
 * was registered, in any of its forms, keeps its opt-out.
 */
export async function registerPerson(
  deps: PeopleDeps,
  audit: AuditContext,
  input: PersonCreate,
): Promise<Registration> {
  const { phoneNumber, ...fields } = input;
  const number = parsePhoneNumber(phoneNumber, deps.config.defaultCountry);
  if (!number.ok) return { ok: false, reason: 'number_invalid', number };
  const elsewhere = fieldsWithPhoneNumbers(fields, deps.config.defaultCountry);
  if (elsewhere.length > 0) return { ok: false, reason: 'number_elsewhere', fields: elsewhere };
  const user = newUser(deps, number, fields);
  const lostRace = (error: unknown) => isAlreadyExists(error) || isConflict(error);
  const hashes = deps.vault.hashes(number.e164);
  return retrying(COMMIT_TRIES, lostRace, () => registerOnce(deps, audit, user, hashes));
}

function newUser(
  deps: PeopleDeps,
  number: ParsedPhoneNumber,
  fields: Omit<PersonCreate, 'phoneNumber'>,
): User {
  const id = deps.ids.next();
  const now = deps.clock.now();
  return completeUser({
    ...fields,
    ...numberFields(deps.vault, id, number),
    id,
    consent: fields.consent === null ? null : { ...fields.consent, at: new Date(fields.consent.at) },
    createdAt: now,
    updatedAt: now,
  });
}

/** Everything that a person's document keeps of their number. */
export function numberFields(vault: PhoneVault, userId: string, number: ParsedPhoneNumber) {
  return {
    phoneNumber: vault.encrypt(userId, number.e164),
    phoneKey: vault.hash(number.e164),
    last4: number.last4,
    maskedPhone: number.masked,
  };
}

async function registerOnce(
  deps: PeopleDeps,
  audit: AuditContext,
  user: User,
  hashes: [string, ...string[]],
): Promise<Registration> {
  const { db } = deps;
  const traces = await readTraces(db, hashes);
  const [taken] = ownersOf(traces);
  if (taken !== undefined) return { ok: false, reason: 'number_taken', userId: taken };
  const holds = holdsOfAll(traces);
  const owner = { userId: user.id, active: user.status === 'active' };
  const batch = db.batch();
  claimPhoneKey(batch, db, user.phoneKey, traces.known, { ...owner, ...holds });
  moveTraces(batch, db, traces, user.createdAt);
  createUser(batch, db, user);
  createConversation(batch, db, user.id, user.label);
  if (user.consent !== null) recordEvidence(batch, deps, audit, { user, at: user.createdAt });
  appendAudit(batch, deps, audit, {
    action: 'person.added',
    target: { kind: 'person', id: user.id },
    after: {
      ...auditedChange(null, user).after,
      status: user.status,
      optedOut: holds.optedOut !== null,
    },
  });
  await batch.commit();
  return { ok: true, person: toPerson(user, { ...holds, ...owner }) };
}
