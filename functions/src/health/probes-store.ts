import type { Query } from '@google-cloud/firestore';
import { isConflict } from '../platform/errors.ts';
import type { Database } from '../platform/firestore.ts';

/** Reads that only find out whether Firestore answers. */

/** Throws where Firestore does not answer. One read, of a document that need not be there. */
export async function reachStore(db: Database): Promise<void> {
  await db.collection('settings').doc('health').get();
}

/** One index, as `firestore.indexes.json` names it. */
export interface ProbedIndex {
  collectionGroup: string;
  fields: readonly {
    fieldPath: string;
    order?: 'ASCENDING' | 'DESCENDING' | undefined;
    arrayConfig?: 'CONTAINS' | undefined;
  }[];
}

/**
 * Whether a composite index can be used: asked with a query that only it, or several that are merged, can serve, and that
 * Firestore refuses while the index is missing or still being built. One read.
 */
export async function isServed(db: Database, index: ProbedIndex): Promise<boolean> {
  try {
    await probe(db, index).limit(1).get();
    return true;
  } catch (error) {
    if (isConflict(error)) return false;
    throw error;
  }
}

/** Nothing has this value; what counts is whether Firestore can look for it. */
const NO_VALUE = '\u0001';

function probe(db: Database, { collectionGroup, fields }: ProbedIndex): Query {
  const last = fields.length - 1;
  return fields.reduce<Query>((query, { fieldPath, order, arrayConfig }, position) => {
    if (arrayConfig !== undefined) return query.where(fieldPath, 'array-contains', NO_VALUE);
    if (position < last) return query.where(fieldPath, '==', NO_VALUE);
    return query.orderBy(fieldPath, order === 'DESCENDING' ? 'desc' : 'asc');
  }, db.collection(collectionGroup));
}
