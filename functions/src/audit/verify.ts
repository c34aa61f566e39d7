import { Timestamp } from '@google-cloud/firestore';
import type { Config } from '../platform/config.ts';
import { derivedKey } from '../platform/derived-key.ts';
import type { Database } from '../platform/firestore.ts';
import { auditStore } from './audit-store.ts';
import { comparePlaces, type AuditPlace, type StoredEntry } from './entry.ts';
import { CLOCK_SKEW_SECONDS, isGap, type EndFault, type LogEnd } from './log-end.ts';
import { hashEntry, hashSeal, isSameHash, sealId, type AuditKeys, type Seal } from './seal-chain.ts';

export type ChainFault =
  | { kind: 'edited' | 'removed' | 'moved' | 'inserted'; entry: string; seal: number }
  | { kind: 'seal_missing' | 'seal_altered' | 'seal_unchained'; seal: number }
  | { kind: 'seal_backdated' | 'seal_key_downgraded' | 'seal_unexpected'; seal: number };
export type AuditFault = ChainFault | EndFault;

export interface AuditReport {
  seals: number;
  /** Entries that a seal vouches for. */
  entries: number;
  /** Entries that are newer than the last seal. */
  unsealed: number;
  /** The hash of the last seal, to be compared with the log line `audit.sealed`, or with an earlier report. */
  hash: string | null;
  /** Seals over a restore of the database, before which seals are missing: what was between is lost. */
  restores: readonly number[];
  /** To be judged by `endFaults`: the chain alone cannot show that its end was cut off. */
  end: LogEnd;
}

/** A seal known from elsewhere: from the log of `runDueWork`, or from an earlier report. */
export interface KnownSeal {
  seq: number;
  hash: string;
}

type Secrets = Pick<Config['secrets'], 'auditKey' | 'phoneHashKey'>;
type Tell = (fault: ChainFault) => void;
type Store = ReturnType<typeof auditStore>;

const SEALS_AT_ONCE = 20;
const ENTRIES_AT_ONCE = 500;

/**
 * Reads the whole audit log against its seals (PRIV-5), a few seals at a time: any sealed entry that was edited,
 * removed, moved to another time, or slipped in between, any seal that is missing or altered, and any that is `known`
 * from elsewhere and not there goes to `tell`. What the end of the log says is in the report.
 */
export async function verifyAuditLog(
  deps: { db: Database; config: { secrets: Secrets } },
  known: readonly KnownSeal[],
  tell: Tell,
): Promise<AuditReport> {
  const store = auditStore(deps.db);
  const keys = keysOf(deps.config.secrets);
  const unmet = [...known];
  const gaps: Gap[] = [];
  let vouched = 0;
  let last: Seal | null = null;
  let through: AuditPlace | null = null;
  let [seals, entries, afterId] = [0, 0, ''];

  for (;;) {
    const found = await store.sealsAfter(afterId, SEALS_AT_ONCE);
    for (const { id, seal } of found) {
      afterId = id;
      for (const fault of chainFaults(keys, last, id, seal)) tell(fault);
      if (seal === null) continue;
      const checked = await checkEntries(store, keys[seal.key], { after: through, seal, tell });
      through = checked.end;
      if (last !== null && isGap(timesOf(last), timesOf(seal)))
        gaps.push({ seal: seal.seq, restored: checked.restored });
      if (meet(unmet, seal)) vouched = seal.seq;
      [seals, entries] = [seals + 1, entries + seal.entries.length];
      last = seal;
    }
    if (found.length < SEALS_AT_ONCE) break;
  }
  for (const { seq } of unmet) tell({ kind: 'seal_unexpected', seal: seq });
  const { count, first, restored } = await readUnsealed(store, through);
  return {
    seals,
    entries,
    unsealed: count,
    hash: last?.hash ?? null,
    restores: gaps.filter((gap) => gap.restored).map(({ seal }) => seal),
    end: {
      last: last && { seq: last.seq, ...timesOf(last) },
      unsealed: first && { id: first.id, at: first.at.toDate() },
      since: await store.auditedSince(),
      restored,
      // Somebody has seen the log beyond those that come before a seal that is known from elsewhere.
      gaps: gaps.filter((gap) => !gap.restored && gap.seal > vouched),
    },
  };
}

interface Gap {
  seal: number;
  restored: boolean;
}

const timesOf = ({ sealedAt, key }: Seal) => ({ sealedAt: sealedAt.toDate(), key });

function keysOf(secrets: Secrets): AuditKeys {
  return { audit: secrets.auditKey(), derived: derivedKey(secrets.phoneHashKey(), 'audit seals') };
}

/** Strikes out what is known of this seal and agrees with it. Whether there was any. */
function meet(unmet: KnownSeal[], seal: Seal): boolean {
  const before = unmet.length;
  for (let index = unmet.length - 1; index >= 0; index -= 1) {
    const each = unmet[index];
    if (each?.seq === seal.seq && isSameHash(each.hash, seal.hash)) unmet.splice(index, 1);
  }
  return unmet.length < before;
}

/** At most this many missing seals in a row are named. */
const MOST_NAMED = 100;

function chainFaults(keys: AuditKeys, last: Seal | null, id: string, seal: Seal | null): ChainFault[] {
  const wanted = (last?.seq ?? 0) + 1;
  if (seal === null) return [{ kind: 'seal_altered', seal: Number(id) }];
  const faults: ChainFault[] = [];
  for (let seq = wanted; seq < Math.min(seal.seq, wanted + MOST_NAMED); seq += 1)
    faults.push({ kind: 'seal_missing', seal: seq });
  if (id !== sealId(seal.seq) || !isSameHash(hashSeal(keys[seal.key], seal), seal.hash))
    faults.push({ kind: 'seal_altered', seal: seal.seq });
  else if (seal.seq === wanted && !isSameHash(seal.previous, last?.hash ?? ''))
    faults.push({ kind: 'seal_unchained', seal: seal.seq });
  if (last === null) return faults;
  if (last.key === 'audit' && seal.key === 'derived')
    faults.push({ kind: 'seal_key_downgraded', seal: seal.seq });
  if (seal.sealedAt.seconds < last.sealedAt.seconds - CLOCK_SKEW_SECONDS)
    faults.push({ kind: 'seal_backdated', seal: seal.seq });
  return faults;
}

/**
 * Compares what stands in the log behind `after` up to the end of the seal with what was sealed. Answers that end, and
 * whether a restore of the database is among it.
 */
async function checkEntries(
  store: Store,
  key: Buffer,
  { after, seal, tell }: { after: AuditPlace | null; seal: Seal; tell: Tell },
): Promise<{ end: AuditPlace; restored: boolean }> {
  let restored = false;
  const sealed = new Map(seal.entries.map((entry) => [entry.id, entry.hash]));
  // A seal that only says that nothing had happened ends where the one before it does.
  if (sealed.size === 0 && after !== null && comparePlaces(after, seal.through) === 0)
    return { end: after, restored };
  const before = new Timestamp(seal.through.at.seconds + 1, 0);
  for await (const entry of walk(store, after, before)) {
    if (comparePlaces(entry, seal.through) > 0) break;
    restored ||= isRestore(entry);
    const hash = sealed.get(entry.id);
    sealed.delete(entry.id);
    if (hash === undefined) tell({ kind: 'inserted', entry: entry.id, seal: seal.seq });
    else if (!isSameHash(hash, hashOf(key, entry))) tell({ kind: 'edited', entry: entry.id, seal: seal.seq });
  }
  const elsewhere = await store.existing([...sealed.keys()]);
  for (const id of sealed.keys())
    tell({ kind: elsewhere.has(id) ? 'moved' : 'removed', entry: id, seal: seal.seq });
  return { end: seal.through, restored };
}

function isRestore({ data }: StoredEntry): boolean {
  return data['action'] === 'system.restored';
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

async function readUnsealed(
  store: Store,
  through: AuditPlace | null,
): Promise<{ count: number; first: StoredEntry | null; restored: boolean }> {
  let restored = false;
  let count = 0;
  let first: StoredEntry | null = null;
  for await (const entry of walk(store, through, null)) {
    count += 1;
    first ??= entry;
    restored ||= isRestore(entry);
  }
  return { count, first, restored };
}
