import {
  Timestamp,
  type DocumentReference,
  type DocumentSnapshot,
  type Precondition,
} from '@google-cloud/firestore';
import { CONSENT_SOURCES, type ConsentSource, type HoldKind } from '../contract/consent.ts';
import type { UntextableReason } from '../contract/delivery.ts';
import { storedFields, type StoredFields } from '../contract/stored.ts';
import type { Database } from '../platform/firestore.ts';
import type { Reader } from '../platform/reader.ts';
import type { Writer } from '../platform/writer.ts';

/**
 * `phoneKeys/{HMAC of the number}`: one read answers who a number belongs to and whether it may be texted. The document
 * outlives its person where it carries an opt-out or a suppression, since those belong to the number.
 *
 * Parsed by hand and not with a schema, because the webhook reads it and must start fast.
 */

/** Why nobody may text a number: an opt-out, or a suppression (SUPP-1). */
export interface Hold {
  at: Date;
  source: ConsentSource;
  /** In words, or null. Never holds a phone number. */
  reason: string | null;
  /** The carrier's code that caused it. */
  errorCode: number | null;
  /** The operator's name then, or null. */
  operator: string | null;
}

export interface PhoneKey {
  /** Null for a number that nobody is registered with. */
  userId: string | null;
  /** Whether the person is active; false where there is none. */
  active: boolean;
  optedOut: Hold | null;
  suppressed: Hold | null;
}

/** `version` guards a commit that rests on what was read here. */
export interface ReadPhoneKey extends PhoneKey {
  version: Timestamp;
}

/** Deleting is not part of what stores can do to each other's commits: only documents of numbers are deleted. */
export interface Eraser {
  delete(reference: DocumentReference, precondition?: Precondition): unknown;
}

export function phoneKeyRef(db: Database, hash: string): DocumentReference {
  return db.collection('phoneKeys').doc(hash);
}

/** One read. Pass the transaction as `reader` inside one. Throws DocumentShapeError. */
export async function readPhoneKey(
  db: Database,
  hash: string,
  reader: Reader = db,
): Promise<ReadPhoneKey | null> {
  const [key] = await readPhoneKeys(db, [hash], reader);
  return key ?? null;
}

/** What is kept of a number, and the hash that it is kept under. */
export interface FoundPhoneKey {
  hash: string;
  phoneKey: ReadPhoneKey | null;
}

/**
 * What is kept of an address (`vault.hashes`): under its hash, else under one that older versions gave another form of
 * it. One read; one more where nothing is there and the address has other forms. Throws DocumentShapeError.
 */
export async function findPhoneKey(
  db: Database,
  [hash, ...older]: readonly [string, ...string[]],
): Promise<FoundPhoneKey> {
  const phoneKey = await readPhoneKey(db, hash);
  if (phoneKey !== null || older.length === 0) return { hash, phoneKey };
  const keys = await readPhoneKeys(db, older);
  const found = keys.findIndex((key) => key !== null);
  return found < 0 ? { hash, phoneKey } : { hash: older[found] ?? hash, phoneKey: keys[found] ?? null };
}

/** As many reads as there are hashes, in one round trip; the answer is in their order. Throws DocumentShapeError. */
export async function readPhoneKeys(
  db: Database,
  hashes: readonly string[],
  reader: Reader = db,
): Promise<(ReadPhoneKey | null)[]> {
  if (hashes.length === 0) return [];
  const snapshots = await reader.getAll(...hashes.map((hash) => phoneKeyRef(db, hash)));
  return snapshots.map((snapshot) => phoneKeyFrom(snapshot));
}

/** The first that applies, in this order; null when this number may be texted. */
export function untextableReason(key: PhoneKey): UntextableReason | null {
  if (key.userId === null || !key.active) return 'inactive';
  if (key.optedOut !== null) return 'opted_out';
  return key.suppressed === null ? null : 'suppressed';
}

/** Writes the first document of a number. The commit fails with ALREADY_EXISTS when there is one. */
export function createPhoneKey(writer: Writer, db: Database, hash: string, key: PhoneKey): void {
  writer.create(phoneKeyRef(db, hash), { ...key });
}

/** Gives a number to a person, or follows their status. Its opt-out and suppression stay, or are those given with it. */
export function claimPhoneKey(
  writer: Writer,
  db: Database,
  hash: string,
  known: ReadPhoneKey | null,
  to: { userId: string; active: boolean } & Partial<Pick<PhoneKey, 'optedOut' | 'suppressed'>>,
): void {
  if (known === null) createPhoneKey(writer, db, hash, { optedOut: null, suppressed: null, ...to });
  else writer.update(phoneKeyRef(db, hash), { ...to }, { lastUpdateTime: known.version });
}

/**
 * Takes a number from its person. An opt-out or a suppression stays, since the number may be registered again; without
 * either, nothing of the number is kept.
 */
export function releasePhoneKey(
  writer: Writer & Eraser,
  db: Database,
  hash: string,
  known: ReadPhoneKey,
): void {
  const guard = { lastUpdateTime: known.version };
  if (known.optedOut === null && known.suppressed === null) writer.delete(phoneKeyRef(db, hash), guard);
  else writer.update(phoneKeyRef(db, hash), { userId: null, active: false }, guard);
}

const FIELDS = { opted_out: 'optedOut', suppressed: 'suppressed' } as const satisfies Record<
  HoldKind,
  string
>;

/** The opt-out of a number, or its suppression; null where there is none. */
export function holdOf(key: PhoneKey | null, kind: HoldKind): Hold | null {
  return key === null ? null : key[FIELDS[kind]];
}

/**
 * Writes an opt-out or a suppression, or with null lifts it. `known` is what was just read of the number; the commit
 * fails when that has changed. A number that nothing is kept of gets a document, for the day when it is registered; to
 * lift needs none. Call it through record-hold.ts, which adds the event and the audit entry.
 */
export function writeHold(
  writer: Writer,
  db: Database,
  hash: string,
  known: ReadPhoneKey | null,
  kind: HoldKind,
  hold: Hold | null,
): void {
  if (known !== null) {
    writer.update(phoneKeyRef(db, hash), { [FIELDS[kind]]: hold }, { lastUpdateTime: known.version });
  } else if (hold !== null) {
    const nobody = { userId: null, active: false, optedOut: null, suppressed: null };
    createPhoneKey(writer, db, hash, { ...nobody, [FIELDS[kind]]: hold });
  }
}

/** Changes nothing. The commit fails when what is known of the number has changed since it was read. */
export function guardPhoneKey(writer: Writer, db: Database, hash: string, known: ReadPhoneKey): void {
  writer.update(phoneKeyRef(db, hash), { active: known.active }, { lastUpdateTime: known.version });
}

/** A number with a hold, as the pages list it. */
export interface HeldNumber {
  /** The keyed hash. */
  id: string;
  userId: string | null;
  hold: Hold;
}

/** Numbers with a hold of this kind, newest first: one read for each. */
export async function queryHolds(
  db: Database,
  kind: HoldKind,
  after: { time: Date; id: string } | null,
  limit: number,
): Promise<HeldNumber[]> {
  let query = db
    .collection('phoneKeys')
    .orderBy(`${FIELDS[kind]}.at`, 'desc')
    .orderBy('__name__', 'desc')
    .limit(limit);
  if (after !== null) query = query.startAfter(Timestamp.fromDate(after.time), after.id);
  const { docs } = await query.get();
  return docs.flatMap((each) => {
    const key = phoneKeyFrom(each);
    const hold = holdOf(key, kind);
    return key === null || hold === null ? [] : [{ id: each.id, userId: key.userId, hold }];
  });
}

function phoneKeyFrom(snapshot: DocumentSnapshot): ReadPhoneKey | null {
  const version = snapshot.updateTime;
  if (!snapshot.exists || version === undefined) return null;
  const key = storedFields(snapshot.data()).require('userId', 'optedOut', 'suppressed');
  return {
    userId: key.textOrNull('userId'),
    active: key.flag('active'),
    optedOut: holdFrom(key.partOrNull('optedOut')),
    suppressed: holdFrom(key.partOrNull('suppressed')),
    version,
  };
}

/** Holds of before the consent events have a time, and a source or a reason only. */
function holdFrom(hold: StoredFields | null): Hold | null {
  if (hold === null) return null;
  return {
    at: hold.instant('at'),
    source: hold.oneOfOrNull('source', CONSENT_SOURCES) ?? 'carrier',
    reason: hold.textOrNull('reason'),
    errorCode: hold.numberOrNull('errorCode'),
    operator: hold.textOrNull('operator'),
  };
}
