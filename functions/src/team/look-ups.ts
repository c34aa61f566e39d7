import { MAX_LOOKUPS_PER_DAY, MAX_LOOKUPS_PER_MINUTE, MAX_REVEALS_PER_HOUR } from '../contract/limits.ts';

/** At most `max` within any `seconds`. */
export interface Window {
  max: number;
  seconds: number;
}

/** What one operator may do with phone numbers (PRIV-3); each kind is counted by itself, over all routes together. */
export const LOOK_UP_WINDOWS = {
  look_up: [
    { max: MAX_LOOKUPS_PER_MINUTE, seconds: 60 },
    { max: MAX_LOOKUPS_PER_DAY, seconds: 24 * 60 * 60 },
  ],
  reveal: [{ max: MAX_REVEALS_PER_HOUR, seconds: 60 * 60 }],
} as const satisfies Record<string, readonly Window[]>;

export type LookUpKind = keyof typeof LOOK_UP_WINDOWS;

/** What has been counted. */
export interface LookUps {
  /** Times within the longest window. */
  at: readonly Date[];
  /** When a refusal was last put into the audit log. */
  notedAt: Date | null;
}

export const NO_LOOK_UPS: LookUps = { at: [], notedAt: null };

export type LookUpDecision =
  | { kind: 'admitted'; next: LookUps }
  /** `note`: this refusal belongs into the audit log, which gets one for each window and not one for each try. */
  | { kind: 'limited'; retryAfterSeconds: number; note: boolean };

/** The longest window of a kind, in seconds: what is older says nothing any more. */
export function longestWindow(windows: readonly Window[]): number {
  return Math.max(...windows.map(({ seconds }) => seconds));
}

/** Whether one more is let through at `now`. */
export function decideLookUp(seen: LookUps, windows: readonly Window[], now: Date): LookUpDecision {
  const within = (seconds: number) =>
    seen.at.filter((each) => each.getTime() > now.getTime() - seconds * 1000).sort((a, b) => +a - +b);
  const waits = windows.flatMap(({ max, seconds }) => {
    const counted = within(seconds);
    // There is room again when so many have left the window that one less than `max` is in it.
    const leaves = counted.at(-max);
    if (leaves === undefined) return [];
    return [{ seconds, wait: Math.ceil((leaves.getTime() + seconds * 1000 - now.getTime()) / 1000) }];
  });
  const [longest] = waits.sort((a, b) => b.wait - a.wait);
  if (longest === undefined)
    return { kind: 'admitted', next: { ...seen, at: [...within(longestWindow(windows)), now] } };
  const since = now.getTime() - (seen.notedAt?.getTime() ?? 0);
  return { kind: 'limited', retryAfterSeconds: longest.wait, note: since >= longest.seconds * 1000 };
}
