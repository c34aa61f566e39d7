import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Timestamp } from '@google-cloud/firestore';
import { canonical } from './canonical.ts';
import type { AuditPlace, StoredEntry } from './entry.ts';

/** Firestore takes 1 MiB a document; 400 entries make about 50 KB. */
export const SEAL_ENTRIES = 400;

/**
 * Which key a seal was made under: AUDIT_KEY, which only `runDueWork` holds; or, before there was one, a key derived from
 * PHONE_HASH_KEY, which the webhook holds too. Seals of the second kind count only before the first of the other.
 */
export type SealKey = 'audit' | 'derived';
export type AuditKeys = Readonly<Record<SealKey, Buffer>>;

/** A checkpoint: which entries there were, in order, and what they said, chained to the one before it. */
export interface Seal {
  /** From 1, without a gap. */
  seq: number;
  /** The hash of the seal before; '' of the first. */
  previous: string;
  /** Empty where nothing had happened since the seal before: such a seal only says that the log ends here. */
  entries: readonly { id: string; hash: string }[];
  /** The place of the last entry up to here: the next seal begins behind it. */
  through: AuditPlace;
  /** By the clock of the process that sealed. */
  sealedAt: Timestamp;
  key: SealKey;
  /** HMAC-SHA-256 over all of the above. */
  hash: string;
}

/** What the next seal needs to know of the one before it. */
export type SealHead = Pick<Seal, 'seq' | 'hash' | 'through'>;

/** Document id of a seal: ordered as text. */
export function sealId(seq: number): string {
  return String(seq).padStart(12, '0');
}

export function hashEntry(key: Buffer, entry: StoredEntry): string {
  return createHmac('sha256', key)
    .update(`entry\n${entry.id}\n${canonical(entry.data)}`)
    .digest('hex');
}

export function hashSeal(bytes: Buffer, seal: Omit<Seal, 'hash'>): string {
  const { seq, previous, entries, through, sealedAt, key } = seal;
  const text = canonical({
    seq,
    previous,
    entries: entries.map(({ id, hash }) => ({ id, hash })),
    through: { at: through.at, id: through.id },
    sealedAt,
    ...(key === 'derived' ? {} : { key }),
  });
  return createHmac('sha256', bytes).update(`seal\n${text}`).digest('hex');
}

/** The seal of `entries`, which are in order, after `last`, under AUDIT_KEY. Null when there is neither: nothing to seal. */
export function nextSeal(
  bytes: Buffer,
  last: SealHead | null,
  entries: readonly StoredEntry[],
  sealedAt: Timestamp,
): Seal | null {
  const end = entries.at(-1) ?? last?.through;
  if (end === undefined) return null;
  const seal = {
    seq: (last?.seq ?? 0) + 1,
    previous: last?.hash ?? '',
    entries: entries.map((entry) => ({ id: entry.id, hash: hashEntry(bytes, entry) })),
    through: { at: end.at, id: end.id },
    sealedAt,
    key: 'audit' as const,
  };
  return { ...seal, hash: hashSeal(bytes, seal) };
}

/** Whether two hashes in hexadecimal are the same. */
export function isSameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
