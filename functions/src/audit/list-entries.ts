import type { AuditItem, AuditQuery } from '../contract/audit.ts';
import type { Database } from '../platform/firestore.ts';
import { auditStore } from './audit-store.ts';
import { comparePlaces, type AuditPlace } from './entry.ts';

/** A row of the audit page, with its place for the cursor. */
export interface AuditRow {
  place: AuditPlace;
  item: AuditItem;
}

/** Entries newest first, each with the number of the seal that holds it. At most two reads an entry. */
export async function listAuditEntries(
  db: Database,
  filter: Pick<AuditQuery, 'action' | 'actorId'>,
  after: AuditPlace | null,
  limit: number,
): Promise<AuditRow[]> {
  const store = auditStore(db);
  const entries = await store.page(filter, after, limit);
  // A filter may leave days between two rows, so the seals of a page are no range: each row asks for its own.
  const ends = await Promise.all(entries.map((entry) => store.sealEnd(entry.at)));
  return entries.map((entry, index) => {
    const end = ends[index] ?? null;
    const seal = end !== null && comparePlaces(end.through, entry) >= 0 ? end.seq : null;
    return {
      place: { at: entry.at, id: entry.id },
      item: { ...entry, at: entry.at.toDate().toISOString(), seal },
    };
  });
}
