import { auditStore } from '../audit/audit-store.ts';
import { endFaults, type EndFault } from '../audit/log-end.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import type { PhoneVault } from '../platform/phone-vault.ts';
import { fine, warning, wrong, type Check } from './check.ts';
import { findFaults, tell } from './integrity.ts';
import { reachStore } from './probes-store.ts';
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
      await reachStore(db);
      const milliseconds = clock.now().getTime() - started;
      if (milliseconds <= SLOW_MILLISECONDS) return fine('It answers.');
      return warning(
        `A read took ${String(milliseconds)} ms.`,
        'After a pause this is normal; if it continues, see https://status.cloud.google.com.',
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
      if (faults.size === 0) return fine(`${looked}; all consistent.`);
      return wrong(
        `${looked}. ${tell(faults)}`,
        'See "Damaged data" in functions/docs/runbooks/webhooks-failing.md.',
      );
    },
  };
}

const SEALING_STOPPED =
  'If runDueWork does not run every minute, see "Nothing is due" in functions/docs/runbooks/sends-failing.md. If it does, see functions/docs/runbooks/audit-log.md.';

/** What is wrong with the end of the audit log, in words for the health page. */
const AUDIT_WORDS: Readonly<Record<EndFault['kind'], string>> = {
  log_emptied: 'It is empty, though there are operators: it was emptied.',
  seals_gone: 'It has no seals, though there were acts to seal.',
  unsealed_too_long: 'Entries have waited for their seal for more than 12 minutes.',
  seal_stale: 'The newest seal is older than it can be: sealing stopped, or newer seals were removed.',
  seal_gap: 'Seals are missing.',
  seal_in_future: 'The newest seal carries a time that has not come yet.',
  seal_key_old: 'The newest seal was made with the key from before AUDIT_KEY.',
};

/** Whether the audit log ends as one that is sealed every minute does; three or four reads. */
export function auditCheck({ db, clock }: Pick<StoreDeps, 'db' | 'clock'>): Check {
  return {
    id: 'audit',
    title: 'Audit log',
    async run() {
      const now = clock.now();
      const store = auditStore(db);
      const last = await store.lastSeal();
      const [[unsealed], since] = await Promise.all([
        store.entries(last?.through ?? null, null, 1),
        last === null ? store.auditedSince() : null,
      ]);
      const faults = endFaults(
        {
          last: last && { seq: last.seq, sealedAt: last.sealedAt.toDate(), key: last.key },
          unsealed: unsealed === undefined ? null : { id: unsealed.id, at: unsealed.at.toDate() },
          since,
          restored: false,
          gaps: [],
        },
        now,
      );
      if (faults.length > 0)
        return wrong(faults.map(({ kind }) => AUDIT_WORDS[kind]).join(' '), SEALING_STOPPED);
      if (last === null) return fine('Nothing to seal yet.');
      const minutes = Math.max(0, Math.round((now.getTime() - last.sealedAt.toMillis()) / 60_000));
      return fine(
        `Sealed ${minutes === 0 ? 'just now' : `${String(minutes)} min ago`}, up to seal ${String(last.seq)}; \`npm run audit:verify\` proves it.`,
      );
    },
  };
}
