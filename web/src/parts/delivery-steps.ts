import type { OutgoingStatus } from '../../../functions/src/contract/delivery.ts';

/** One step of a message's way as the console shows it. */
export interface DeliveryStep {
  /** Null for a step that did not happen and will not: it has no label. */
  status: OutgoingStatus | null;
  /** `here`: where the message is; `done`: in its history; `ahead`: may come; `never`: passed over, or out of reach. */
  state: 'done' | 'here' | 'ahead' | 'never';
}

/** The steps of a message that goes well, each with the statuses that belong to it. */
const STEPS = [
  ['scheduled', 'held', 'queued'],
  ['sending', 'unconfirmed', 'accepted'],
  ['sent'],
  ['delivered', 'read'],
] as const satisfies readonly (readonly OutgoingStatus[])[];
/** What a step is called as long as it is ahead. */
const AHEAD: readonly OutgoingStatus[] = ['queued', 'sending', 'sent', 'delivered'];
const ENDED_BADLY: ReadonlySet<OutgoingStatus> = new Set(['failed', 'undelivered', 'canceled']);
const ENDED: ReadonlySet<OutgoingStatus> = new Set(['delivered', 'read', ...ENDED_BADLY]);

function stepOf(status: OutgoingStatus): number {
  return STEPS.findIndex((statuses) => statuses.some((each) => each === status));
}

/** A message is sent within seconds of being queued; this much later something is amiss. */
const USUAL_WAIT_MS = 60_000;

/** Whether a message waits to be sent for longer than it should; `since`: when it came to its status. */
export function isLate(status: OutgoingStatus, since: string | null, now: Date): boolean {
  return status === 'queued' && since !== null && now.getTime() - Date.parse(since) > USUAL_WAIT_MS;
}

/** Whether nothing follows any more but, at most, that it was read. */
export function isSettled(status: OutgoingStatus): boolean {
  return ENDED.has(status);
}

/**
 * The steps of a message from the statuses of its history, oldest first and with the present one at the end. Only what
 * stands in the history is done. A failure takes the place of the step that did not come; those after it never will.
 * Pure. Four steps; a message with an empty history is about to be queued.
 */
export function deliverySteps(history: readonly OutgoingStatus[]): readonly DeliveryStep[] {
  const current = history.at(-1) ?? 'queued';
  const reached = history.filter((status) => !ENDED_BADLY.has(status));
  const bad = ENDED_BADLY.has(current);
  const lastReached = reached.length === 0 ? -1 : stepOf(reached.at(-1) ?? 'queued');
  const here = bad ? Math.min(lastReached + 1, STEPS.length - 1) : stepOf(current);
  return STEPS.map((_statuses, index): DeliveryStep => {
    if (index === here) return { status: current, state: 'here' };
    if (index > here)
      return bad ? { status: null, state: 'never' } : { status: AHEAD[index] ?? null, state: 'ahead' };
    const passed = reached.filter((status) => stepOf(status) === index);
    const named = passed.find((status) => status === AHEAD[index]) ?? passed.at(-1);
    return named === undefined ? { status: null, state: 'never' } : { status: named, state: 'done' };
  });
}
