import type { DocumentReference, DocumentSnapshot, QueryDocumentSnapshot } from '@google-cloud/firestore';
import type { Database } from '../../src/platform/firestore.ts';
import type { E164, PhoneVault } from '../../src/platform/phone-vault.ts';
import { eachDocument } from '../migrations/migration.ts';
import type { Faults } from './faults.ts';

const PAGE = 200;

/** People, their numbers and their conversations, both ways. Three reads a person and two a number. */
export async function checkPeople(
  db: Database,
  vault: PhoneVault,
  faults: Faults,
): Promise<{ people: number; numbers: number }> {
  let people = 0;
  for await (const page of pages(db, 'users')) {
    people += page.length;
    const keys = await fetched(db, page, (user) => refOf(db, 'phoneKeys', user.get('phoneKey')));
    const conversations = await fetched(db, page, (user) => refOf(db, 'conversations', user.id));
    for (const [index, user] of page.entries())
      checkPerson(vault, user, keys[index] ?? null, conversations[index] ?? null, faults);
  }
  let numbers = 0;
  for await (const page of pages(db, 'phoneKeys')) {
    numbers += page.length;
    const owners = await fetched(db, page, (key) => refOf(db, 'users', key.get('userId')));
    for (const [index, key] of page.entries()) {
      if (key.get('userId') !== null && owners[index]?.exists !== true)
        faults.add('number_of_nobody', key.id.slice(0, 12));
    }
  }
  for await (const page of pages(db, 'conversations')) {
    const owners = await fetched(db, page, ({ id }) => refOf(db, 'users', id));
    for (const [index, { id }] of page.entries())
      if (owners[index]?.exists !== true) faults.add('conversation_of_nobody', id);
  }
  return { people, numbers };
}

function checkPerson(
  vault: PhoneVault,
  user: QueryDocumentSnapshot,
  key: DocumentSnapshot | null,
  conversation: DocumentSnapshot | null,
  faults: Faults,
): void {
  const { phoneNumber, phoneKey, status }: Record<string, unknown> = user.data();
  if (typeof phoneNumber !== 'string' || typeof phoneKey !== 'string' || typeof status !== 'string') {
    faults.add('person_unreadable', user.id);
    return;
  }
  const number = opened(vault, user.id, phoneNumber);
  if (number === null) faults.add('number_unreadable', user.id);
  else if (!vault.hashes(number).includes(phoneKey)) faults.add('number_foreign', user.id);
  else if (vault.hash(number) !== phoneKey) faults.add('number_form_older', user.id);
  if (key?.exists !== true) faults.add('number_not_found', user.id);
  else if (key.get('userId') !== user.id)
    faults.add(status === 'active' ? 'number_of_another' : 'number_shared', user.id);
  else if (key.get('active') !== (status === 'active')) faults.add('status_apart', user.id);
  if (conversation?.exists !== true) faults.add('conversation_missing', user.id);
}

function opened(vault: PhoneVault, userId: string, sealed: string): E164 | null {
  try {
    return vault.decrypt(userId, sealed);
  } catch {
    // Reported as a fault; the error itself would name the key.
    return null;
  }
}

async function* pages(db: Database, collection: string): AsyncGenerator<QueryDocumentSnapshot[]> {
  let page: QueryDocumentSnapshot[] = [];
  for await (const document of eachDocument(db.collection(collection), PAGE)) {
    page.push(document);
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

const refOf = (db: Database, collection: string, id: unknown): DocumentReference | null =>
  typeof id === 'string' && id !== '' ? db.collection(collection).doc(id) : null;

/** What belongs to each document of a page, in one round trip; null where there is nothing to look for. */
async function fetched(
  db: Database,
  page: readonly QueryDocumentSnapshot[],
  referenceOf: (document: QueryDocumentSnapshot) => DocumentReference | null,
): Promise<(DocumentSnapshot | null)[]> {
  const references = page.map(referenceOf);
  const wanted = references.filter((each) => each !== null);
  const found = wanted.length === 0 ? [] : await db.getAll(...wanted);
  const byPath = new Map(found.map((each) => [each.ref.path, each]));
  return references.map((each) => (each === null ? null : (byPath.get(each.path) ?? null)));
}
