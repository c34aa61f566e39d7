import type { BackfillAnswer, BackfillRequest } from '../../../../functions/src/contract/suppressions.ts';
import { call } from '../../data/http.ts';
import { addStep, NO_REVIEW, type Review } from './review.ts';

/**
 * Checks past failures step by step, until it is complete or the signal stops it, and reports each step. Without `dryRun`
 * each step suppresses or opts out what it found; a second run finds that done, so it can be repeated.
 */
export async function reviewFailures(
  request: Pick<BackfillRequest, 'since' | 'dryRun'>,
  onStep: (review: Review) => void,
  signal: AbortSignal,
): Promise<Review> {
  let review = NO_REVIEW;
  let cursor: string | null = null;
  do {
    const body: BackfillRequest = { ...request, ...(cursor !== null && { cursor }) };
    const step: BackfillAnswer = await call('POST /suppressions/backfill', { body, signal });
    review = addStep(review, step);
    onStep(review);
    cursor = step.nextCursor;
  } while (cursor !== null);
  return review;
}
