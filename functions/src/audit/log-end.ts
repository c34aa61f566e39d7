import type { SealKey } from './seal-chain.ts';

/**
 * Where nothing happens, a seal without entries is made this often, so that a newest seal that is older always means
 * trouble: seals that were removed together with their entries, or sealing that has stopped. 96 writes a day at most.
 */
const HEARTBEAT_SECONDS = 15 * 60;

/** Sealing runs every minute, two minutes behind; what is ten minutes later than that is not done at all. */
const SEAL_LATE_SECONDS = 12 * 60;

/** Clocks of two processes may differ by this much, and more than that is a clock that was set. */
export const CLOCK_SKEW_SECONDS = 15 * 60;

/** How a log ends, as it is read: what is sealed, and what is newer. */
export interface LogEnd {
  /** The newest seal. */
  last: { seq: number; sealedAt: Date; key: SealKey } | null;
  /** The oldest entry behind it. */
  unsealed: { id: string; at: Date } | null;
  /** How long there have been data that are only ever written together with an audit entry; null where there are none. */
  since: Date | null;
  /** Whether an entry behind the newest seal says that the database was restored from an export. */
  restored: boolean;
  /** Seals before which there was none for longer than there may be, and that nothing else explains. */
  gaps: readonly { seal: number }[];
}

export type EndFault =
  | { kind: 'log_emptied' | 'seals_gone' }
  | { kind: 'unsealed_too_long'; entry: string }
  | { kind: 'seal_stale' | 'seal_in_future' | 'seal_key_old' | 'seal_gap'; seal: number };

const secondsBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 1000;

/** Whether a seal is due although nothing is to be sealed; `last` is the newest one. */
export function isHeartbeatDue(
  last: { sealedAt: { toDate(): Date }; key: SealKey } | null,
  now: Date,
): boolean {
  if (last === null) return false;
  return last.key === 'derived' || secondsBetween(last.sealedAt.toDate(), now) >= HEARTBEAT_SECONDS;
}

/** A seal may be older than this only where sealing has stopped, or where newer ones were removed. */
const OLDEST_SECONDS = HEARTBEAT_SECONDS + SEAL_LATE_SECONDS;

/**
 * Whether seals are missing between two that follow each other, though their chain is whole: sealing goes on by itself
 * behind the place where a log was cut. Seals under the old key were made only when there was something to seal.
 */
export function isGap(before: { sealedAt: Date; key: SealKey }, after: { sealedAt: Date }): boolean {
  return before.key === 'audit' && secondsBetween(before.sealedAt, after.sealedAt) > OLDEST_SECONDS;
}

/**
 * What is wrong with the times of a log, and with how it ends. Pure. A log that is cut or emptied has a right beginning, so its chain verifies;
 * what gives it away is that a log in use always ends with a seal made minutes ago.
 */
export function endFaults({ last, unsealed, since, restored, gaps }: LogEnd, now: Date): EndFault[] {
  const isLate = (at: Date) => secondsBetween(at, now) > SEAL_LATE_SECONDS;
  const faults: EndFault[] = gaps.map(({ seal }) => ({ kind: 'seal_gap', seal }));
  if (last === null && unsealed === null) return since === null ? [] : [{ kind: 'log_emptied' }];
  if (last === null && since !== null && isLate(since)) faults.push({ kind: 'seals_gone' });
  if (unsealed !== null && isLate(unsealed.at))
    faults.push({ kind: 'unsealed_too_long', entry: unsealed.id });
  if (last === null) return faults;
  const age = secondsBetween(last.sealedAt, now);
  if (age < -CLOCK_SKEW_SECONDS) faults.push({ kind: 'seal_in_future', seal: last.seq });
  // A restored log ends where its export did, until the minute's work has sealed it.
  if (restored) return faults;
  if (age > OLDEST_SECONDS) faults.push({ kind: 'seal_stale', seal: last.seq });
  if (last.key === 'derived') faults.push({ kind: 'seal_key_old', seal: last.seq });
  return faults;
}
