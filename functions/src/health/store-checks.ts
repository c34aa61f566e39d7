import { Timestamp } from '@google-cloud/firestore';
import { auditStore } from '../audit/audit-store.ts';
import { SEAL_MARGIN_SECONDS } from '../audit/seal.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import type { PhoneVault } from '../platform/phone-vault.ts';
import { fine, warning, wrong, type Check } from './check.ts';
import { findFaults, tell } from './integrity.ts';
import { samplePeople, samplePhoneKeys } from './sample-store.ts';

export interface StoreDeps {
  db: Database;
  clock: Clock;
  ids: Ids;
  vault: Pick<PhoneVault, 'hash' | 'hashes' | 'decrypt'>;
}

/** Slower than this, the console feels it. */
const SLOW_MILLISECONDS = 1_000;

export function firestoreCheck({ db, clock }: Pick<StoreDeps, 'db' | 'clock'>): Check {
  return {
    id: 'firestore',
    title: 'Firestore',
    async run() {
      const started = clock.now().getTime();
      await db.doc('settings/health').get();
      const milliseconds = clock.now().getTime() - started;
      if (milliseconds <= SLOW_MILLISECONDS) return fine('It answers a read.');
      return warning(
        `A read took ${String(milliseconds)} ms.`,
        'Once after a pause this is usual; if it stays, see https://status.cloud.google.com.',
      );
    },
  };
}

/** Looks at `sample` people and as many numbers, from a random place on, so that in time all are looked at. */
export function integrityCheck({ db, ids, vault }: StoreDeps, sample: number): Check {
  return {
    id: 'data',
    title: 'Data',
    async run() {
      const [people, keys] = await Promise.all([
        samplePeople(db, ids.next(), sample),
        samplePhoneKeys(db, vault.hash(ids.next()), sample),
      ]);
      const hashesOf = (userId: string, sealed: string) => vault.hashes(vault.decrypt(userId, sealed));
      const faults = findFaults(people, keys, hashesOf);
      const looked = `Looked at ${String(people.length)} people and ${String(keys.length)} numbers`;
      if (faults.size === 0) return fine(`${looked}; they fit together.`);
      return wrong(
        `${looked}. ${tell(faults)}`,
        'See "Damaged data" in functions/docs/runbooks/webhooks-failing.md.',
      );
    },
  };
}

/** Sealing runs every minute; what is not sealed after this long says that it does not. */
const SEAL_LATE_SECONDS = SEAL_MARGIN_SECONDS + 10 * 60;

export function auditCheck({ db, clock }: Pick<StoreDeps, 'db' | 'clock'>): Check {
  return {
    id: 'audit',
    title: 'Audit log',
    async run() {
      const store = auditStore(db);
      const last = await store.lastSeal();
      const late = Timestamp.fromMillis(clock.now().getTime() - SEAL_LATE_SECONDS * 1000);
      const [unsealed] = await store.entries(last?.through ?? null, late, 1);
      if (unsealed !== undefined) {
        return wrong(
          'Entries have waited for their seal for more than 12 minutes.',
          'runDueWork does not run every minute: see "Nothing is due" in functions/docs/runbooks/sends-failing.md.',
        );
      }
      return fine(
        last === null
          ? 'Nothing to seal yet.'
          : `Sealed up to seal ${String(last.seq)}; \`npm run audit:verify\` proves it.`,
      );
    },
  };
}
