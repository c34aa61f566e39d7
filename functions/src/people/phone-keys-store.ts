import type { DocumentReference, DocumentSnapshot, Precondition, Timestamp } from '@google-cloud/firestore';
import type { UntextableReason } from '../contract/delivery.ts';
import { DocumentShapeError } from '../contract/live.ts';
import type { Database } from '../platform/firestore.ts';
import type { Writer } from '../platform/writer.ts';

/**
 * `phoneKeys/{HMAC of the number}`: one read answers who a number belongs to and whether it may be texted. The document
 * outlives its person where it carries an opt-out or a suppression, since those belong to the number.
 *
 * Parsed by hand and not with a schema, because the webhook reads it and must start fast.
 */

/** How an opt-out came about: the person's own text, an operator, or the carrier saying so. */
export const OPT_OUT_SOURCES = ['keyword', 'operator', 'carrier'] as const;
export type OptOutSource = (typeof OPT_OUT_SOURCES)[number];

export interface OptOut {
  at: Date;
  source: OptOutSource;
}

/** A number that cannot be reached for good, with the reason in words. */
export interface Suppression {
  at: Date;
  reason: string;
}

export interface PhoneKey {
  /** Null for a number that nobody is registered with. */
  userId: string | null;
  /** Whether the person is active; false where there is none. */
  active: boolean;
  optedOut: OptOut | null;
  suppressed: Suppression | null;
}

/** `version` guards a commit that rests on what was read here. */
export interface ReadPhoneKey extends PhoneKey {
  version: Timestamp;
}

/** What a Firestore handle and a transaction have in common for reading. */
export interface Reader {
  getAll(...references: DocumentReference[]): Promise<DocumentSnapshot[]>;
}

/** Deleting is not part of what stores can do to each other's commits: a released number alone needs it. */
interface Eraser {
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

/** The first that applies, in this order; null when texts may go to this number. */
export function untextableReason(key: PhoneKey): UntextableReason | null {
  if (key.userId === null || !key.active) return 'inactive';
  if (key.optedOut !== null) return 'opted_out';
  return key.suppressed === null ? null : 'suppressed';
}

/** Keeps a number that was not known. The commit fails with ALREADY_EXISTS when it is. */
export function createPhoneKey(writer: Writer, db: Database, hash: string, key: PhoneKey): void {
  writer.create(phoneKeyRef(db, hash), { ...key });
}

/** Gives a number to a person, or follows their status. What was known of it, its opt-out and suppression, stays. */
export function claimPhoneKey(
  writer: Writer,
  db: Database,
  hash: string,
  known: ReadPhoneKey | null,
  to: { userId: string; active: boolean },
): void {
  if (known === null) createPhoneKey(writer, db, hash, { ...to, optedOut: null, suppressed: null });
  else writer.update(phoneKeyRef(db, hash), { ...to }, { lastUpdateTime: known.version });
}

/**
 * Takes a number from its person. Where somebody opted out with it or it cannot be reached, that stays known, since the
 * number may be registered again; else nothing of it is kept.
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

/**
 * Records an opt-out, or with null an opt-in. `known` is what was just read of the number: where nothing is kept of it,
 * an opt-out is kept for the day when it is registered, and an opt-in needs no document.
 */
export function setOptedOut(
  writer: Writer,
  db: Database,
  hash: string,
  known: PhoneKey | null,
  optedOut: OptOut | null,
): void {
  if (known !== null) {
    writer.update(phoneKeyRef(db, hash), { optedOut });
  } else if (optedOut !== null) {
    createPhoneKey(writer, db, hash, { userId: null, active: false, optedOut, suppressed: null });
  }
}

function phoneKeyFrom(snapshot: DocumentSnapshot): ReadPhoneKey | null {
  const data = snapshot.data();
  const version = snapshot.updateTime;
  if (data === undefined || version === undefined) return null;
  const { userId, active } = data as Record<string, unknown>;
  if (userId !== null && typeof userId !== 'string') throw new DocumentShapeError('userId');
  if (typeof active !== 'boolean') throw new DocumentShapeError('active');
  return {
    userId,
    active,
    optedOut: optOutFrom(data['optedOut']),
    suppressed: suppressionFrom(data['suppressed']),
    version,
  };
}

function optOutFrom(value: unknown): OptOut | null {
  if (value === null) return null;
  const { at, source } = fieldsOf(value, 'optedOut');
  const known = OPT_OUT_SOURCES.find((each) => each === source);
  if (!isTimestamp(at) || known === undefined) throw new DocumentShapeError('optedOut');
  return { at: at.toDate(), source: known };
}

function suppressionFrom(value: unknown): Suppression | null {
  if (value === null) return null;
  const { at, reason } = fieldsOf(value, 'suppressed');
  if (!isTimestamp(at) || typeof reason !== 'string') throw new DocumentShapeError('suppressed');
  return { at: at.toDate(), reason };
}

function fieldsOf(value: unknown, field: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new DocumentShapeError(field);
  return { ...value };
}

function isTimestamp(value: unknown): value is Timestamp {
  return (
    typeof value === 'object' && value !== null && 'toDate' in value && typeof value.toDate === 'function'
  );
}
