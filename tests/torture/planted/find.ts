import { runSeeds } from '../lanes.ts';
import type { Ground } from '../run-once.ts';
import { buildVariant } from './build-variant.ts';
import type { PlantedFault } from './faults.ts';

/** Where a planted fault came to light. */
export interface Found {
  name: string;
  /** The run that found it; null when none did. */
  seed: number | null;
  /** How many runs it took. */
  runs: number;
  /** The kind of breach, as the run says it. */
  violation: string | null;
}

/** Fewer than a tenth of the runs of torture.test.ts: what takes longer to be found is not found well. */
const MOST_RUNS = 150;

/**
 * Runs Parley with this fault planted until a breach of its kind. `known` seeds come first: those that found it before,
 * which saves the search as long as the plan of the runs is the same.
 */
export async function findPlanted(
  { host, name: ground }: Omit<Ground, 'system'>,
  { name, edits, found, seed }: PlantedFault,
  { known }: { known: boolean },
): Promise<Found> {
  const system = await buildVariant(name.replaceAll(/\W+/g, '-'), edits);
  const fits = (violations: readonly string[]) => violations.find((violation) => found.test(violation));
  let runs = 0;
  for (const seeds of [
    ...(known && seed !== undefined ? [{ first: seed, count: 1 }] : []),
    { first: 1, count: MOST_RUNS },
  ]) {
    const on = { host, system, name: `${ground}-planted-${String(runs)}` };
    const tally = await runSeeds(on, { ...seeds, until: (violations) => fits(violations) !== undefined });
    runs += tally.runs;
    const breach = tally.breaches.find(({ violations }) => fits(violations) !== undefined);
    if (breach !== undefined)
      return { name, seed: breach.seed, runs, violation: fits(breach.violations) ?? null };
  }
  return { name, seed: null, runs, violation: null };
}
