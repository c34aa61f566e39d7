import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cutEverything } from '../../tests/torture/cuts.ts';
import { inWords } from '../../tests/torture/report.ts';
import { runSeed, type Ground } from '../../tests/torture/run-once.ts';
import { runSeeds } from '../../tests/torture/lanes.ts';
import * as system from '../../tests/torture/system.ts';
import { startFirestore } from './lib/firestore-alone.ts';
import { root } from './lib/paths.ts';
import { printProblem } from './lib/problem.ts';
import { stopEverything } from './lib/processes.ts';

// npm run torture                              every cut of every path, then 2,000 seeded runs
// npm run torture -- --runs 50000 --seed 7     so many runs, from that seed on
// npm run torture -- --replay 4711             one run, with everything that happened in it
const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { runs: text, seed: text, replay: text, host: text } });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void stopEverything(1_000).then(() => process.exit(130)));

try {
  const directory = join(root, '.parley', `torture-${String(process.pid)}`);
  mkdirSync(directory, { recursive: true });
  const host = values.host ?? (await startFirestore(directory));
  const ground: Ground = { host, system, name: `torture-${String(process.pid)}` };
  const fine =
    values.replay === undefined ? await torture(ground) : await replay(ground, Number(values.replay));
  await stopEverything(1_000);
  process.exit(fine ? 0 : 1);
} catch (error) {
  printProblem(error);
  await stopEverything(1_000);
  process.exit(1);
}

async function torture(ground: Ground): Promise<boolean> {
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

async function replay(ground: Ground, seed: number): Promise<boolean> {
  const { trace, violations } = await runSeed(ground, seed);
  console.log([...trace, '', ...(violations.length === 0 ? ['No violation.'] : violations)].join('\n'));
  return violations.length === 0;
}
