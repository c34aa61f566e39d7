import { MINUTE_JOBS } from './minute-jobs.ts';
import { runJobs } from '../../jobs/run-jobs.ts';
import type { SmsLookup } from '../../carrier/lookup.ts';
import { runtimeDeps, type Deps } from '../deps.ts';

/** What is due needs besides the rest. */
export interface DueDeps extends Deps {
  lookup: SmsLookup;
}

/** The composition root of the schedule, which asks the carrier about messages whose outcome is unknown. */
export async function runtimeDueDeps(): Promise<DueDeps> {
  const deps = runtimeDeps();
  return { ...deps, lookup: await deps.carrier.lookup() };
}

/** Runs all that is due at `now`. Throws when any of it failed, after the rest was done, so that the schedule shows it. */
export async function runDueWork(deps: DueDeps, now: Date): Promise<void> {
  const began = deps.clock.now().getTime();
  const failed = await runJobs(MINUTE_JOBS, deps, now);
  const milliseconds = deps.clock.now().getTime() - began;
  deps.log.info('due-work.ran', { failed: failed.length, which: failed.join(' '), milliseconds });
  if (failed.length > 0) throw new Error(`Due work failed: ${failed.join(', ')}.`);
}
