import type { Query, QueryDocumentSnapshot } from '@google-cloud/firestore';
import type { Database } from '../../src/platform/firestore.ts';
import type { AuditContext } from '../../src/audit/append.ts';
import type { Ids } from '../../src/platform/ids.ts';
import type { PhoneVault } from '../../src/platform/phone-vault.ts';

export interface MigrationContext {
  db: Database;
  ids: Ids;
  vault: PhoneVault;
  now: Date;
  dryRun: boolean;
}

export interface Migrated {
  examined: number;
  changed: number;
  /** What somebody must look at, a sentence each, without personal data. */
  notes?: string[];
}

/**
 * One step of the stored data towards the form that the code writes (OPS-4). It may be cut off and run again, also beside
 * itself and beside the running functions: what has the new form already stays as it is.
 */
export interface Migration {
  /** Never changes: it is what a database records. */
  id: string;
  title: string;
  run(context: MigrationContext, audit: AuditContext): Promise<Migrated>;
}

const PAGE = 300;

/** Every document that a query finds, by id, a page at a time. */
export async function* eachDocument(query: Query, page = PAGE): AsyncGenerator<QueryDocumentSnapshot> {
  const ordered = query.orderBy('__name__').limit(page);
  for (let last: QueryDocumentSnapshot | null = null; ;) {
    const { docs }: { docs: QueryDocumentSnapshot[] } = await (
      last === null ? ordered : ordered.startAfter(last)
    ).get();
    yield* docs;
    last = docs.at(-1) ?? null;
    if (last === null || docs.length < page) return;
  }
}
