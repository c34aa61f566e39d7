import { expect, test } from 'vitest';
import { firestoreHost } from '../support/emulator.ts';
import { cutEverything } from './cuts.ts';
import { runSeeds } from './lanes.ts';
import { inWords } from './report.ts';
import { runSeed } from './run-once.ts';
import { PATHS } from './actor.ts';
import * as system from './system.ts';

/** Besides the cuts, each of which is a seeded run of its own; together at least 2,000. */
const RUNS = 550;
const ALL = 2_000;
let cutRuns = 0;
const ground = { host: firestoreHost(), system, name: `faults-${String(process.pid)}` };

test('OUT-6: no fault at any I/O of any path breaks an invariant, with the retries that follow', async () => {
  const cuts = await cutEverything(ground);
  console.log(inWords({ cuts, seeds: null }));
  expect(cuts.filter(({ breaches }) => breaches.length > 0)).toEqual([]);
  cutRuns = cuts.reduce((sum, each) => sum + each.runs, 0);
  const paths = Map.groupBy(cuts, ({ scenario }) => scenario.path);
  expect([...paths.keys()]).toEqual([...PATHS]);
  for (const ways of paths.values())
    expect(ways.reduce((sum, { cuts: own }) => sum + own.length, 0)).toBeGreaterThan(10);
});

test(`OUT-6, IN-5, IN-10: ${String(RUNS)} seeded runs lose no message and send none twice`, async () => {
  const seeds = await runSeeds(ground, { first: 1, count: RUNS });
  console.log(inWords({ cuts: null, seeds }));
  expect(seeds.breaches).toEqual([]);
  expect(seeds.runs + cutRuns).toBeGreaterThanOrEqual(ALL);
});

test.each([3, 14, 159])('OUT-6: seed %i gives the same run twice', async (seed) => {
  // These seeds wait for no lock of the emulator's, so whatever takes long is the machine.
  const patient = { ...ground, patience: 30_000 };
  const once = await runSeed({ ...patient, name: `${ground.name}-a` }, seed);
  const again = await runSeed({ ...patient, name: `${ground.name}-b` }, seed);
  expect(again.trace).toEqual(once.trace);
  expect(once.trace.length).toBeGreaterThan(3);
});
