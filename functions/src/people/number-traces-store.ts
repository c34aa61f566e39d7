import type { DocumentReference, QuerySnapshot } from '@google-cloud/firestore';
import { HOLD_KINDS } from '../contract/consent.ts';
import type { Database } from '../platform/firestore.ts';
import { derivedId } from '../platform/ids.ts';
import type { Writer } from '../platform/writer.ts';
import { createConsentEvent } from './consent-events-store.ts';
import {
  holdOf,
  phoneKeyRef,
  readPhoneKeys,
  type Eraser,
  type PhoneKey,
  type ReadPhoneKey,
} from './phone-keys-store.ts';

/**
 * Everything that names a number by its hash, for numbers whose forms older versions filed apart: the documents in
 * `phoneKeys`, and the consent events and flagged messages that point to one.
 */
export interface NumberTraces {
  /** The hash that the number is filed under from now on. */
  hash: string;
  known: ReadPhoneKey | null;
  /** What lies under each older hash. */
  older: { hash: string; known: ReadPhoneKey | null; references: DocumentReference[] }[];
}

export const POINTING = ['consentEvents', 'revocations'] as const;
/** Of each kind, for one number and in one commit: far more than one number ever has. */
const MAX_REFERENCES = 150;

/** One read for a number with one form; for one with an older form another, and one for each document that points to it. */
export async function readTraces(
  db: Database,
  [hash, ...older]: readonly [string, ...string[]],
): Promise<NumberTraces> {
  const [known = null, ...keys] = await readPhoneKeys(db, [hash, ...older]);
  const found = older.map(async (each, index) => ({
    hash: each,
    known: keys[index] ?? null,
    references: await pointingTo(db, each),
  }));
  return { hash, known, older: await Promise.all(found) };
}

async function pointingTo(db: Database, hash: string): Promise<DocumentReference[]> {
  const found = POINTING.map((name) => queryPointing(db, name, hash));
  return (await Promise.all(found)).flatMap(({ docs }) => docs.map(({ ref }) => ref));
}

/** The documents of one kind that name a number by this hash: one read for each, at least one. */
export async function queryPointing(
  db: Database,
  name: (typeof POINTING)[number],
  hash: string,
): Promise<QuerySnapshot> {
  return db.collection(name).where('phoneKey', '==', hash).limit(MAX_REFERENCES).select().get();
}

/** Whether anything lies under an older hash. */
export function hasOlderTraces({ older }: NumberTraces): boolean {
  return older.some(({ known, references }) => known !== null || references.length > 0);
}

/** Everybody who has a form of this number. */
export function ownersOf({ known, older }: NumberTraces): string[] {
  const owners = [known, ...older.map((each) => each.known)].flatMap((key) => key?.userId ?? []);
  return [...new Set(owners)];
}

/** What holds messages back from any form of the number: an opt-out of one is an opt-out of all. */
export function holdsOfAll({ known, older }: NumberTraces): Pick<PhoneKey, 'optedOut' | 'suppressed'> {
  const keys = [known, ...older.map((each) => each.known)];
  const first = (kind: (typeof HOLD_KINDS)[number]) =>
    keys.map((key) => holdOf(key, kind)).find((hold) => hold !== null) ?? null;
  return { optedOut: first('opted_out'), suppressed: first('suppressed') };
}

/**
 * Files everything of the older forms under the number's hash; the caller writes the document there, with `holdsOfAll`.
 * The commit fails when a document of an older form has changed since it was read.
 */
export function moveTraces(writer: Writer & Eraser, db: Database, traces: NumberTraces, now: Date): void {
  for (const { hash, known, references } of traces.older) {
    if (known !== null) writer.delete(phoneKeyRef(db, hash), { lastUpdateTime: known.version });
    for (const reference of references) writer.update(reference, { phoneKey: traces.hash });
  }
  if (traces.known !== null) recordTakenOver(writer, db, traces, now);
}

/** A hold that the number's own document did not have gets an event, since that document's newest one says otherwise. */
function recordTakenOver(writer: Writer, db: Database, traces: NumberTraces, now: Date): void {
  const holds = { ...holdsOfAll(traces), userId: traces.known?.userId ?? null, active: false };
  for (const kind of HOLD_KINDS) {
    const hold = holdOf(holds, kind);
    if (hold === null || holdOf(traces.known, kind) !== null) continue;
    const id = derivedId('h_', 'form', kind, traces.hash, hold.at.toISOString());
    createConsentEvent(writer, db, id, {
      ...hold,
      at: now,
      kind,
      change: 'added',
      reason: 'It was recorded under another form of the same number.',
      operatorId: null,
      messageId: null,
      phoneKey: traces.hash,
      userId: holds.userId,
    });
  }
}
