import type { Query } from '@google-cloud/firestore';
import { z } from 'zod';
import type { Config } from '../platform/config.ts';
import { isConflict } from '../platform/errors.ts';
import type { Database } from '../platform/firestore.ts';
import { fine, wrong, type Check } from './check.ts';

const field = z.object({
  fieldPath: z.string(),
  order: z.enum(['ASCENDING', 'DESCENDING']).optional(),
  arrayConfig: z.literal('CONTAINS').optional(),
});

/** `firestore.indexes.json`, as far as it matters here. */
export const indexFile = z.object({
  indexes: z.array(z.object({ collectionGroup: z.string(), fields: z.array(field).min(2) })),
  fieldOverrides: z.array(z.unknown()),
});
export type IndexFile = z.infer<typeof indexFile>;
type Index = IndexFile['indexes'][number];

/**
 * Asks for each composite index with a query that only it, or several that are merged, can serve; Firestore refuses the
 * query while the index is missing or still being built. One read for each index. The emulator makes do without any.
 */
export function indexCheck(
  db: Database,
  { emulator }: Pick<Config, 'emulator'>,
  { indexes }: Pick<IndexFile, 'indexes'>,
): Check {
  return {
    id: 'indexes',
    title: 'Indexes',
    async run() {
      if (emulator) return fine('Not needed on the emulator.');
      const missing = (
        await Promise.all(indexes.map(async (index) => ((await serves(db, index)) ? [] : [nameOf(index)])))
      ).flat();
      if (missing.length === 0) return fine(`All ${String(indexes.length)} are ready.`);
      return wrong(
        `Missing or still being built: ${missing.join('; ')}.`,
        '`npx firebase deploy --only firestore:indexes --project PROJECT`, then wait until they are built.',
      );
    },
  };
}

async function serves(db: Database, index: Index): Promise<boolean> {
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

function probe(db: Database, { collectionGroup, fields }: Index): Query {
  const last = fields.length - 1;
  return fields.reduce<Query>((query, { fieldPath, order, arrayConfig }, position) => {
    if (arrayConfig !== undefined) return query.where(fieldPath, 'array-contains', NO_VALUE);
    if (position < last) return query.where(fieldPath, '==', NO_VALUE);
    return query.orderBy(fieldPath, order === 'DESCENDING' ? 'desc' : 'asc');
  }, db.collection(collectionGroup));
}

function nameOf({ collectionGroup, fields }: Index): string {
  return `${collectionGroup} (${fields.map(({ fieldPath }) => fieldPath).join(', ')})`;
}
