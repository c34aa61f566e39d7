import {
  Timestamp,
  type DocumentReference,
  type DocumentSnapshot,
  type Query,
} from '@google-cloud/firestore';
import { z } from 'zod';
import { PERSON_STATUSES, type PeopleQuery } from '../contract/people.ts';
import { AppError } from '../platform/errors.ts';
import type { Database } from '../platform/firestore.ts';
import type { Reader } from '../platform/reader.ts';
import type { Writer } from '../platform/writer.ts';
import { labelOf, namePrefixesOf, sortNameOf } from './person-name.ts';

/**
 * `users/{userId}`: a person. `phoneNumber` is the one place where a number is kept, sealed (PRIV-1). What can be worked
 * out of the rest (`label`, `sortName`, `namePrefixes`, `sealedWith`) is worked out here, whenever a document is written.
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
  /** Since when the number is theirs; left out of people who never had another. */
  numberSince: instant.optional(),
});

/** A person as the store keeps it. `phoneNumber` is sealed; only the vault opens it. */
export type User = z.output<typeof stored> & { id: string };

/** `version` guards a commit that rests on what was read here. */
export type ReadUser = User & { version: Timestamp };

/** The fields of a person that are given; the store works out the others. */
export type UserFields = Omit<User, 'label' | 'sortName'>;

export function userRef(db: Database, userId: string): DocumentReference {
  return db.collection('users').doc(userId);
}

/** One read; null when there is no such person. Inside a transaction, pass it as `reader`. */
export async function readUser(db: Database, userId: string, reader: Reader = db): Promise<ReadUser | null> {
  const [snapshot] = await reader.getAll(userRef(db, userId));
  return snapshot === undefined ? null : userFrom(snapshot);
}

/** People by id, in one round trip and one read for each; who is not there is left out. */
export async function readUsers(db: Database, userIds: readonly string[]): Promise<Map<string, ReadUser>> {
  const ids = [...new Set(userIds)];
  if (ids.length === 0) return new Map();
  const found = (await db.getAll(...ids.map((id) => userRef(db, id)))).flatMap(
    (each) => userFrom(each) ?? [],
  );
  return new Map(found.map((user) => [user.id, user]));
}

/** What the rotation of keys reads of a person. */
export interface SealedNumber {
  userId: string;
  phoneNumber: string;
  version: Timestamp;
}

/** Everybody by id, a page at a time, with nothing but the sealed number: one read for each. */
export async function pageOfSealedNumbers(
  db: Database,
  afterId: string,
  limit: number,
): Promise<SealedNumber[]> {
  let query = db.collection('users').orderBy('__name__').limit(limit).select('phoneNumber');
  if (afterId !== '') query = query.startAfter(afterId);
  return (await query.get()).docs.map((each) => ({
    userId: each.id,
    phoneNumber: String(each.get('phoneNumber')),
    version: each.updateTime,
  }));
}

/** One sealed number, as it is now; null when the person is gone. */
export async function readSealedNumber(db: Database, userId: string): Promise<SealedNumber | null> {
  const snapshot = await userRef(db, userId).get();
  if (!snapshot.exists || snapshot.updateTime === undefined) return null;
  return { userId, phoneNumber: String(snapshot.get('phoneNumber')), version: snapshot.updateTime };
}

/** The same number under another seal; the commit fails when the person has changed since. */
export async function writeSealedNumber(
  db: Database,
  read: SealedNumber,
  phoneNumber: string,
): Promise<void> {
  await userRef(db, read.userId).update(
    { phoneNumber, sealedWith: sealedWith(phoneNumber) },
    { lastUpdateTime: read.version },
  );
}

/** The id of the key that a number was sealed with, which is written at its beginning. */
export function sealedWith(phoneNumber: string): string {
  return phoneNumber.split('.')[0] ?? '';
}

/** How many numbers each of these keys has sealed, and how many numbers there are: a read for every 1,000. */
export async function countSeals(
  db: Database,
  keyIds: readonly string[],
): Promise<{ total: number; byKey: ReadonlyMap<string, number> }> {
  const users = db.collection('users');
  const count = async (query: Query) => (await query.count().get()).data().count;
  const [total, ...counts] = await Promise.all([
    count(users),
    ...keyIds.map((id) => count(users.where('sealedWith', '==', id))),
  ]);
  return { total, byKey: new Map(keyIds.map((id, index) => [id, counts[index] ?? 0])) };
}

/** A person as it will be stored, with what follows from the names. */
export function completeUser(fields: UserFields): User {
  const { firstName, lastName, maskedPhone } = fields;
  return {
    ...fields,
    label: labelOf(firstName, lastName, maskedPhone),
    sortName: sortNameOf(firstName, lastName, maskedPhone),
  };
}

export function createUser(writer: Writer, db: Database, user: User): void {
  writer.create(userRef(db, user.id), documentOf(user));
}

/** Writes a person anew; the commit fails when the document has changed since `read`. */
export function updateUser(writer: Writer, db: Database, read: ReadUser, user: User): void {
  writer.update(userRef(db, user.id), documentOf(user), { lastUpdateTime: read.version });
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
): Promise<User[]> {
  let query = filtered(db.collection('users'), filter)
    .orderBy('sortName')
    .orderBy('__name__')
    .limit(page.limit);
  if (page.after !== null) query = query.startAfter(page.after.sortName, page.after.id);
  const { docs } = await query.get();
  return docs.flatMap((each) => userFrom(each) ?? []);
}

function filtered(query: Query, filter: PeopleFilter): Query {
  if ('last4' in filter) return query.where('last4', '==', filter.last4);
  if ('namePrefix' in filter) return query.where('namePrefixes', 'array-contains', filter.namePrefix);
  const byStatus = filter.status === undefined ? query : query.where('status', '==', filter.status);
  return filter.tag === undefined ? byStatus : byStatus.where('tags', 'array-contains', filter.tag);
}

function documentOf(user: User): Record<string, unknown> {
  const { id: _id, consent, createdAt, updatedAt, numberSince, ...fields } = user;
  return {
    ...fields,
    sealedWith: sealedWith(user.phoneNumber),
    namePrefixes: namePrefixesOf(user.firstName, user.lastName),
    consent: consent === null ? null : { ...consent, at: Timestamp.fromDate(consent.at) },
    createdAt: Timestamp.fromDate(createdAt),
    updatedAt: Timestamp.fromDate(updatedAt),
    ...(numberSince === undefined ? {} : { numberSince: Timestamp.fromDate(numberSince) }),
  };
}

function userFrom(snapshot: DocumentSnapshot): ReadUser | null {
  const version = snapshot.updateTime;
  if (!snapshot.exists || version === undefined) return null;
  const parsed = stored.safeParse(snapshot.data());
  if (parsed.success) return { id: snapshot.id, version, ...parsed.data };
  const names = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new AppError('INTERNAL', { cause: new Error(`The document of a person has no proper ${names}.`) });
}
