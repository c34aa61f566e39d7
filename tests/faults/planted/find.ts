import { cutScenario } from '../cuts.ts';
import { runSeeds } from '../lanes.ts';
import type { Ground } from '../run-once.ts';
import { SCENARIOS } from '../scenarios.ts';
import { buildVariant } from './build-variant.ts';
import type { PlantedFault } from './planted-fault.ts';

/** Where a planted fault came to light. */
export interface Found {
  name: string;
  /** The seed, or the way and the cut; null when it was not found. */
  where: string | null;
  /** How many runs it took. */
  runs: number;
  /** The kind of breach, as the run names it. */
  violation: string | null;
}

/** Fewer than a tenth of the runs of faults.test.ts: what takes longer to be found is not found well. */
const MOST_RUNS = 150;

/**
 * Runs Parley with this fault planted until a breach of its kind: the cuts of the way that it is in, where one is named,
 * else seeds. With `known`, the seed comes first that found it before, which saves the search as long as the plan of the
 * runs is the same.
 */
export async function findPlanted(
  { host, name: ground }: Omit<Ground, 'system'>,
  { name, edits, found, seed, way }: PlantedFault,
  { known }: { known: boolean },
): Promise<Found> {
  const system = await buildVariant(name.replaceAll(/\W+/g, '-'), edits);
  const fits = (violations: readonly string[]) => violations.find((violation) => found.test(violation));
  const bites = ({ violations }: { violations: readonly string[] }) => fits(violations) !== undefined;
  let runs = 0;
  if (way !== undefined) {
    const scenario = SCENARIOS.find(({ path, what }) => way === `${path}, ${what}`);
    if (scenario === undefined) throw new Error(`There is no "${way}".`);
    const report = await cutScenario({ host, system, name: `${ground}-planted` }, scenario, ({ breaches }) =>
      breaches.some(bites),
    );
    runs = report.runs;
    const breach = report.breaches.find(bites);
    const cut = breach?.cut ?? null;
    const place = cut === null ? 'uncut' : `${cut.fault} at I/O ${String(cut.io)}`;
    if (breach !== undefined)
      return { name, where: `${way}: ${place}`, runs, violation: fits(breach.violations) ?? null };
  }
  const first = known && seed !== undefined ? [{ first: seed, count: 1 }] : [];
  for (const seeds of [...first, { first: 1, count: MOST_RUNS }]) {
    const on = { host, system, name: `${ground}-planted-${String(runs)}` };
    const tally = await runSeeds(on, { ...seeds, until: (violations) => bites({ violations }) });
    runs += tally.runs;
    const breach = tally.breaches.find(bites);
    if (breach !== undefined)
      return {
        name,
        where: `seed ${String(breach.seed)}`,
        runs,
        violation: fits(breach.violations) ?? null,
      };
  }
  return { name, where: null, runs, violation: null };
}
