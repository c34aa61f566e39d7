import {
  Timestamp,
  type DocumentReference,
  type DocumentSnapshot,
  type Query,
} from '@google-cloud/firestore';
import { z } from 'zod';
import { PERSON_STATUSES, type PeopleQuery, type PersonStatus } from '../contract/people.ts';
import { AppError } from '../platform/errors.ts';
import type { Database } from '../platform/firestore.ts';
import type { Writer } from '../platform/writer.ts';
import { labelOf, namePrefixesOf, sortNameOf } from './person-name.ts';
import type { Reader } from './phone-keys-store.ts';

/**
 * `users/{userId}`: a person. `phoneNumber` is the one place where a number is kept, sealed (PRIV-1). What can be worked
 * out of the rest (`label`, `sortName`, `namePrefixes`) is worked out here, whenever a document is written.
 */

const instant = z.instanceof(Timestamp).transform((time) => time.toDate());

const stored = z.object({
  phoneNumber: z.string(),
  phoneKey: z.string(),
  last4: z.string(),
  maskedPhone: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  label: z.string(),
  sortName: z.string(),
  tags: z.array(z.string()),
  customFields: z.record(z.string(), z.string()),
  timeZone: z.string().nullable(),
  language: z.string().nullable(),
  notes: z.string(),
  consent: z.object({ source: z.string(), at: instant, wording: z.string() }).nullable(),
  status: z.enum(PERSON_STATUSES),
  createdAt: instant,
  updatedAt: instant,
});

/** A person as the store keeps it. `phoneNumber` is sealed; only the vault opens it. */
export type User = z.output<typeof stored> & { id: string };

/** What of a person is written; the store adds what follows from it. */
export type NewUser = Omit<User, 'label' | 'sortName'>;

export function userRef(db: Database, userId: string): DocumentReference {
  return db.collection('users').doc(userId);
}

/** One read; null when there is no such person. Inside a transaction, pass it as `reader`. */
export async function readUser(db: Database, userId: string, reader: Reader = db): Promise<User | null> {
  const [snapshot] = await reader.getAll(userRef(db, userId));
  return snapshot?.exists === true ? userFrom(snapshot) : null;
}

export function createUser(writer: Writer, db: Database, user: NewUser): void {
  writer.create(userRef(db, user.id), documentOf(user));
}

/** Writes a person over what was there; the caller has read it in the same transaction. */
export function replaceUser(writer: Writer, db: Database, user: NewUser): void {
  writer.set(userRef(db, user.id), documentOf(user));
}

/** Where a page of people starts: after the person with this name and id. */
export interface PeoplePosition {
  sortName: string;
  id: string;
}

export type PeopleFilter = Pick<PeopleQuery, 'status' | 'tag'> | { last4: string } | { namePrefix: string };

/**
 * At most `limit` people by name, A to Z, and by id where names are the same, so that every page follows the one before.
 * Costs one read for each person found. Every combination of filters has its index in firestore.indexes.json.
 */
export async function queryUsers(
  db: Database,
  filter: PeopleFilter,
  page: { after: PeoplePosition | null; limit: number },
  read: (query: Query) => Promise<{ docs: DocumentSnapshot[] }> = (query) => query.get(),
): Promise<User[]> {
  let query = filtered(db.collection('users'), filter)
    .orderBy('sortName')
    .orderBy('__name__')
    .limit(page.limit);
  if (page.after !== null) query = query.startAfter(page.after.sortName, page.after.id);
  return (await read(query)).docs.map(userFrom);
}

function filtered(query: Query, filter: PeopleFilter): Query {
  if ('last4' in filter) return query.where('last4', '==', filter.last4);
  if ('namePrefix' in filter) return query.where('namePrefixes', 'array-contains', filter.namePrefix);
  const byStatus = filter.status === undefined ? query : query.where('status', '==', filter.status);
  return filter.tag === undefined ? byStatus : byStatus.where('tags', 'array-contains', filter.tag);
}

function documentOf({ id: _id, consent, createdAt, updatedAt, ...user }: NewUser) {
  return {
    ...user,
    label: labelOf(user.firstName, user.lastName, user.maskedPhone),
    sortName: sortNameOf(user.firstName, user.lastName, user.maskedPhone),
    namePrefixes: namePrefixesOf(user.firstName, user.lastName),
    consent: consent === null ? null : { ...consent, at: Timestamp.fromDate(consent.at) },
    createdAt: Timestamp.fromDate(createdAt),
    updatedAt: Timestamp.fromDate(updatedAt),
  };
}

function userFrom(snapshot: DocumentSnapshot): User {
  const parsed = stored.safeParse(snapshot.data());
  if (parsed.success) return { id: snapshot.id, ...parsed.data };
  const fields = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new AppError('INTERNAL', { cause: new Error(`The document of a person has no proper ${fields}.`) });
}
