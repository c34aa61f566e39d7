import {
  Timestamp,
  type DocumentReference,
  type QueryDocumentSnapshot,
  type Transaction,
} from '@google-cloud/firestore';
import type { OutgoingStatus } from '../contract/delivery.ts';
import { DocumentShapeError } from '../contract/live.ts';
import type { OutgoingEdit, OutgoingItem } from '../contract/messages.ts';
import { countSegments } from '../contract/segments.ts';
import type { Database } from '../platform/firestore.ts';
import type { Reader } from '../platform/reader.ts';
import type { Writer } from '../platform/writer.ts';
import type { Charges } from '../limits/charges.ts';
import { AT_FIRST, QUEUED_CHECK_SECONDS, SILENCE_SECONDS, type Delivery } from './delivery-status.ts';
import type { Eraser } from '../people/phone-keys-store.ts';
import { deleteMessageNumber, needsNumber } from './message-numbers-store.ts';
import { originFields, sourceOf } from './entry-origin.ts';
import type { Origin, To } from './origin.ts';
import { outgoingFrom, type Outgoing } from './outgoing-document.ts';
import { wordsOf } from '../platform/words.ts';

/**
 * `outgoingMessages/{id}`: the outgoing log, which is also the outbox. Only the fields of `Delivery` ever change
 * (LOG-3), and the words of what has not been sent yet, of which `edits` keeps the earlier ones. Parsed by hand and not
 * with a schema, because the webhook reads it and must start fast.
 */

export const OUTGOING = 'outgoingMessages';

export type { Outgoing };

/** A message as it enters the log, whoever sends it. */
export interface NewEntry {
  id: string;
  queuedAt: Date;
  origin: Origin;
  /** The label as it is now; the log keeps it as it was. */
  to: To;
  body: string;
  /** What the idempotency key was used for; null for automatic replies. */
  requestHash: string | null;
  requestId: string;
  /** What the commit charges for it; nothing for a message that no limit counts. */
  charges?: Charges;
  /** When it is sent, and the zone that this was given in; null to send it at once. */
  due?: { at: Date; timeZone: string | null } | null;
}

export function outgoingRef(db: Database, id: string): DocumentReference {
  return db.collection(OUTGOING).doc(id);
}

/** The state in which an entry begins: `scheduled` with a named zone, `held` for an undo window. */
export function firstStatus(due: Required<NewEntry>['due']): 'scheduled' | 'held' | 'queued' {
  if (due === null) return 'queued';
  return due.timeZone === null ? 'held' : 'scheduled';
}

/**
 * The one writer of entries. The commit fails with ALREADY_EXISTS when the id was used before (OUT-5). An automatic reply
 * leaves with the webhook's own answer, not by a task: it starts as `sending`, without a lease, so that no worker takes it
 * up, and the carrier's callbacks move it on.
 */
export function createEntry(
  writer: Writer,
  db: Database,
  { id, origin, to, due = null, charges = {}, ...entry }: NewEntry,
): void {
  const queuedAt = Timestamp.fromDate(entry.queuedAt);
  const answers = origin.kind === 'auto_reply';
  const status = answers ? 'sending' : firstStatus(due);
  const note = answers ? 'Given to the carrier in answer to a text.' : null;
  const seconds = answers ? (SILENCE_SECONDS.sending ?? 0) : QUEUED_CHECK_SECONDS;
  const checkAt = due?.at ?? new Date(entry.queuedAt.getTime() + seconds * 1000);
  writer.create(outgoingRef(db, id), {
    ...AT_FIRST,
    ...entry,
    ...originFields(origin),
    userId: to.kind === 'person' ? to.userId : null,
    recipient: to.label,
    charges,
    queuedAt,
    status,
    ...textFields(entry.body),
    history: [{ status, at: queuedAt, source: sourceOf(origin), note, errorCode: null }],
    edits: [],
    attempts: answers ? 1 : 0,
    checkAt: Timestamp.fromDate(checkAt),
    dueAt: timestampOrNull(due?.at ?? null),
    timeZone: due?.timeZone ?? null,
  });
}

/** One read; null when there is no such entry. Inside a transaction, pass it as `reader`. Throws DocumentShapeError. */
export async function readOutgoing(db: Database, id: string, reader: Reader = db): Promise<Outgoing | null> {
  const [snapshot] = await reader.getAll(outgoingRef(db, id));
  return snapshot?.exists === true ? outgoingFrom(snapshot) : null;
}

/** As many reads as there are ids, in one round trip; those that exist. Throws DocumentShapeError. */
export async function readOutgoingOf(db: Database, ids: readonly string[]): Promise<Map<string, Outgoing>> {
  if (ids.length === 0) return new Map();
  const snapshots = await db.getAll(...ids.map((id) => outgoingRef(db, id)));
  return new Map(snapshots.flatMap((each) => (each.exists ? [[each.id, outgoingFrom(each)] as const] : [])));
}

/**
 * Writes what a move has changed; a number that it does not need any more is deleted with it. Outside a transaction give the `version` that was read: the commit then fails with
 * FAILED_PRECONDITION when somebody else has moved the entry meanwhile.
 */
export function writeDelivery(
  writer: Writer & Eraser,
  db: Database,
  { id, item }: { id: string; item: Pick<OutgoingItem, 'userId'> },
  next: Delivery,
  version?: Timestamp,
): void {
  const change = {
    ...next,
    lease: next.lease === null ? null : { ...next.lease, until: Timestamp.fromDate(next.lease.until) },
    checkAt: timestampOrNull(next.checkAt),
    dueAt: timestampOrNull(next.dueAt),
    attention:
      next.attention === null ? null : { ...next.attention, since: Timestamp.fromDate(next.attention.since) },
    sentAt: timestampOrNull(next.sentAt),
    history: next.history.map((each) => ({ ...each, at: Timestamp.fromDate(each.at) })),
  };
  const reference = outgoingRef(db, id);
  if (version === undefined) writer.update(reference, change);
  else writer.update(reference, change, { lastUpdateTime: version });
  if (item.userId === null && !needsNumber(next.status)) deleteMessageNumber(writer, db, id);
}

/** What an edit changes in an entry besides its delivery: the words, unless null; the earlier ones; its charges. */
export interface Rewrite {
  body: string | null;
  edits: readonly OutgoingEdit[];
  charges: Charges;
}

/** The caller's transaction warrants that the entry has not been sent yet. */
export function writeEdit(writer: Writer, db: Database, id: string, { body, edits, charges }: Rewrite): void {
  const kept = edits.map(({ at, dueAt, ...edit }) => ({
    ...edit,
    at: Timestamp.fromDate(new Date(at)),
    dueAt: timestampOrNull(dueAt === null ? null : new Date(dueAt)),
  }));
  const text = body === null ? {} : { body, ...textFields(body) };
  writer.update(outgoingRef(db, id), { ...text, edits: kept, charges });
}

export function writeCharges(writer: Writer, db: Database, id: string, charges: Charges): void {
  writer.update(outgoingRef(db, id), { charges });
}

/** What follows from the words of a message. */
function textFields(body: string) {
  const { segments, encoding } = countSegments(body);
  return { segments, encoding, words: wordsOf(body) };
}

/** Some of the entries that are due for a move, the longest due first. */
export interface Overdue {
  entries: Outgoing[];
  /** Ids of documents that are not shaped as an entry. They must not hold up the others. */
  unreadable: string[];
  /** Where the next page begins; null when this was the last. */
  next: QueryDocumentSnapshot | null;
}

/** Entries in one of these states whose `checkAt` has passed: as many reads as are found, at least one. */
export async function findOverdue(
  db: Database,
  statuses: readonly OutgoingStatus[],
  now: Date,
  limit: number,
  after: Overdue['next'] = null,
): Promise<Overdue> {
  const query = db
    .collection(OUTGOING)
    .where('status', 'in', statuses)
    .where('checkAt', '<=', Timestamp.fromDate(now))
    .orderBy('checkAt')
    .limit(limit);
  const { docs } = await (after === null ? query : query.startAfter(after)).get();
  const overdue: Overdue = { entries: [], unreadable: [], next: docs[limit - 1] ?? null };
  for (const document of docs) {
    try {
      overdue.entries.push(outgoingFrom(document));
    } catch (error) {
      if (!(error instanceof DocumentShapeError)) throw error;
      overdue.unreadable.push(document.id);
    }
  }
  return overdue;
}

/** Firestore's ceiling for the values of one `in`. */
const MOST_VALUES = 30;

/** Which of the carrier's messages are already followed by an entry: a read for each that is, at least one. */
export async function findWithProviderIds(
  db: Database,
  providerIds: readonly string[],
  transaction: Transaction,
): Promise<Set<string>> {
  const taken = new Set<string>();
  for (let start = 0; start < providerIds.length; start += MOST_VALUES) {
    const some = providerIds.slice(start, start + MOST_VALUES);
    const query = db.collection(OUTGOING).where('providerId', 'in', some).select('providerId');
    for (const document of (await transaction.get(query)).docs) taken.add(String(document.get('providerId')));
  }
  return taken;
}

/** As many lost messages of one person are looked through; who has more has trouble that no list can clear up. */
export const MOST_UNDECIDED = 30;

/** Entries of unknown outcome to one person, or to nobody registered, at most MOST_UNDECIDED: a read each, at least one. */
export async function findUndecidedOf(
  db: Database,
  userId: string | null,
  transaction: Transaction,
): Promise<Outgoing[]> {
  const query = db
    .collection(OUTGOING)
    .where('userId', '==', userId)
    .where('status', 'in', ['sending', 'unconfirmed'])
    .limit(MOST_UNDECIDED);
  return (await transaction.get(query)).docs.map(outgoingFrom);
}

function timestampOrNull(date: Date | null): Timestamp | null {
  return date === null ? null : Timestamp.fromDate(date);
}
