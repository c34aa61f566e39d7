/** Time as an argument: nothing outside platform/ and cli/ asks the system for it. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
