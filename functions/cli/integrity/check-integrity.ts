import { verifyAuditLog } from '../../src/audit/verify.ts';
import type { Config } from '../../src/platform/config.ts';
import type { Database } from '../../src/platform/firestore.ts';
import { createPhoneVault } from '../../src/platform/phone-vault.ts';
import { checkConsent } from './check-consent.ts';
import { checkLog } from './check-log.ts';
import { checkPeople } from './check-people.ts';
import { Faults } from './faults.ts';

/** How many documents of each kind were looked at. */
export type Looked = Record<string, number>;

/**
 * Holds everything that is stored against everything else (OPS-4): people and numbers, logs and conversations, consent
 * and its events, the audit log and its seals. Reads the whole database about twice. What changes meanwhile can look
 * like a fault; so a fault counts when it is still there in a second run. How the audit log ends is not judged: that is
 * what `npm run audit:verify` is for, and a database that was just restored ends in the past.
 */
export async function checkIntegrity(deps: {
  db: Database;
  config: Pick<Config, 'secrets'>;
}): Promise<{ looked: Looked; faults: Faults }> {
  const { db, config } = deps;
  const { secrets } = config;
  const faults = new Faults();
  const people = await checkPeople(db, createPhoneVault(secrets.phoneKeys, secrets.phoneHashKey), faults);
  const log = await checkLog(db, faults);
  const consent = await checkConsent(db, faults);
  const audit = await verifyAuditLog(deps, [], (fault) =>
    faults.add(
      'audit',
      'entry' in fault ? `${fault.kind} ${fault.entry}` : `${fault.kind} ${String(fault.seal)}`,
    ),
  );
  return {
    looked: { ...people, ...log, ...consent, auditEntries: audit.entries + audit.unsealed },
    faults,
  };
}
