import type { Clock } from '../../functions/src/platform/clock.ts';

/** A clock that stands still. */
export function fixedClock(instant: Date): Clock {
  return { now: () => new Date(instant) };
}
