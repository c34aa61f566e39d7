/** OP-5. */
export const MAX_FAILURES = 5;
export const WINDOW_SECONDS = 5 * 60;
export const LOCK_SECONDS = 10 * 60;

/** What is kept of the failed sign-ins of one account or one address. */
export interface Attempts {
  /** Within the window, oldest first; at most MAX_FAILURES. */
  failures: readonly Date[];
  lockedUntil: Date | null;
}

export const NO_ATTEMPTS: Attempts = { failures: [], lockedUntil: null };

const after = (instant: Date, seconds: number) => new Date(instant.getTime() + seconds * 1000);

/** Whole seconds until a lock ends, at least 1; 0 when there is none at `now`. */
export function secondsLocked(attempts: Attempts, now: Date): number {
  const left = (attempts.lockedUntil?.getTime() ?? 0) - now.getTime();
  return left > 0 ? Math.ceil(left / 1000) : 0;
}

/** One more failure: the fifth within five minutes locks for ten. Failures from before a lock do not count twice. */
export function afterFailure(attempts: Attempts, now: Date): Attempts {
  const since = after(now, -WINDOW_SECONDS).getTime();
  const failures = [...attempts.failures.filter((each) => each.getTime() > since), now];
  if (failures.length < MAX_FAILURES) return { failures, lockedUntil: null };
  return { failures: [], lockedUntil: after(now, LOCK_SECONDS) };
}

/** When nothing of this counts any more, so that it may be deleted. */
export function forgetAt(attempts: Attempts, now: Date): Date {
  return attempts.lockedUntil ?? after(attempts.failures.at(-1) ?? now, WINDOW_SECONDS);
}

/**
 * What an address is counted as. An IPv6 customer gets at least a whole /64 to choose addresses from, so those count as
 * one; an IPv4 address inside IPv6 counts as itself.
 */
export function addressGroup(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = Array.from(
    { length: tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length) },
    () => '0',
  );
  const groups = [...left, ...gap, ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16));
  return `${groups.join(':')}::/64`;
}
