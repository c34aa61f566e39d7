import type { BackfillAnswer } from '../../../functions/src/contract/suppressions.ts';

/** What a look at past failures has come to so far. */
export interface Review {
  examined: number;
  suppressed: number;
  optedOut: number;
  /** By why nothing followed. */
  skipped: Readonly<Record<string, number>>;
  /** Whether it is through. */
  done: boolean;
  /** More than one step: without changing anything, a number with failures in two of them counts in both. */
  steps: number;
}

export const NO_REVIEW: Review = {
  examined: 0,
  suppressed: 0,
  optedOut: 0,
  skipped: {},
  done: false,
  steps: 0,
};

/** What was found so far and the answer of the next step, together. */
export function addStep(review: Review, step: BackfillAnswer): Review {
  const skipped = { ...review.skipped };
  for (const [why, count] of Object.entries(step.skipped)) skipped[why] = (skipped[why] ?? 0) + count;
  return {
    examined: review.examined + step.examined,
    suppressed: review.suppressed + step.suppressed,
    optedOut: review.optedOut + step.optedOut,
    skipped,
    done: step.nextCursor === null,
    steps: review.steps + 1,
  };
}
