import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { benchColdStart } from '../../tests/bench/cold-start.ts';
import { benchConsole } from '../../tests/bench/console.ts';
import { benchDueWork } from '../../tests/bench/due-work.ts';
import { benchLog } from '../../tests/bench/log.ts';
import { holds, type Figure } from '../../tests/bench/measure.ts';
import { benchSend } from '../../tests/bench/send.ts';
import { benchSignIn } from '../../tests/bench/sign-in.ts';
import { startBenchStack, type BenchStack } from '../../tests/bench/stack.ts';
import { benchWebhook } from '../../tests/bench/webhook.ts';
import { readOnly, readOptions } from './lib/options.ts';
import { root } from './lib/paths.ts';
import { printProblem } from './lib/problem.ts';
import { stopEverything } from './lib/processes.ts';

type Bench = (stack: BenchStack) => Promise<Figure[]>;
const usual: Readonly<Record<string, Bench>> = {
  'cold-start': benchColdStart,
  webhook: benchWebhook,
  send: benchSend,
  'sign-in': benchSignIn,
  // Last: for minutes after its pages were closed, the emulator goes on sending them every change.
  console: benchConsole,
};
const large: Readonly<Record<string, Bench>> = { log: benchLog, 'due-work': benchDueWork };
/** A hundred thousand messages would slow the others down, so they get an isolated stack. */
const groups = { usual, large };

const all = [...Object.keys(usual), ...Object.keys(large)];
const usage = `npm run bench                      measures every figure against its limit
npm run bench -- --only webhook    some of ${all.join(', ')}`;
const { values } = readOptions(usage, { options: { only: { type: 'string' } } });
const names = readOnly(values.only, all, usage);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => void stopEverything().then(() => process.exit(1)));

try {
  const figures: Figure[] = [];
  let broken = false;
  for (const [kind, benches] of Object.entries(groups)) {
    const wanted = Object.entries(benches).filter(([name]) => names.includes(name));
    if (wanted.length === 0) continue;
    const stack = await startBenchStack(kind);
    for (const [name, bench] of wanted) {
      console.error(`Measuring ${name} …`);
      try {
        figures.push(...(await bench(stack)));
      } catch (error) {
        // The others are measured all the same.
        printProblem(error);
        broken = true;
      }
    }
    await stack.stop();
  }
  const folder = join(root, '.parley');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'bench.json'), `${JSON.stringify(figures, null, 2)}\n`);
  console.log(table(figures));
  console.log('\nAs JSON: .parley/bench.json');
  await stopEverything();
  process.exit(!broken && figures.every(holds) ? 0 : 1);
} catch (error) {
  printProblem(error);
  await stopEverything();
  process.exit(1);
}

function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const value = `${figure.value.toLocaleString('en', { maximumFractionDigits: 2 })} ${figure.unit}`.trim();
    const limit = figure.limit === null ? '' : `${figure.limit.kind} ${String(figure.limit.value)}`;
    const verdict = figure.limit === null ? '' : holds(figure) ? 'met' : 'NOT MET';
    return [figure.name, value, limit, verdict, figure.note ?? ''];
  });
  const all = [['figure', 'value', 'limit', '', 'note'], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length))) ?? [];
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [line(all[0] ?? []), rule, ...rows.map(line)].join('\n');
}
