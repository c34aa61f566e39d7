import {
  Timestamp,
  type DocumentReference,
  type DocumentSnapshot,
  type QueryDocumentSnapshot,
  type Transaction,
} from '@google-cloud/firestore';
import type { OutgoingStatus } from '../contract/delivery.ts';
import { DocumentShapeError, outgoingFromDocument } from '../contract/live.ts';
import type { OutgoingEdit, OutgoingItem } from '../contract/messages.ts';
import { countSegments } from '../contract/segments.ts';
import type { Database } from '../platform/firestore.ts';
import type { Reader } from '../platform/reader.ts';
import type { Writer } from '../platform/writer.ts';
import { EARLIER, type Charges } from '../limits/charges.ts';
import {
  AT_FIRST,
  QUEUED_CHECK_SECONDS,
  type Delivery,
  type HistoryEntry,
  type Lease,
} from './delivery-status.ts';
import { wordsOf } from '../platform/words.ts';

/**
 * `outgoingMessages/{id}`: the outgoing log, which is also the outbox. Only the fields of `Delivery` ever change
 * (LOG-3), and the words of what has not been sent yet, of which `edits` keeps the earlier ones. Parsed by hand and not
 * with a schema, because the webhook reads it and must start fast.
 */

export const OUTGOING = 'outgoingMessages';

/** An operator's message as it is accepted. */
export interface NewOutgoing {
  id: string;
  queuedAt: Date;
  userId: string;
  /** The person's label now; the log keeps it as it was. */
  recipient: string;
  body: string;
  operatorId: string;
  operator: string;
  /** What the idempotency key was used for. */
  requestHash: string;
  requestId: string;
  /** What the commit charges for it; nothing for a message that no limit counts. */
  charges?: Charges;
  /** When it is sent, and the zone that this was given in; null to send it at once. */
  due?: { at: Date; timeZone: string | null } | null;
}

/** An entry as the code that moves it sees it. */
export interface Outgoing {
  id: string;
  item: OutgoingItem;
  delivery: Delivery;
  charges: Charges;
  /** Null for automatic replies. */
  requestHash: string | null;
  requestId: string;
  /** Guards an update that rests on what was read. */
  version: Timestamp;
}

export function outgoingRef(db: Database, id: string): DocumentReference {
  return db.collection(OUTGOING).doc(id);
}

/** The state in which an entry begins: `scheduled` with a named zone, `held` for an undo window. */
export function firstStatus(due: Required<NewOutgoing>['due']): 'scheduled' | 'held' | 'queued' {
  if (due === null) return 'queued';
  return due.timeZone === null ? 'held' : 'scheduled';
}

/** The commit fails with ALREADY_EXISTS when the id was used before (OUT-5). */
export function createOutgoing(
  writer: Writer,
  db: Database,
  { id, due = null, charges = {}, ...entry }: NewOutgoing,
): void {
  const queuedAt = Timestamp.fromDate(entry.queuedAt);
  const status = firstStatus(due);
  const checkAt = due?.at ?? new Date(entry.queuedAt.getTime() + QUEUED_CHECK_SECONDS * 1000);
  writer.create(outgoingRef(db, id), {
    ...AT_FIRST,
    ...entry,
    charges,
    kind: 'operator',
    queuedAt,
    status,
    ...textFields(entry.body),
    history: [{ status, at: queuedAt, source: 'operator', note: null, errorCode: null }],
    edits: [],
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

/**
 * Writes what a move has changed. Outside a transaction give the `version` that was read: the commit then fails with
 * FAILED_PRECONDITION when somebody else has moved the entry meanwhile.
 */
export function writeDelivery(
  writer: Writer,
  db: Database,
  id: string,
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

/** Entries of unknown outcome to one person, at most MOST_UNDECIDED: a read each, at least one. */
export async function findUndecidedOf(
  db: Database,
  userId: string,
  transaction: Transaction,
): Promise<Outgoing[]> {
  const query = db
    .collection(OUTGOING)
    .where('userId', '==', userId)
    .where('status', 'in', ['sending', 'unconfirmed'])
    .limit(MOST_UNDECIDED);
  return (await transaction.get(query)).docs.map(outgoingFrom);
}

function outgoingFrom(snapshot: DocumentSnapshot): Outgoing {
  const data: Record<string, unknown> = snapshot.data() ?? {};
  const item = outgoingFromDocument(snapshot.id, data);
  const { attempts, requestHash, requestId } = data;
  if (typeof attempts !== 'number') throw new DocumentShapeError('attempts');
  if (requestHash !== null && typeof requestHash !== 'string') throw new DocumentShapeError('requestHash');
  if (typeof requestId !== 'string') throw new DocumentShapeError('requestId');
  if (snapshot.updateTime === undefined) throw new DocumentShapeError('updateTime');
  const delivery: Delivery = {
    status: item.status,
    attempts,
    lease: leaseFrom(data['lease']),
    checkAt: dateOrNull(data['checkAt'] ?? null, 'checkAt'),
    dueAt: item.dueAt === null ? null : new Date(item.dueAt),
    timeZone: item.timeZone,
    resends: item.resends,
    attention: item.attention === null ? null : { ...item.attention, since: new Date(item.attention.since) },
    sentAt: item.sentAt === null ? null : new Date(item.sentAt),
    providerId: item.providerId,
    errorCode: item.errorCode,
    errorReason: item.errorReason,
    price: item.price,
    history: item.history.map((each): HistoryEntry => ({ ...each, at: new Date(each.at) })),
  };
  const charges = chargesFrom(data['charges'], item.segments);
  return { id: snapshot.id, item, delivery, charges, requestHash, requestId, version: snapshot.updateTime };
}

function chargesFrom(value: unknown, segments: number): Charges {
  if (value === undefined) return { [EARLIER]: segments };
  const entries = Object.entries(typeof value === 'object' && value !== null ? value : { charges: null });
  return Object.fromEntries(
    entries.map(([day, charged]: [string, unknown]) => {
      if (typeof charged !== 'number') throw new DocumentShapeError('charges');
      return [day, charged];
    }),
  );
}

function leaseFrom(value: unknown): Lease | null {
  if (value === null) return null;
  const { until, attempt, holder }: Record<string, unknown> =
    typeof value === 'object' && value !== null ? { ...value } : {};
  const date = dateOrNull(until, 'lease');
  if (date === null || typeof attempt !== 'number' || typeof holder !== 'string')
    throw new DocumentShapeError('lease');
  return { until: date, attempt, holder };
}

function dateOrNull(value: unknown, field: string): Date | null {
  if (value === null) return null;
  if (!(value instanceof Timestamp)) throw new DocumentShapeError(field);
  return value.toDate();
}

function timestampOrNull(date: Date | null): Timestamp | null {
  return date === null ? null : Timestamp.fromDate(date);
}
