import {
  FieldPath,
  Timestamp,
  type DocumentReference,
  type DocumentSnapshot,
  type Query,
} from '@google-cloud/firestore';
import { conversationRef } from '../conversations/conversations-store.ts';
import { logQuery } from '../logs/logs-store.ts';
import { phoneKeyRef } from '../people/phone-keys-store.ts';
import { userRef } from '../people/users-store.ts';
import type { Database } from '../platform/firestore.ts';

/**
 * Reads for the doctor. Documents are taken as they are, since a damaged one is what is looked for: parsing it with its
 * own store would throw.
 */

/** A person of the sample, and what is kept beside them. */
export interface SampledPerson {
  userId: string;
  /** Null when it is missing or no text. */
  sealedNumber: string | null;
  phoneKey: string | null;
  status: unknown;
  /** `userId` and `active` of the document in `phoneKeys`; null when there is none. */
  keyed: { userId: unknown; active: unknown } | null;
  hasConversation: boolean;
}

/** A number of the sample that belongs to somebody. */
export interface SampledKey {
  /** The keyed hash. */
  id: string;
  userId: string;
  hasUser: boolean;
}

/** At most `limit` people from a random id on, with their number's document and conversation: three reads each. */
export async function samplePeople(db: Database, start: string, limit: number): Promise<SampledPerson[]> {
  const users = await around(
    db.collection('users').select('phoneNumber', 'phoneKey', 'status'),
    start,
    limit,
  );
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
  const keys = await fetched(
    db,
    users.map((user) => text(user.get('phoneKey'))),
    (hash) => phoneKeyRef(db, hash),
  );
  const conversations = await fetched(
    db,
    users.map((user) => user.id),
    (id) => conversationRef(db, id),
  );
  return users.map((user, index) => {
    const key = keys[index];
    const field = (name: string): unknown => key?.get(name);
    const status: unknown = user.get('status');
    return {
      userId: user.id,
      sealedNumber: text(user.get('phoneNumber')),
      phoneKey: text(user.get('phoneKey')),
      status,
      keyed: key?.exists === true ? { userId: field('userId'), active: field('active') } : null,
      hasConversation: conversations[index]?.exists === true,
    };
  });
}

/** At most `limit` numbers from a random hash on, with the person that each names: two reads each. */
export async function samplePhoneKeys(db: Database, start: string, limit: number): Promise<SampledKey[]> {
  const found = await around(db.collection('phoneKeys').select('userId'), start, limit);
  const owned = found.flatMap((key) => {
    const userId: unknown = key.get('userId');
    return typeof userId === 'string' ? [{ id: key.id, userId }] : [];
  });
  const users = await fetched(
    db,
    owned.map((key) => key.userId),
    (id) => userRef(db, id),
  );
  return owned.map((key, index) => ({ ...key, hasUser: users[index]?.exists === true }));
}

/** How an outgoing text stands, without what is in it. */
export interface OutgoingState {
  status: string;
  errorCode: number | null;
  automatic: boolean;
}

/** The newest outgoing texts of a span of time, at most `limit`, newest first: one read each. */
export async function outgoingBetween(
  db: Database,
  filter: { from: Date; to?: Date; status?: string },
  limit: number,
): Promise<OutgoingState[]> {
  const query = logQuery(db, 'outgoing', filter, 'time');
  if (query === null) return [];
  const { docs } = await query.limit(limit).select('status', 'errorCode', 'kind').get();
  return docs.map((entry) => {
    const code: unknown = entry.get('errorCode');
    return {
      status: String(entry.get('status')),
      errorCode: typeof code === 'number' ? code : null,
      automatic: entry.get('kind') === 'auto_reply',
    };
  });
}

/** Entries that were owed a move before `since`: one read each, at least one. */
export async function countOverdue(db: Database, since: Date, limit: number): Promise<number> {
  const { docs } = await db
    .collection('outgoingMessages')
    .where('checkAt', '<=', Timestamp.fromDate(since))
    .orderBy('checkAt')
    .limit(limit)
    .select()
    .get();
  return docs.length;
}

/** Ids are random, so those from a random one on are a fair sample; past the last it goes on with the first. */
async function around(query: Query, start: string, limit: number): Promise<DocumentSnapshot[]> {
  const ordered = query.orderBy(FieldPath.documentId());
  const { docs } = await ordered.startAt(start).limit(limit).get();
  if (docs.length === limit) return docs;
  const first = await ordered
    .endBefore(start)
    .limit(limit - docs.length)
    .get();
  return [...docs, ...first.docs];
}

/** One document for each id, in their order; undefined for null. */
async function fetched(
  db: Database,
  ids: readonly (string | null)[],
  refOf: (id: string) => DocumentReference,
): Promise<(DocumentSnapshot | undefined)[]> {
  const known = [...new Set(ids.filter((id) => id !== null))];
  if (known.length === 0) return ids.map(() => undefined);
  const snapshots = await db.getAll(...known.map(refOf), { fieldMask: ['userId', 'active'] });
  const byId = new Map(snapshots.map((snapshot) => [snapshot.id, snapshot]));
  return ids.map((id) => (id === null ? undefined : byId.get(id)));
}
