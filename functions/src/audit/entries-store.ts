import type { CollectionReference, DocumentReference } from '@google-cloud/firestore';
import type { Database } from '../platform/firestore.ts';

/** `auditLog`. Apart from audit-store.ts, which parses with schemas: the webhook adds entries and must start fast. */
export function auditLog(db: Database): CollectionReference {
  return db.collection('auditLog');
}

export function auditEntryRef(db: Database, id: string): DocumentReference {
  return auditLog(db).doc(id);
}
