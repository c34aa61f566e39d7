import type { Log } from '../platform/log.ts';
import { within } from '../platform/retry.ts';

/** Something that is done again and again, as far as it is due at `now`. It must bear running twice, and beside itself. */
export interface Job<Deps> {
  /** Names it in the logs. */
  readonly name: string;
  /** After so long it counts as failed. What it has begun goes on behind that, and must bear it. */
  readonly deadlineMs: number;
  run(deps: Deps, now: Date): Promise<unknown>;
}

/**
 * Runs all of them side by side, each within its own deadline: one that fails, is slow or never ends holds up no other.
 * Answers the names of those that failed, in the order of the table, once each has ended or is out of time. Never throws.
 */
export async function runJobs<Deps extends { log: Log }>(
  jobs: readonly Job<Deps>[],
  deps: Deps,
  now: Date,
): Promise<string[]> {
  const attempted = jobs.map(async ({ name, deadlineMs, run }) => {
    try {
      // Not called in place: what one throws at once must not keep the next from starting.
      await within(deadlineMs, (async () => run(deps, now))());
      return [];
    } catch (error) {
      deps.log.error('due-work.failed', error, { work: name });
      return [name];
    }
  });
  return (await Promise.all(attempted)).flat();
}
