import type { Database } from '../platform/firestore.ts';
import { readSchemaVersion } from '../platform/schema-store.ts';
import { SCHEMA_VERSION } from '../platform/schema-version.ts';
import { fine, warning, wrong, type Check } from './check.ts';

/** Whether the stored data have the form that this code writes (OPS-4). One read. */
export function schemaCheck({ db }: { db: Database }): Check {
  return {
    id: 'schema',
    title: 'Data version',
    async run() {
      const version = await readSchemaVersion(db);
      if (version === SCHEMA_VERSION) return fine(`Version ${String(version)}, the current one.`);
      if (version > SCHEMA_VERSION) {
        return wrong(
          `The data are at version ${String(version)}; this Parley knows versions up to ${String(SCHEMA_VERSION)}.`,
          'Deploy the newer Parley again: an older one may not understand what the newer one wrote.',
        );
      }
      return warning(
        `The data are at version ${String(version)} of ${String(SCHEMA_VERSION)}. Everything works, but older entries lack newer fields.`,
        '`npm run migrate`',
      );
    },
  };
}
