import type { DocumentData, DocumentReference, Precondition } from '@google-cloud/firestore';

/** What a WriteBatch and a Transaction have in common: the writes that a store adds to somebody else's commit. */
export interface Writer {
  create(reference: DocumentReference, data: DocumentData): unknown;
  update(reference: DocumentReference, data: Record<string, unknown>, precondition?: Precondition): unknown;
  set(reference: DocumentReference, data: DocumentData, options?: { merge: true }): unknown;
}
