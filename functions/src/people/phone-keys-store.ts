import { Timestamp, type DocumentReference, type DocumentSnapshot } from '@google-cloud/firestore';
import { z } from 'zod';
import type { UntextableReason } from '../contract/delivery.ts';
import type { Database } from '../platform/firestore.ts';
import type { Writer } from '../platform/writer.ts';

/**
 * `phoneKeys/{HMAC of the number}`: one read answers who a number belongs to and whether it may be texted. The document
 * outlives its person where it carries an opt-out or a suppression, since those belong to the number.
 */

/** How an opt-out came about: the person's own text, an operator, or the carrier saying so. */
export const OPT_OUT_SOURCES = ['sms', 'operator', 'carrier'] as const;
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

/** What a Firestore handle and a transaction have in common for reading. */
export interface Reader {
  getAll(...references: DocumentReference[]): Promise<DocumentSnapshot[]>;
}

const at = z.instanceof(Timestamp).transform((time) => time.toDate());
const stored = z.object({
  userId: z.string().nullable(),
  active: z.boolean(),
  optedOut: z.object({ at, source: z.enum(OPT_OUT_SOURCES) }).nullable(),
  suppressed: z.object({ at, reason: z.string() }).nullable(),
});

export function phoneKeyRef(db: Database, hash: string): DocumentReference {
  return db.collection('phoneKeys').doc(hash);
}

/** One read. Inside a transaction, pass it as `reader`. */
export async function readPhoneKey(db: Database, hash: string, reader: Reader = db): Promise<PhoneKey | null> {
  const [key] = await readPhoneKeys(db, [hash], reader);
  return key ?? null;
}

/** As many reads as there are hashes, in one round trip; the answer is in their order. */
export async function readPhoneKeys(db: Database, hashes: readonly string[], reader: Reader = db): Promise<(PhoneKey | null)[]> {
  if (hashes.length === 0) return [];
  const snapshots = await reader.getAll(...hashes.map((hash) => phoneKeyRef(db, hash)));
  return snapshots.map((snapshot) => (snapshot.exists ? stored.parse(snapshot.data()) : null));
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

/** Gives a known number to a person, or to nobody; its opt-out and suppression stay. */
export function assignPhoneKey(writer: Writer, db: Database, hash: string, to: Pick<PhoneKey, 'userId' | 'active'>): void {
  writer.update(phoneKeyRef(db, hash), { userId: to.userId, active: to.active });
}

/**
 * Records an opt-out, or with null an opt-in. `known` is what was just read of the number: where nothing is kept of it,
 * an opt-out is kept for the day when it is registered, and an opt-in needs no document.
 */
export function setOptOut(writer: Writer, db: Database, hash: string, known: PhoneKey | null, optedOut: OptOut | null): void {
  if (known !== null) {
    writer.update(phoneKeyRef(db, hash), { optedOut });
  } else if (optedOut !== null) {
    createPhoneKey(writer, db, hash, { userId: null, active: false, optedOut, suppressed: null });
  }
}
