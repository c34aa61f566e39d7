import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { lintChecks, startCheck, typeChecks, type Check } from './lib/checks.ts';
import { obtainChromium } from './lib/chromium.ts';
import { startFirestore, testFirestoreVariable } from './lib/firestore-alone.ts';
import { readOnly, readOptions } from './lib/options.ts';
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

const alone = ['unit', 'property', 'structure'];
const onEmulators = ['rules', 'emulator'];
const withFaults = ['faults'];
const withProcesses = ['processes'];
const inBrowser = ['browser'];
const kinds = ['types', 'lint', ...alone, ...onEmulators, ...withFaults, ...withProcesses, ...inBrowser];
const usage = `npm test                                runs everything
npm test -- --only unit,property        some kinds of ${kinds.join(', ')}
npm test -- tests/emulator/x.test.ts    some files, by name or part of it, without type check and lint
npm test -- --only unit -- -t "IN-3"    what comes after the second -- goes to vitest`;

const { only, filters } = readArguments();
const wanted = (names: readonly string[]) => names.filter((name) => only.includes(name));
const complete = filters.length === 0;
const total: Tally = { passed: 0, failed: 0 };
const directory = join(root, '.parley', `test-${String(process.pid)}`);
const stacks = new Set<RunningTestStack>();
let stopping = false;

// A signal comes more than once: to the whole process group, and again from npm.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stopEarly);
process.on('disconnect', stopEarly);

// Side by side, each about as long as the others: the tests on emulators; those that need none and the fault injection, which
// compute all the time; those in the browser, on a stack whose demo data nobody else has changed; and those that kill
// processes, which mostly wait for the locks of the dead to end. Two stacks do not start at the same moment.
const { promise: firstStarted, resolve: firstSettled } = Promise.withResolvers<void>();
await Promise.all([
  onStack('emulator', wanted(onEmulators), firstSettled).finally(firstSettled),
  vitest(wanted(alone)).then(runFaults),
  firstStarted.then(() => onStack('browser', wanted(inBrowser))),
  firstStarted.then(() => vitest(wanted(withProcesses))).then(check),
]);
// It was stopped: the process ends as soon as everything else has.
if (stopping) await new Promise(() => {});
await stopAll();
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);

/** Starts a stack, runs these tests on it, and stops it. */
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

/** Only the browser tests need the console, and a browser. */
async function forBrowser(projects: readonly string[], stack: TestStack): Promise<Record<string, string>> {
  if (!projects.some((each) => inBrowser.includes(each))) return {};
  await addConsole(stack);
  return { PARLEY_CHROMIUM: obtainChromium(process.env) };
}

/** Type check and lint. */
async function check(): Promise<void> {
  const checks = [
    ...(only.includes('types') ? typeChecks() : []),
    ...(only.includes('lint') ? lintChecks() : []),
  ];
  for (const each of checks) if (!stopping) await runCheck(each);
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
  const { values, positionals } = readOptions(usage, {
    options: { only: { type: 'string' } },
    allowPositionals: true,
    args: process.argv.slice(process.argv[2] === '--' ? 3 : 2),
  });
  const only = values.only ?? (positionals.length > 0 ? kindsOf(positionals).join(',') : undefined);
  return { only: readOnly(only, kinds, usage), filters: positionals };
}

/** The kinds to which some files belong; a filter that does not begin with a folder of tests may be of any. */
function kindsOf(files: readonly string[]): readonly string[] {
  const folders = files.map((file) => /^tests\/(\w+)\//.exec(file)?.[1] ?? '');
  const all = kinds.slice(2);
  return folders.every((folder) => all.includes(folder)) ? [...new Set(folders)] : all;
}
