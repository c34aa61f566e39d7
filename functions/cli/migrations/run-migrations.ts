import { Timestamp } from '@google-cloud/firestore';
import { appendAudit, type AuditContext } from '../../src/audit/append.ts';
import { schemaRef } from '../../src/platform/schema-store.ts';
import { consentEvents } from './consent-events.ts';
import { flaggedTexts } from './flagged-texts.ts';
import type { Migrated, Migration, MigrationContext } from './migration.ts';
import { numbersNameTheirKey } from './numbers-name-their-key.ts';
import { oneNumber } from './one-number.ts';
import { searchWords } from './search-words.ts';

/** In this order for ever: new ones come last, and SCHEMA_VERSION is how many there are. */
export const MIGRATIONS: readonly Migration[] = [
  numbersNameTheirKey,
  consentEvents,
  flaggedTexts,
  oneNumber,
  searchWords,
];

export interface MigrationReport {
  id: string;
  title: string;
  /** Null where it has been applied before. */
  done: Migrated | null;
}

/**
 * Runs the migrations that a database has not had yet, or with `again` all of them once more (OPS-4). Each one is recorded
 * in `settings/schema` when it is done, together with an audit entry, so that a run that was cut off goes on with the next.
 */
export async function runMigrations(
  context: MigrationContext,
  audit: AuditContext,
  options: { again: boolean; tell: (report: MigrationReport) => void },
): Promise<void> {
  const { db, dryRun } = context;
  const before = appliedIn((await schemaRef(db).get()).data());
  for (const migration of MIGRATIONS) {
    const { id, title } = migration;
    if (id in before && !options.again) {
      options.tell({ id, title, done: null });
      continue;
    }
    const done = await migration.run(context, audit);
    if (!dryRun) await writeDown(context, audit, id, done);
    options.tell({ id, title, done });
  }
}

/** `settings/schema` of a database that is new. */
export function schemaOf(now: Date): Record<string, unknown> {
  const at = Timestamp.fromDate(now);
  return { version: MIGRATIONS.length, applied: Object.fromEntries(MIGRATIONS.map(({ id }) => [id, at])) };
}

async function writeDown(
  { db, ids, now }: MigrationContext,
  audit: AuditContext,
  id: string,
  done: Migrated,
): Promise<void> {
  await db.runTransaction(async (transaction) => {
    const applied = appliedIn((await transaction.get(schemaRef(db))).data());
    const all = { ...applied, [id]: applied[id] ?? Timestamp.fromDate(now) };
    const version = MIGRATIONS.findIndex((each) => !(each.id in all));
    transaction.set(schemaRef(db), { version: version < 0 ? MIGRATIONS.length : version, applied: all });
    const { notes = [], ...counts } = done;
    const change = { migration: id, ...counts, ...(notes.length === 0 ? {} : { notes: notes.length }) };
    appendAudit(transaction, { db, ids }, audit, {
      action: 'system.migrated',
      target: { kind: 'system', id: null },
      after: change,
    });
  });
}

function appliedIn(data: Record<string, unknown> | undefined): Record<string, unknown> {
  const applied = data?.['applied'];
  return typeof applied === 'object' && applied !== null ? { ...applied } : {};
}
