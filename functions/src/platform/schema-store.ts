import type { DocumentReference } from '@google-cloud/firestore';
import { storedFields } from '../contract/stored.ts';
import type { Database } from './firestore.ts';

/** `settings/schema`: which migrations the data have been through (OPS-4). */
export function schemaRef(db: Database): DocumentReference {
  return db.collection('settings').doc('schema');
}

/** The version that the stored data have; 0 where nobody has migrated anything yet. One read. Throws DocumentShapeError. */
export async function readSchemaVersion(db: Database): Promise<number> {
  return storedFields((await schemaRef(db).get()).data()).numberOrNull('version') ?? 0;
}
