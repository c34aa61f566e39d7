import { Timestamp } from '@google-cloud/firestore';
import type { Clock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import { isAlreadyExists } from '../platform/errors.ts';
import type { Database } from '../platform/firestore.ts';
import type { Log } from '../platform/log.ts';
import { auditStore } from './audit-store.ts';
import { isHeartbeatDue } from './log-end.ts';
import { nextSeal, SEAL_ENTRIES } from './seal-chain.ts';

/**
 * How old an entry is, by the server's time, before it is sealed. A commit gets its time when the server takes it up
 * and is read a little later: nothing that is still on its way may be younger than what is sealed.
 */
export const SEAL_MARGIN_SECONDS = 120;

/** At most this many seals a run, so that a run ends; the next one goes on. */
const MAX_SEALS = 50;

/**
 * Seals what was added to the audit log before `now` and since the last seal (PRIV-5); when that is nothing for a while,
 * it seals that (log-end.ts). Two may run at once: the seal's number is its document's id, so one of them wins and the
 * other begins anew behind it. Answers how many entries it sealed.
 */
export async function sealAuditLog(
  deps: { db: Database; config: { secrets: Pick<Config['secrets'], 'auditKey'> }; clock: Clock; log: Log },
  now: Date,
): Promise<number> {
  const store = auditStore(deps.db);
  const key = deps.config.secrets.auditKey();
  const before = Timestamp.fromMillis(now.getTime() - SEAL_MARGIN_SECONDS * 1000);
  let sealed = 0;
  for (let run = 0; run < MAX_SEALS; run += 1) {
    const last = await store.lastSeal();
    const entries = await store.entries(last?.through ?? null, before, SEAL_ENTRIES);
    const sealedAt = deps.clock.now();
    if (entries.length === 0 && !isHeartbeatDue(last, sealedAt)) break;
    const seal = nextSeal(key, last, entries, Timestamp.fromDate(sealedAt));
    if (seal === null) break;
    try {
      await store.addSeal(seal);
    } catch (error) {
      if (isAlreadyExists(error)) continue;
      throw error;
    }
    sealed += seal.entries.length;
    // Outside the database on purpose: `npm run audit:verify -- --log` compares the chain with these lines.
    deps.log.info('audit.sealed', { seq: seal.seq, entries: seal.entries.length, hash: seal.hash });
  }
  return sealed;
}
