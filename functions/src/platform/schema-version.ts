import type { DocumentReference } from '@google-cloud/firestore';
import type { Database } from './firestore.ts';

/** The form of the stored data that this code writes: the number of migrations there are in functions/cli/migrations. */
export const SCHEMA_VERSION = 5;

/** `settings/schema`: which migrations the data have been through (OPS-4). */
export function schemaRef(db: Database): DocumentReference {
  return db.collection('settings').doc('schema');
}

/** The version that the stored data have; 0 where nobody has migrated anything yet. One read. */
export async function readSchemaVersion(db: Database): Promise<number> {
  const version: unknown = (await schemaRef(db).get()).get('version');
  return typeof version === 'number' ? version : 0;
}
