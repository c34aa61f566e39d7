import type { CollectionReference, QueryDocumentSnapshot } from '@google-cloud/firestore';
import type { Database } from '../../src/platform/firestore.ts';
import { eachDocument } from '../migrations/migration.ts';
import { plain } from './stored-value.ts';

/** What is left out of an export: with it somebody could sign in, and without it nothing is lost but a new invitation. */
export const CREDENTIALS: Readonly<Record<string, readonly string[]>> = {
  operators: ['passwordHash', 'invitation'],
};

/**
 * Every document of every collection, one JSON text each: `{"path": …, "data": …}`. Numbers stay sealed, since they are
 * stored so; password hashes and invitations are left out. Values are written as stored-value.ts says.
 */
export async function* exportDocuments(db: Database): AsyncGenerator<{ collection: string; line: string }> {
  for (const collection of await db.listCollections()) yield* exportCollection(collection);
}

async function* exportCollection(
  collection: CollectionReference,
): AsyncGenerator<{ collection: string; line: string }> {
  // Parley keeps nothing below a document, so nothing is looked for there.
  for await (const document of eachDocument(collection))
    yield { collection: collection.id, line: lineOf(collection.id, document) };
}

function lineOf(collection: string, document: QueryDocumentSnapshot): string {
  const hidden = CREDENTIALS[collection] ?? [];
  const data = Object.fromEntries(Object.entries(document.data()).filter(([name]) => !hidden.includes(name)));
  return JSON.stringify({ path: document.ref.path, data: plain(data) });
}
