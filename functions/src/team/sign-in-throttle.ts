/** OP-5: failures of one counter within the window, and for how long it is then locked. */
export const MAX_FAILURES = 5;
/** Of one account from all addresses together: above what its owner mistypes, below what guessing needs (ADR 0028). */
export const MAX_ACCOUNT_FAILURES = 20;
const WINDOW_SECONDS = 5 * 60;
const LOCK_SECONDS = 10 * 60;
/** An attempt that has not reported back after this counts as a failure: its process died, or is far too late. */
const ATTEMPT_SECONDS = 60;

/** One attempt: when, and on which account (its keyed hash). */
export interface Attempt {
  at: Date;
  account: string;
}

/** An attempt that is being compared right now. It counts from its beginning on, and is taken back when it was right. */
export interface OpenAttempt extends Attempt {
  id: string;
}

/** What is kept of the sign-ins of one counter. */
export interface Attempts {
  /** Within the window, oldest first. */
  failures: readonly Attempt[];
  open: readonly OpenAttempt[];
  /** The lock, and the accounts whose failures brought it about. */
  lock: { since: Date; accounts: readonly string[] } | null;
}

export const NO_ATTEMPTS: Attempts = { failures: [], open: [], lock: null };

/** Whose sign-in it is, and since when their earlier failures do not count any more (a reset, or an unlocking). */
export interface Account {
  account: string;
  unlockedAt: Date | null;
}

export type Standing =
  | { kind: 'free' }
  /** Whole seconds until the lock ends, at least 1. */
  | { kind: 'locked'; seconds: number }
  /** As many attempts are being compared as failures are left: whether it locks is known in a moment. */
  | { kind: 'busy' };

const after = (instant: Date, seconds: number) => new Date(instant.getTime() + seconds * 1000);

/** What counts at `now` for `who`: attempts that died are failures, old ones are gone, and so is what was lifted. */
function seenBy(attempts: Attempts, { account, unlockedAt }: Account, now: Date): Attempts {
  const lifted = (each: Attempt) =>
    unlockedAt !== null && each.account === account && each.at.getTime() <= unlockedAt.getTime();
  const since = after(now, -WINDOW_SECONDS).getTime();
  const died = after(now, -ATTEMPT_SECONDS).getTime();
  const counts = (each: Attempt) => each.at.getTime() > since && !lifted(each);
  const dead = attempts.open.filter((each) => each.at.getTime() <= died);
  const { lock } = attempts;
  const freed =
    lock !== null &&
    unlockedAt !== null &&
    lock.accounts.includes(account) &&
    lock.since.getTime() <= unlockedAt.getTime();
  return {
    failures: [...attempts.failures, ...dead.map(({ at, account: by }) => ({ at, account: by }))].filter(
      counts,
    ),
    open: attempts.open.filter((each) => each.at.getTime() > died && !lifted(each)),
    lock: freed ? null : lock,
  };
}

function secondsLeft({ lock }: Attempts, now: Date): number {
  const left = lock === null ? 0 : after(lock.since, LOCK_SECONDS).getTime() - now.getTime();
  return left > 0 ? Math.ceil(left / 1000) : 0;
}

/** Whether another attempt may begin at `now`. */
export function standing(attempts: Attempts, who: Account, max: number, now: Date): Standing {
  const seen = seenBy(attempts, who, now);
  const seconds = secondsLeft(seen, now);
  if (seconds > 0) return { kind: 'locked', seconds };
  if (seen.failures.length >= max) return { kind: 'locked', seconds: LOCK_SECONDS };
  return seen.failures.length + seen.open.length >= max ? { kind: 'busy' } : { kind: 'free' };
}

/** The attempt counts before its password is compared, so that none that runs beside it is let past the limit. */
export function opened(attempts: Attempts, attempt: OpenAttempt, now: Date): Attempts {
  const since = after(now, -WINDOW_SECONDS).getTime();
  return {
    failures: attempts.failures.filter((each) => each.at.getTime() > since),
    open: [...attempts.open.filter((each) => each.at.getTime() > since), attempt],
    lock: secondsLeft(attempts, now) > 0 ? attempts.lock : null,
  };
}

/** The attempt was right: it never counted. */
export function takenBack(attempts: Attempts, id: string): Attempts {
  return { ...attempts, open: attempts.open.filter((each) => each.id !== id) };
}

/** The attempt was wrong: the `max`th failure within five minutes locks for ten. */
export function failed(attempts: Attempts, id: string, who: Account, max: number, now: Date): Attempts {
  const failures = [...seenBy(takenBack(attempts, id), who, now).failures, { at: now, account: who.account }];
  const kept = takenBack(attempts, id);
  if (failures.length < max)
    return { ...kept, failures: [...kept.failures, { at: now, account: who.account }] };
  const accounts = [...new Set(failures.map((each) => each.account))];
  return { failures: [], open: [], lock: { since: now, accounts } };
}

/** When nothing of this counts any more, so that it may be deleted. */
export function forgetAt(attempts: Attempts, now: Date): Date {
  return after(attempts.lock?.since ?? now, attempts.lock === null ? WINDOW_SECONDS : LOCK_SECONDS);
}

/** An address of the machine itself, as everybody has it on one laptop: it tells nobody from anybody. */
export function isLoopback(address: string): boolean {
  return /^(?:::ffff:)?127\.|^::1$/i.test(address);
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
