import type { AuditItem, AuditQuery } from '../contract/audit.ts';
import type { Database } from '../platform/firestore.ts';
import { auditStore, type AuditEntry } from './audit-store.ts';
import { messageToAsk, operatorOf, personOf, withNames, type KnownNames } from './entry-names.ts';
import { comparePlaces, type AuditPlace } from './entry.ts';

/** A row of the audit page, with its place for the cursor. */
export interface AuditRow {
  place: AuditPlace;
  item: AuditItem;
}

type Find = (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** Where names are looked up: each takes ids, every one once, and answers what it knows. */
export type NameFinders = Record<keyof KnownNames, Find>;

/**
 * Entries newest first, each with the number of the seal that holds it, and with the names that people and operators have
 * now: names are not in the log, so that they can be erased. At most two reads an entry, and one for each person, each
 * operator, and each message that does not say whom it is to.
 */
export async function listAuditEntries(
  { db, find }: { db: Database; find: NameFinders },
  filter: Pick<AuditQuery, 'action' | 'actorId'>,
  after: AuditPlace | null,
  limit: number,
): Promise<AuditRow[]> {
  const store = auditStore(db);
  const entries = await store.page(filter, after, limit);
  // A filter may leave days between two rows, so the seals of a page are no range: each row asks for its own.
  const [ends, known] = await Promise.all([
    Promise.all(entries.map((entry) => store.sealEnd(entry.at))),
    findNames(entries, find),
  ]);
  return entries.map((entry, index) => {
    const end = ends[index] ?? null;
    const seal = end !== null && comparePlaces(end.through, entry) >= 0 ? end.seq : null;
    return {
      place: { at: entry.at, id: entry.id },
      item: { ...entry, ...withNames(entry, known), at: entry.at.toDate().toISOString(), seal },
    };
  });
}

async function findNames(entries: readonly AuditEntry[], find: NameFinders): Promise<KnownNames> {
  const ids = (idOf: (entry: AuditEntry) => string | null) => [
    ...new Set(entries.map(idOf).filter((id) => id !== null)),
  ];
  const [operators, recipients] = await Promise.all([
    find.operators(ids(operatorOf)),
    find.recipients(ids(messageToAsk)),
  ]);
  return { operators, recipients, people: await find.people(ids((entry) => personOf(entry, recipients))) };
}
