import type { DocumentReference, DocumentSnapshot } from '@google-cloud/firestore';
import type { Database } from './firestore.ts';

/** What a Firestore handle and a transaction have in common for reading. The answer is in the order of the references. */
export interface Reader {
  getAll(...references: DocumentReference[]): Promise<DocumentSnapshot[]>;
}
