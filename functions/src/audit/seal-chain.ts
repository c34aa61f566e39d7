import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Timestamp } from '@google-cloud/firestore';
import { canonical } from './canonical.ts';
import type { AuditPlace, StoredEntry } from './entry.ts';

/** Firestore takes 1 MiB a document; 400 entries make about 50 KB. */
export const SEAL_ENTRIES = 400;

/** A checkpoint: which entries there were, in order, and what they said, chained to the one before it. */
export interface Seal {
  /** From 1, without a gap. */
  seq: number;
  /** The hash of the seal before; '' of the first. */
  previous: string;
  entries: readonly { id: string; hash: string }[];
  /** The place of the last entry: the next seal begins behind it. */
  through: AuditPlace;
  sealedAt: Timestamp;
  /** HMAC-SHA-256 over all of the above. */
  hash: string;
}

/** Document id of a seal: ordered as text. */
export function sealId(seq: number): string {
  return String(seq).padStart(12, '0');
}

export function hashEntry(key: Buffer, entry: StoredEntry): string {
  return createHmac('sha256', key)
    .update(`entry\n${entry.id}\n${canonical(entry.data)}`)
    .digest('hex');
}

export function hashSeal(key: Buffer, seal: Omit<Seal, 'hash'>): string {
  const { seq, previous, entries, through, sealedAt } = seal;
  const text = canonical({
    seq,
    previous,
    entries: entries.map(({ id, hash }) => ({ id, hash })),
    through: { at: through.at, id: through.id },
    sealedAt,
  });
  return createHmac('sha256', key).update(`seal\n${text}`).digest('hex');
}

/** The seal of `entries`, which are in order and not empty, after `last`. */
export function nextSeal(
  key: Buffer,
  last: Pick<Seal, 'seq' | 'hash'> | null,
  entries: readonly [StoredEntry, ...StoredEntry[]],
  sealedAt: Timestamp,
): Seal {
  const { at, id } = entries.at(-1) ?? entries[0];
  const seal = {
    seq: (last?.seq ?? 0) + 1,
    previous: last?.hash ?? '',
    entries: entries.map((entry) => ({ id: entry.id, hash: hashEntry(key, entry) })),
    through: { at, id },
    sealedAt,
  };
  return { ...seal, hash: hashSeal(key, seal) };
}

/** Whether two hashes in hexadecimal are the same. */
export function isSameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
