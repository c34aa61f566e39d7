import { z } from 'zod';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/firestore.ts';
import { fine, wrong, type Check } from './check.ts';
import { isServed } from './probes-store.ts';

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
 * Whether every composite index is ready. One read for each. The emulator makes do without any.
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
        await Promise.all(indexes.map(async (index) => ((await isServed(db, index)) ? [] : [nameOf(index)])))
      ).flat();
      if (missing.length === 0) return fine(`All ${String(indexes.length)} are ready.`);
      return wrong(
        `Missing or still being built: ${missing.join('; ')}.`,
        '`npx firebase deploy --only firestore:indexes --project PROJECT`, then wait until they are built.',
      );
    },
  };
}

function nameOf({ collectionGroup, fields }: Index): string {
  return `${collectionGroup} (${fields.map(({ fieldPath }) => fieldPath).join(', ')})`;
}
