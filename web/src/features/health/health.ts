import type { FindingsAnswer } from '../../../../functions/src/contract/health.ts';
import { call } from '../../data/http.ts';

/** The doctor's findings, made anew at each call. */
export const checkHealth = (signal?: AbortSignal): Promise<FindingsAnswer> =>
  call('GET /health/findings', { signal });
