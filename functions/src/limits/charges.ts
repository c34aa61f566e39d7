import { dayOf } from './send-guards.ts';

/**
 * What a message costs its author's day (OUT-11), kept with the message so that an edit charges no more than it adds, and
 * what is given back is what was charged. Pure.
 */

/** Segments by the UTC day on which they were charged. */
export type Charges = Readonly<Record<string, number>>;

/** Of a message from before charges were kept: it is not known on which day, or whether, so nothing is given back. */
export const EARLIER = 'earlier';

export interface Recharge {
  charges: Charges;
  /** Segments to add to today's count; below zero what is given back. */
  change: number;
}

/**
 * Charges for a message that takes `segments` from now on, 0 for one that is never sent. More segments are charged to
 * today. Fewer are given back as far as today was charged for them: a day that is over has no limit to give room to.
 */
export function recharge(charges: Charges, segments: number, now: Date): Recharge {
  const day = dayOf(now);
  const charged = Object.values(charges).reduce((sum, each) => sum + each, 0);
  const today = charges[day] ?? 0;
  const change = Math.max(segments - charged, 0 - today);
  return { charges: change === 0 ? charges : { ...charges, [day]: today + change }, change };
}
