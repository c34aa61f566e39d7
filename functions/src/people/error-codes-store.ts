import { Timestamp } from '@google-cloud/firestore';
import type { CategoryOverrides } from '../carrier/codes.ts';
import { FAILURE_CATEGORIES, type FailureCategory } from '../contract/consent.ts';
import type { Database } from '../platform/firestore.ts';
import type { Reader } from '../platform/reader.ts';
import type { Writer } from '../platform/writer.ts';

/** `settings/errorCodes`: the error codes that differ from their default (SUPP-2). */
export interface ErrorCodeSettings {
  codes: CategoryOverrides;
  updatedAt: Date | null;
  /** The operator's name. */
  updatedBy: string | null;
  /** Guards a change of what was read; null where nothing was set yet. */
  version: Timestamp | null;
}

const settingsRef = (db: Database) => db.collection('settings').doc('errorCodes');

/** One read. A value that the API would have refused counts as not set: no status callback may fail because of it. */
export async function readErrorCodes(db: Database, reader: Reader = db): Promise<ErrorCodeSettings> {
  const [snapshot] = await reader.getAll(settingsRef(db));
  const data: Record<string, unknown> = snapshot?.data() ?? {};
  const { codes, updatedAt, updatedBy } = data;
  return {
    codes: overridesFrom(codes),
    updatedAt: updatedAt instanceof Timestamp ? updatedAt.toDate() : null,
    updatedBy: typeof updatedBy === 'string' ? updatedBy : null,
    version: snapshot?.updateTime ?? null,
  };
}

/** The commit fails when somebody else has changed the table since it was read. */
export function writeErrorCodes(
  writer: Writer,
  db: Database,
  { version, updatedAt, ...settings }: ErrorCodeSettings,
): void {
  const data = { ...settings, updatedAt: updatedAt === null ? null : Timestamp.fromDate(updatedAt) };
  if (version === null) writer.create(settingsRef(db), data);
  else writer.update(settingsRef(db), data, { lastUpdateTime: version });
}

function overridesFrom(value: unknown): CategoryOverrides {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([code, category]): [string, FailureCategory][] => {
      const known = FAILURE_CATEGORIES.find((each) => each === category);
      return known === undefined ? [] : [[code, known]];
    }),
  );
}
