import type { AddRoute } from '../route.ts';
import { changeErrorCodesRoute } from './change-error-codes.ts';
import { changeLimitsRoute } from './change-limits.ts';
import { readErrorCodesRoute } from './read-error-codes.ts';
import { readLimitsRoute } from './read-limits.ts';

/** What error codes mean, and the sending limits. */
export const settingsRoutes: readonly AddRoute[] = [
  readErrorCodesRoute,
  changeErrorCodesRoute,
  readLimitsRoute,
  changeLimitsRoute,
];
