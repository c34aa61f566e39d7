import type { BackfillAnswer } from '../../../../functions/src/contract/suppressions.ts';

/** What a check of past failures has found so far. */
export interface Review {
  examined: number;
  suppressed: number;
  optedOut: number;
  /** Failures that change nothing, by reason. */
  skipped: Readonly<Record<string, number>>;
  /** Whether the check is complete. */
  done: boolean;
  /** Steps so far. While nothing is changed, a number with failures in two steps counts in both. */
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

/** Adds the answer of the next step to what was found so far. */
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
