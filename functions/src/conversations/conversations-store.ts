import { FieldValue, Timestamp, type DocumentReference } from '@google-cloud/firestore';
import { DocumentShapeError } from '../contract/live.ts';
import type { Database } from '../platform/firestore.ts';
import type { Reader } from '../platform/reader.ts';
import type { Writer } from '../platform/writer.ts';

/** One conversation a person. `version` guards an update that rests on what was read here. */
export interface Conversation {
  label: string;
  autoReplies: Date[];
  /** Times of operators' messages, as the limit of a person counts them (OUT-11). */
  operatorTexts: Date[];
  version: Timestamp;
}

export function conversationRef(db: Database, userId: string): DocumentReference {
  return db.collection('conversations').doc(userId);
}

/** One read; null when there is none. */
export async function readConversation(
  db: Database,
  userId: string,
  reader: Reader = db,
): Promise<Conversation | null> {
  const [snapshot] = await reader.getAll(conversationRef(db, userId));
  if (snapshot?.exists !== true || snapshot.updateTime === undefined) return null;
  const label: unknown = snapshot.get('label');
  if (typeof label !== 'string') throw new DocumentShapeError('label');
  return {
    label,
    autoReplies: instants(snapshot.get('autoReplies'), 'autoReplies'),
    // Conversations of before it was counted have none.
    operatorTexts: instants(snapshot.get('operatorTexts') ?? [], 'operatorTexts'),
    version: snapshot.updateTime,
  };
}

function instants(value: unknown, field: string): Date[] {
  if (!Array.isArray(value)) throw new DocumentShapeError(field);
  return value.map((at: unknown) => {
    if (!(at instanceof Timestamp)) throw new DocumentShapeError(field);
    return at.toDate();
  });
}

/** Made in the commit that makes the person. */
export function createConversation(writer: Writer, db: Database, userId: string, label: string): void {
  writer.create(conversationRef(db, userId), {
    label,
    lastText: '',
    lastAt: null,
    lastDirection: null,
    unread: 0,
    autoReplies: [],
    operatorTexts: [],
    state: 'open',
  });
}

/** The person has another name, or another number where they have no name. */
export function relabelConversation(writer: Writer, db: Database, userId: string, label: string): void {
  writer.update(conversationRef(db, userId), { label });
}

/** A message came in. Fails the commit when the conversation has changed since `read`, so that the loop guard counts right. */
export function recordIncomingText(
  writer: Writer,
  db: Database,
  userId: string,
  read: Conversation,
  text: { body: string; at: Date; autoReplies: Date[] },
): void {
  const change = {
    lastText: text.body,
    lastAt: Timestamp.fromDate(text.at),
    lastDirection: 'in',
    unread: FieldValue.increment(1),
    autoReplies: text.autoReplies.map((at) => Timestamp.fromDate(at)),
    state: 'open',
  };
  writer.update(conversationRef(db, userId), change, { lastUpdateTime: read.version });
}

/**
 * Times of operators' messages to a person, with the one that is being accepted. `version` is of the conversation that the
 * others were read from, and guards the commit: of two messages at once the later one counts the first.
 */
export interface CountedTexts {
  times: readonly Date[];
  version: Timestamp;
}

/** A message was accepted for sending and counted. The person's conversation must exist. */
export function recordOutgoingText(
  writer: Writer,
  db: Database,
  userId: string,
  text: { body: string; at: Date },
  counted: CountedTexts | null,
): void {
  const last = { lastText: text.body, lastAt: Timestamp.fromDate(text.at), lastDirection: 'out' };
  updateCounted(writer, db, userId, { ...last, unread: 0 }, counted);
}

/** One of the person's messages was given back, or one more goes out, in the transaction that has read the others. */
export function writeOperatorTexts(
  writer: Writer,
  db: Database,
  userId: string,
  times: readonly Date[],
): void {
  const operatorTexts = times.map((at) => Timestamp.fromDate(at));
  writer.update(conversationRef(db, userId), { operatorTexts });
}

function updateCounted(
  writer: Writer,
  db: Database,
  userId: string,
  change: Record<string, unknown>,
  counted: CountedTexts | null,
): void {
  const reference = conversationRef(db, userId);
  if (counted === null) return void writer.update(reference, change);
  const operatorTexts = counted.times.map((at) => Timestamp.fromDate(at));
  writer.update(reference, { ...change, operatorTexts }, { lastUpdateTime: counted.version });
}

/** A message that was waiting is on its way now. What came in since it was written stays unread. */
export function recordDeparture(
  writer: Writer,
  db: Database,
  userId: string,
  text: { body: string; at: Date },
): void {
  const change = { lastText: text.body, lastAt: Timestamp.fromDate(text.at), lastDirection: 'out' };
  writer.update(conversationRef(db, userId), change);
}

/** A message that is sent later was accepted and counted: its operator has read what came in. */
export function recordRead(writer: Writer, db: Database, userId: string, counted: CountedTexts | null): void {
  updateCounted(writer, db, userId, { unread: 0 }, counted);
}

/** What a conversation shows of its messages, worked out of the log anew: for histories that are put in as a whole. */
export interface ConversationSummary {
  lastText: string;
  lastAt: Date | null;
  lastDirection: 'in' | 'out' | null;
  unread: number;
  /** Times of the automatic replies of the last hour. */
  autoReplies: readonly Date[];
  /** Times of operators' messages of the last hour. */
  operatorTexts: readonly Date[];
}

export function restateConversation(
  writer: Writer,
  db: Database,
  userId: string,
  summary: ConversationSummary,
): void {
  writer.update(conversationRef(db, userId), {
    ...summary,
    lastAt: summary.lastAt === null ? null : Timestamp.fromDate(summary.lastAt),
    autoReplies: summary.autoReplies.map((at) => Timestamp.fromDate(at)),
    operatorTexts: summary.operatorTexts.map((at) => Timestamp.fromDate(at)),
  });
}
