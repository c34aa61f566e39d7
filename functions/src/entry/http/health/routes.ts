import type { AddRoute } from '../route.ts';
import { listFindingsRoute } from './list-findings.ts';
import { readHealthRoute } from './read-health.ts';

/** Whether Parley is up, and the doctor's findings. */
export const healthRoutes: readonly AddRoute[] = [readHealthRoute, listFindingsRoute];
