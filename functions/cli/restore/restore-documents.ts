import type { DeliveryEvent } from '../../src/outbox/delivery-events.ts';
import { apply } from '../../src/outbox/move-delivery.ts';
import { isWaiting } from '../../src/outbox/delivery-status.ts';
import { OUTGOING, readOutgoing, writeDelivery } from '../../src/outbox/outgoing-store.ts';
import type { Database } from '../../src/platform/firestore.ts';
import { CREDENTIALS } from '../lib/export-documents.ts';
import type { ExportManifest } from '../lib/export-manifest.ts';
import { plain } from '../lib/stored-value.ts';
import { eachDocument } from '../migrations/migration.ts';
import { readCollection, type ExportedDocument } from './read-export.ts';

/** Left out: one that was ended after the export would live again. Everybody signs in anew. */
export const LEFT_OUT: readonly string[] = ['sessions'];

/** States of texts that had not left. They may have left since, so they must not leave by themselves now. */
const NOT_LEFT = ['scheduled', 'held', 'queued'];

export interface Restored {
  written: number;
  /** There already, the same. */
  kept: number;
  /** Paths that are there already with something else; they are left as they are. */
  apart: string[];
}

const AT_ONCE = 100;

/** Writes what is missing and overwrites nothing, so that it can be cut off and run again. */
export async function restoreDocuments(
  db: Database,
  folder: string,
  { counts }: ExportManifest,
  tell: (collection: string, count: number) => void,
): Promise<Restored> {
  const restored: Restored = { written: 0, kept: 0, apart: [] };
  for (const [collection, count] of Object.entries(counts)) {
    if (LEFT_OUT.includes(collection)) continue;
    let some: ExportedDocument[] = [];
    for await (const document of readCollection(db, folder, collection)) {
      some.push(document);
      if (some.length < AT_ONCE) continue;
      await writeMissing(db, some, restored);
      some = [];
    }
    await writeMissing(db, some, restored);
    tell(collection, count);
  }
  return restored;
}

async function writeMissing(db: Database, documents: ExportedDocument[], restored: Restored): Promise<void> {
  if (documents.length === 0) return;
  const refs = documents.map(({ collection, id }) => db.collection(collection).doc(id));
  const there = await db.getAll(...refs);
  const batch = db.batch();
  for (const [index, document] of documents.entries()) {
    const found = there[index];
    const reference = refs[index];
    if (found === undefined || reference === undefined) continue;
    if (!found.exists) {
      batch.create(reference, dataOf(document));
      restored.written += 1;
    } else if (isSame(document, found.data() ?? {})) restored.kept += 1;
    else restored.apart.push(reference.path);
  }
  await batch.commit();
}

/** As it is written: nobody can sign in before they are invited, and nothing leaves before it was looked at. */
function dataOf({ collection, data }: ExportedDocument): Record<string, unknown> {
  const none = Object.fromEntries((CREDENTIALS[collection] ?? []).map((name) => [name, null]));
  const still = collection === OUTGOING && NOT_LEFT.includes(String(data['status'])) ? { checkAt: null } : {};
  return { ...data, ...none, ...still };
}

/** Whether a document that is there is the export's: as it was written, or stopped since by `stopWaiting`. */
function isSame(document: ExportedDocument, found: Record<string, unknown>): boolean {
  const text = (value: unknown) => JSON.stringify(sorted(plain(value)));
  const written = dataOf(document);
  if (text(found) === text(written)) return true;
  if (document.collection !== OUTGOING || !NOT_LEFT.includes(String(written['status']))) return false;
  const fixed = ({ body, userId, queuedAt, requestHash }: Record<string, unknown>) =>
    text([body, userId, queuedAt, requestHash]);
  return fixed(found) === fixed(written);
}

/** With its names in order, since the store gives them in an order of its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, each]): [string, unknown] => [name, sorted(each)]);
  return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

const STOPPED = 'Restored from an export. It may have been sent since, so it was not sent again.';

/**
 * Ends every message that had not been sent when the export was made: it may have been sent afterwards, in the time that was
 * lost. Each says so, and an operator can write it again. Returns how many.
 */
export async function stopWaiting(db: Database, now: Date): Promise<number> {
  let stopped = 0;
  for await (const { id } of eachDocument(db.collection(OUTGOING).where('status', 'in', NOT_LEFT))) {
    const entry = await readOutgoing(db, id);
    if (entry === null) continue;
    const event: DeliveryEvent = isWaiting(entry.delivery.status)
      ? { type: 'withdrawn', note: STOPPED }
      : { type: 'blocked', reason: STOPPED };
    const moved = apply(entry.delivery, event, now);
    if (moved === null) continue;
    const batch = db.batch();
    writeDelivery(batch, db, entry, moved.next, entry.version);
    await batch.commit();
    stopped += 1;
  }
  return stopped;
}
