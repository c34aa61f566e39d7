import { Timestamp } from '@google-cloud/firestore';
import type { Config } from '../platform/config.ts';
import { derivedKey } from '../platform/derived-key.ts';
import { isAlreadyExists } from '../platform/errors.ts';
import type { Database } from '../platform/firestore.ts';
import type { Log } from '../platform/log.ts';
import { auditStore } from './audit-store.ts';
import { nextSeal, SEAL_ENTRIES } from './seal-chain.ts';

/**
 * How old an entry is, by the server's time, before it is sealed. A commit gets its time when the server takes it up
 * and is read a little later: nothing that is still on its way may be younger than what is sealed.
 */
export const SEAL_MARGIN_SECONDS = 120;

/** At most this many seals a run, so that a run ends; the next one goes on. */
const MAX_SEALS = 50;

/** The key of the chain; whoever has it could forge one. */
export function auditKey(config: Pick<Config, 'secrets'>): Buffer {
  return derivedKey(config.secrets.phoneHashKey(), 'audit seals');
}

/**
 * Seals what was added to the audit log since the last seal (PRIV-5). Two may run at once: the seal's number is its
 * document's id, so one of them wins and the other begins anew behind it. Answers how many entries it sealed.
 */
export async function sealAuditLog(
  deps: { db: Database; config: Pick<Config, 'secrets'>; log: Log },
  now: Date,
): Promise<number> {
  const store = auditStore(deps.db);
  const key = auditKey(deps.config);
  const before = Timestamp.fromMillis(now.getTime() - SEAL_MARGIN_SECONDS * 1000);
  let sealed = 0;
  for (let run = 0; run < MAX_SEALS; run += 1) {
    const last = await store.lastSeal();
    const [first, ...rest] = await store.entries(last?.through ?? null, before, SEAL_ENTRIES);
    if (first === undefined) break;
    const seal = nextSeal(key, last, [first, ...rest], Timestamp.fromDate(now));
    try {
      await store.addSeal(seal);
    } catch (error) {
      if (isAlreadyExists(error)) continue;
      throw error;
    }
    sealed += seal.entries.length;
    // Outside the database on purpose: a chain that was cut at its end is found by comparing it with this line.
    deps.log.info('audit.sealed', { seq: seal.seq, entries: seal.entries.length, hash: seal.hash });
  }
  return sealed;
}
