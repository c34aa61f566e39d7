import type { Database } from '../platform/firestore.ts';
import { readSchemaVersion, SCHEMA_VERSION } from '../platform/schema-version.ts';
import { fine, warning, wrong, type Check } from './check.ts';

/** Whether the stored data have the form that this code writes (OPS-4). One read. */
export function schemaCheck({ db }: { db: Database }): Check {
  return {
    id: 'schema',
    title: 'Form of the data',
    async run() {
      const version = await readSchemaVersion(db);
      if (version === SCHEMA_VERSION) return fine(`Version ${String(version)}, as this Parley writes it.`);
      if (version > SCHEMA_VERSION) {
        return wrong(
          `The data have version ${String(version)}, and this Parley knows ${String(SCHEMA_VERSION)}.`,
          'Deploy the newer Parley again: an older one may not understand what the newer one wrote.',
        );
      }
      return warning(
        `The data have version ${String(version)} of ${String(SCHEMA_VERSION)}. Everything works; older entries lack what came later.`,
        '`npm run migrate`',
      );
    },
  };
}
