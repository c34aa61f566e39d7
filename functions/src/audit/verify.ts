import { Timestamp } from '@google-cloud/firestore';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/firestore.ts';
import { auditStore } from './audit-store.ts';
import { comparePlaces, type AuditPlace, type StoredEntry } from './entry.ts';
import { auditKey } from './seal.ts';
import { hashEntry, hashSeal, isSameHash, sealId, type Seal } from './seal-chain.ts';

export type AuditFault =
  | { kind: 'edited' | 'removed' | 'moved' | 'inserted'; entry: string; seal: number }
  | { kind: 'seal_missing' | 'seal_altered' | 'seal_unchained'; seal: number }
  | { kind: 'seal_unexpected'; seal: number }
  | { kind: 'unsealed_too_long'; entry: string };

export interface AuditReport {
  seals: number;
  /** Entries that a seal vouches for. */
  entries: number;
  /** Entries that are newer than the last seal. */
  unsealed: number;
  /** To be compared with the log line `audit.sealed`, or with an earlier report. */
  last: { seq: number; hash: string } | null;
}

const SEALS_AT_ONCE = 5;
const ENTRIES_AT_ONCE = 500;
/** Sealing runs every minute; an entry that waits this long means that it has stopped, or that seals were taken away. */
const LONGEST_WAIT_SECONDS = 60 * 60;

type Store = ReturnType<typeof auditStore>;

/**
 * Reads the whole audit log against its seals (PRIV-5), a few seals at a time: any sealed entry that was edited,
 * removed, moved to another time, or slipped in between, and any seal that is missing or altered, goes to `tell`.
 * `expected` is a seal known from elsewhere: without one, seals cut off at the end together with their entries look
 * like a log that is not so long yet.
 */
export async function verifyAuditLog(
  deps: { db: Database; config: Pick<Config, 'secrets'> },
  options: { now: Date; expected?: { seq: number; hash: string } | null },
  tell: (fault: AuditFault) => void,
): Promise<AuditReport> {
  const store = auditStore(deps.db);
  const key = auditKey(deps.config);
  const report: AuditReport = { seals: 0, entries: 0, unsealed: 0, last: null };
  const { expected } = options;
  let met = expected === undefined || expected === null;
  let through: AuditPlace | null = null;
  let afterId = '';

  for (;;) {
    const found = await store.sealsAfter(afterId, SEALS_AT_ONCE);
    for (const { id, seal } of found) {
      afterId = id;
      const number = seal?.seq ?? Number(id);
      for (const fault of chainFaults(key, report, id, seal)) tell(fault);
      if (seal === null) continue;
      if (expected?.seq === seal.seq && isSameHash(expected.hash, seal.hash)) met = true;
      through = await checkEntries(store, key, { after: through, seal, tell });
      report.seals += 1;
      report.entries += seal.entries.length;
      report.last = { seq: number, hash: seal.hash };
    }
    if (found.length < SEALS_AT_ONCE) break;
  }
  if (!met) tell({ kind: 'seal_unexpected', seal: expected?.seq ?? 0 });
  report.unsealed = await checkUnsealed(store, through, options.now, tell);
  return report;
}

function chainFaults(key: Buffer, report: AuditReport, id: string, seal: Seal | null): AuditFault[] {
  const wanted = (report.last?.seq ?? 0) + 1;
  if (seal === null) return [{ kind: 'seal_altered', seal: Number(id) }];
  const faults: AuditFault[] = [];
  for (let seq = wanted; seq < Math.min(seal.seq, wanted + 100); seq += 1)
    faults.push({ kind: 'seal_missing', seal: seq });
  if (id !== sealId(seal.seq) || !isSameHash(hashSeal(key, seal), seal.hash))
    faults.push({ kind: 'seal_altered', seal: seal.seq });
  else if (seal.seq === wanted && !isSameHash(seal.previous, report.last?.hash ?? ''))
    faults.push({ kind: 'seal_unchained', seal: seal.seq });
  return faults;
}

/** Compares what stands in the log behind `after` up to the end of the seal with what was sealed. Answers that end. */
async function checkEntries(
  store: Store,
  key: Buffer,
  { after, seal, tell }: { after: AuditPlace | null; seal: Seal; tell: (fault: AuditFault) => void },
): Promise<AuditPlace> {
  const sealed = new Map(seal.entries.map((entry) => [entry.id, entry.hash]));
  const before = new Timestamp(seal.through.at.seconds + 1, 0);
  for await (const entry of walk(store, after, before)) {
    if (comparePlaces(entry, seal.through) > 0) break;
    const hash = sealed.get(entry.id);
    sealed.delete(entry.id);
    if (hash === undefined) tell({ kind: 'inserted', entry: entry.id, seal: seal.seq });
    else if (!isSameHash(hash, hashOf(key, entry))) tell({ kind: 'edited', entry: entry.id, seal: seal.seq });
  }
  for (const id of sealed.keys())
    tell({ kind: (await store.exists(id)) ? 'moved' : 'removed', entry: id, seal: seal.seq });
  return seal.through;
}

/** A value that cannot be in an entry makes no hash, and so no entry that was sealed. */
function hashOf(key: Buffer, entry: StoredEntry): string {
  try {
    return hashEntry(key, entry);
  } catch {
    return '';
  }
}

async function* walk(
  store: Store,
  after: AuditPlace | null,
  before: Timestamp | null,
): AsyncGenerator<StoredEntry> {
  for (let place = after; ;) {
    const entries = await store.entries(place, before, ENTRIES_AT_ONCE);
    yield* entries;
    place = entries.at(-1) ?? null;
    if (entries.length < ENTRIES_AT_ONCE || place === null) return;
  }
}

async function checkUnsealed(
  store: Store,
  through: AuditPlace | null,
  now: Date,
  tell: (fault: AuditFault) => void,
): Promise<number> {
  let count = 0;
  for await (const entry of walk(store, through, null)) {
    count += 1;
    const age = now.getTime() / 1000 - entry.at.seconds;
    if (age > LONGEST_WAIT_SECONDS) tell({ kind: 'unsealed_too_long', entry: entry.id });
  }
  return count;
}
