import {
  DocumentReference,
  GeoPoint,
  Timestamp,
  type CollectionReference,
  type QueryDocumentSnapshot,
} from '@google-cloud/firestore';
import type { Database } from '../../src/platform/firestore.ts';
import { eachDocument } from '../migrations/migration.ts';

/** What is left out of an export: with it somebody could sign in, and without it nothing is lost but a new invitation. */
const CREDENTIALS: Readonly<Record<string, readonly string[]>> = {
  operators: ['passwordHash', 'invitation'],
};

/**
 * Every document of every collection, one JSON text each: `{"path": …, "data": …}`. Numbers stay sealed, since they are
 * stored so; password hashes and invitations are left out. Times and other values that JSON has no form for are written
 * as `{"$time": "…"}`, `{"$reference": …}`, `{"$bytes": …}` with all of their precision.
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

/** A stored value as JSON can hold it. */
export function plain(value: unknown): unknown {
  if (value instanceof Timestamp) return { $time: timeText(value) };
  if (value instanceof DocumentReference) return { $reference: value.path };
  if (value instanceof GeoPoint) return { $place: [value.latitude, value.longitude] };
  if (Buffer.isBuffer(value) || value instanceof Uint8Array)
    return { $bytes: Buffer.from(value).toString('base64') };
  if (typeof value === 'number' && !Number.isFinite(value)) return { $number: String(value) };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
}

/** ISO 8601 with the nine digits that a stored time has. */
function timeText({ seconds, nanoseconds }: Timestamp): string {
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19);
  return `${whole}.${String(nanoseconds).padStart(9, '0')}Z`;
}
