import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cutEverything } from '../../tests/faults/cuts.ts';
import { PLANTED } from '../../tests/faults/planted/faults.ts';
import { findPlanted, type Found } from '../../tests/faults/planted/find.ts';
import { inWords } from '../../tests/faults/report.ts';
import { runSeed, type Ground } from '../../tests/faults/run-once.ts';
import { runSeeds } from '../../tests/faults/lanes.ts';
import { SCENARIOS } from '../../tests/faults/scenarios.ts';
import * as system from '../../tests/faults/system.ts';
import { startFirestore } from './lib/firestore-alone.ts';
import { root } from './lib/paths.ts';
import { printProblem } from './lib/problem.ts';
import { stopEverything } from './lib/processes.ts';

// npm run faults                              every cut of every path, 2,000 seeded runs, every planted fault
// npm run faults -- --runs 50000 --seed 7     so many runs, from that seed on
// npm run faults -- --replay 4711             one run, with everything that happened in it
// npm run faults -- --path edit               the cuts of one path
// npm run faults -- --planted                 the planted faults, each until a run has found it
const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: { runs: text, seed: text, replay: text, host: text, planted: { type: 'boolean' }, path: text },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void stopEverything(1_000).then(() => process.exit(130)));

try {
  const directory = join(root, '.parley', `faults-${String(process.pid)}`);
  mkdirSync(directory, { recursive: true });
  const host = values.host ?? (await startFirestore(directory));
  const ground: Ground = { host, system, name: `faults-${String(process.pid)}` };
  const fine = await chosen(ground);
  await stopEverything(1_000);
  process.exit(fine ? 0 : 1);
} catch (error) {
  printProblem(error);
  await stopEverything(1_000);
  process.exit(1);
}

async function chosen(ground: Ground): Promise<boolean> {
  if (values.replay !== undefined) return replay(ground, Number(values.replay));
  if (values.planted === true) return plant(ground);
  if (values.path !== undefined) {
    const cuts = await cutEverything(
      ground,
      SCENARIOS.filter(({ path }) => path === values.path),
    );
    console.log(inWords({ cuts }));
    return cuts.length > 0 && cuts.every(({ breaches }) => breaches.length === 0);
  }
  const stands = await runAll(ground);
  return values.seed === undefined ? (await plant(ground)) && stands : stands;
}

async function runAll(ground: Ground): Promise<boolean> {
  const first = Number(values.seed ?? '1');
  const count = Number(values.runs ?? '2000');
  const cuts = values.seed === undefined ? await cutEverything(ground) : null;
  let told = 0;
  const seeds = await runSeeds(ground, { first, count }, (tally) => {
    if (tally.runs < told + 500) return;
    told = tally.runs;
    console.error(`${String(tally.runs)} runs, ${String(tally.breaches.length)} with violations …`);
  });
  console.log(inWords({ cuts, seeds }));
  return (
    seeds.breaches.length === 0 && (cuts === null || cuts.every(({ breaches }) => breaches.length === 0))
  );
}

/** Without the seeds that are known to find them: how soon each comes to light is what is measured. */
async function plant(ground: Ground): Promise<boolean> {
  const found: Found[] = [];
  for (const fault of PLANTED) {
    const one = await findPlanted(ground, fault, { known: false });
    console.error(`${one.name}: ${one.where ?? 'not found'}`);
    found.push(one);
  }
  console.log(inWords({ planted: found }));
  return found.every(({ where }) => where !== null);
}

async function replay(ground: Ground, seed: number): Promise<boolean> {
  const { trace, violations } = await runSeed(ground, seed);
  console.log([...trace, '', ...(violations.length === 0 ? ['No violation.'] : violations)].join('\n'));
  return violations.length === 0;
}
