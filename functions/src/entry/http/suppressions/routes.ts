import type { AddRoute } from '../route.ts';
import { addSuppressionRoute } from './add-suppression.ts';
import { decideFlaggedRoute } from './decide-flagged.ts';
import { liftSuppressionRoute } from './lift-suppression.ts';
import { listFlaggedRoute } from './list-flagged.ts';
import { listSuppressionsRoute } from './list-suppressions.ts';
import { reviewFailuresRoute } from './review-failures.ts';
import { searchSuppressionsRoute } from './search-suppressions.ts';

/** Opt-outs and suppressed numbers, opt-out requests, and past failures. */
export const suppressionsRoutes: readonly AddRoute[] = [
  listSuppressionsRoute,
  searchSuppressionsRoute,
  addSuppressionRoute,
  liftSuppressionRoute,
  listFlaggedRoute,
  decideFlaggedRoute,
  reviewFailuresRoute,
];
