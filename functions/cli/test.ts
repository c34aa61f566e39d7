import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { lintChecks, startCheck, typeChecks, type Check } from './lib/checks.ts';
import { obtainChromium } from './lib/chromium.ts';
import { startFirestore, testFirestoreVariable } from './lib/firestore-alone.ts';
import { root } from './lib/paths.ts';
import { printProblem } from './lib/problem.ts';
import { stopEverything } from './lib/processes.ts';
import {
  addConsole,
  startTestStack,
  testStackVariable,
  type RunningTestStack,
  type TestStack,
} from './lib/test-stack.ts';
import { runVitest, type Tally } from './lib/vitest-run.ts';

// npm test                                everything
// npm test -- --only unit,property        some kinds
// npm test -- tests/emulator/x.test.ts    some files, by name or part of it, without type check and lint
// npm test -- --only unit -- -t "IN-3"    what comes after the second -- goes to vitest
const usage =
  'Kinds of test: types, lint, unit, property, structure, rules, emulator, faults, processes, browser.';
const alone = ['unit', 'property', 'structure'];
const onEmulators = ['rules', 'emulator'];
const withFaults = ['faults'];
const withProcesses = ['processes'];
const inBrowser = ['browser'];
const kinds = ['types', 'lint', ...alone, ...onEmulators, ...withFaults, ...withProcesses, ...inBrowser];

const { only, filters } = readArguments();
const wanted = (names: readonly string[]) => names.filter((name) => only.includes(name));
const complete = filters.length === 0;
const total: Tally = { passed: 0, failed: 0 };
const directory = join(root, '.parley', `test-${String(process.pid)}`);
const stacks = new Set<RunningTestStack>();
let stopping = false;

// A signal comes more than once: to the whole process group, and passed on by npm.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stopEarly);
process.on('disconnect', stopEarly);

// Side by side: what runs on a Parley; what needs none; and the tests that kill processes, which mostly wait for the locks of
// the dead to end, with the browser's behind them, on a Parley whose demo data nobody else has changed.
const { promise: firstStarted, resolve: firstSettled } = Promise.withResolvers<void>();
await Promise.all([
  onStack('emulator', wanted(onEmulators), firstSettled).finally(firstSettled),
  withoutStack(),
  firstStarted.then(() => vitest(wanted(withProcesses))).then(() => onStack('browser', wanted(inBrowser))),
]);
// It was stopped; the process ends when everything has.
if (stopping) await new Promise(() => {});
await stopAll();
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);

/** Starts a Parley, has these tests run on it, and stops it. */
async function onStack(
  name: string,
  projects: readonly string[],
  started: () => void = () => {},
): Promise<void> {
  if (stopping || projects.length === 0) return;
  try {
    const running = await startTestStack(name);
    stacks.add(running);
    started();
    const { stack } = running;
    const environment = { [testStackVariable]: JSON.stringify(stack) };
    await vitest(projects, { ...environment, ...(await forBrowser(projects, stack)) });
    stacks.delete(running);
    await running.stop();
  } catch (error) {
    fail(error);
  }
}

/** Only the browser's tests need the console, and a browser. */
async function forBrowser(projects: readonly string[], stack: TestStack): Promise<Record<string, string>> {
  if (!projects.some((each) => inBrowser.includes(each))) return {};
  await addConsole(stack);
  return { PARLEY_CHROMIUM: obtainChromium(process.env) };
}

async function withoutStack(): Promise<void> {
  await vitest(wanted(alone));
  const checks = [
    ...(only.includes('types') ? typeChecks() : []),
    ...(only.includes('lint') ? lintChecks() : []),
  ];
  for (const check of checks) if (!stopping) await runCheck(check);
  await runFaults();
}

async function runFaults(): Promise<void> {
  if (stopping || wanted(withFaults).length === 0) return;
  try {
    const host = await startFirestore(join(directory, 'faults'));
    await vitest(withFaults, { [testFirestoreVariable]: host });
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): void {
  if (stopping) return;
  printProblem(error);
  total.failed += 1;
}

async function runCheck(check: Check): Promise<void> {
  const started = performance.now();
  const process = startCheck(check);
  const fine = (await process.ended) === 0;
  total[fine ? 'passed' : 'failed'] += 1;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${fine ? '✓' : '✗'} ${check.name} (${seconds} s)${fine ? '' : `\n${process.output()}`}`);
}

async function vitest(
  projects: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  if (stopping || projects.length === 0) return;
  const tally = await runVitest({ projects, extra: filters, environment, complete });
  total.passed += tally.passed;
  total.failed += tally.failed;
}

async function stopAll(): Promise<void> {
  await Promise.all([...stacks].map((each) => each.stop()));
  await stopEverything(1_000);
  if (process.env.PARLEY_KEEP_LOGS === undefined) rmSync(directory, { recursive: true, force: true });
}

function stopEarly(): void {
  if (stopping) return;
  stopping = true;
  console.log('Stopping …');
  void stopEverything(2_000).then(() => process.exit(130));
}

function readArguments(): { only: readonly string[]; filters: readonly string[] } {
  const { values, positionals } = parseArgs({
    options: { only: { type: 'string' } },
    allowPositionals: true,
    args: process.argv.slice(process.argv[2] === '--' ? 3 : 2),
  });
  const named = values.only?.split(',') ?? (positionals.length > 0 ? kindsOf(positionals) : kinds);
  const unknown = named.find((name) => !kinds.includes(name));
  if (unknown === undefined) return { only: named, filters: positionals };
  console.error(`There are no "${unknown}" tests. ${usage}`);
  process.exit(2);
}

/** The kinds to which some files belong; where a filter does not begin with a folder of tests, it may be of any. */
function kindsOf(files: readonly string[]): readonly string[] {
  const folders = files.map((file) => /^tests\/(\w+)\//.exec(file)?.[1] ?? '');
  const all = kinds.slice(2);
  return folders.every((folder) => all.includes(folder)) ? [...new Set(folders)] : all;
}
