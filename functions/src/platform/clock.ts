/** Time as an argument: nothing outside platform/ and cli/ asks the system for it. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still, or moves only when told; for tests and for runs as of a given instant. */
export function fixedClock(instant: Date): Clock {
  return { now: () => new Date(instant) };
}
