import { globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lintChecks, startCheck, typeChecks, type Check } from './lib/checks.ts';
import { leftMainAt, rulesChangedSince } from './lib/changed.ts';
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
import { runVitest } from './lib/vitest-run.ts';

const alone = ['unit', 'property', 'structure'];
const onFirestore = ['rules', 'emulator'];
const withFaults = ['faults'];
const throughFunctions = ['stack'];
const withProcesses = ['processes'];
const inBrowser = ['browser'];
const kinds = [
  'types',
  'lint',
  ...alone,
  ...onFirestore,
  ...throughFunctions,
  ...withFaults,
  ...withProcesses,
  ...inBrowser,
];
/** What `--changed` runs. */
const daily = ['types', 'lint', ...alone, ...onFirestore];
const usage = `npm test                                runs everything
npm test -- --changed                   for daily use: what needs no functions and no browser, of the tests on Firestore
                                        those that the change since main reaches by imports
npm test -- --only unit,property        some kinds of ${kinds.join(', ')}
npm test -- tests/emulator/x.test.ts    some files, by name or part of it, without type check and lint
npm test -- --only unit -- -t "IN-3"    what comes after the second -- goes to vitest`;

const { only, filters, changed } = readArguments();
const wanted = (names: readonly string[]) => names.filter((name) => only.includes(name));
const total = { passed: 0, failed: 0 };
const directory = join(root, '.parley', `test-${String(process.pid)}`);
const stacks = new Set<RunningTestStack>();
let stopping = false;
/** What `--changed` did not run, in a sentence. */
let leftOut: string | null = null;

// A signal comes more than once: to the whole process group, and again from npm.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stopEarly);
process.on('disconnect', stopEarly);

// Three lanes, about as long as each other; more of them at once make each test slow, and none of them sooner done. First
// what goes through the functions, then the browser, on a stack whose demo data nobody else has changed, and what kills
// processes. Beside it what needs no emulator, the tests on Firestore alone and the checks. And the fault injection.
await Promise.all([
  onStack('stack', wanted(throughFunctions))
    .then(() => onStack('browser', wanted(inBrowser)))
    .then(() => vitest(wanted(withProcesses))),
  vitest(wanted(alone))
    .then(() => onFirestoreAlone('firestore', wanted(onFirestore)))
    .then(check),
  onFirestoreAlone('faults', wanted(withFaults)),
]);
// It was stopped: the process ends as soon as everything else has.
if (stopping) await new Promise(() => {});
await stopAll();
if (leftOut !== null) console.log(leftOut);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);

/** Starts a stack, runs these tests on it, and stops it. */
async function onStack(name: string, projects: readonly string[]): Promise<void> {
  if (stopping || projects.length === 0) return;
  try {
    const running = await startTestStack(name);
    stacks.add(running);
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

/** Starts a Firestore emulator, and runs these tests on it. */
async function onFirestoreAlone(name: string, projects: readonly string[]): Promise<void> {
  if (stopping || projects.length === 0) return;
  try {
    const host = { [testFirestoreVariable]: await startFirestore(join(directory, name)) };
    if (changed && projects.includes('emulator')) await onlyChanged(host);
    else await vitest(projects, host);
  } catch (error) {
    fail(error);
  }
}

/** The tests on Firestore that the change since main reaches, and what is left out. */
async function onlyChanged(host: Readonly<Record<string, string>>): Promise<void> {
  const base = leftMainAt();
  const ran = await vitest(['emulator'], host, base);
  const rules = rulesChangedSince(base);
  if (rules) await vitest(['rules'], host);
  const others = globSync('tests/emulator/**/*.test.ts', { cwd: root }).length - ran;
  const out = [
    ...(rules ? [] : ['rules']),
    ...throughFunctions,
    ...withFaults,
    ...withProcesses,
    ...inBrowser,
  ];
  leftOut = `Left out: ${out.join(', ')}, and ${String(others)} files of emulator that the change does not reach.`;
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

/** Answers how many files ran. */
async function vitest(
  projects: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  changedSince: string | null = null,
): Promise<number> {
  if (stopping || projects.length === 0) return 0;
  const complete = filters.length === 0 && changedSince === null;
  const tally = await runVitest({ projects, extra: filters, environment, complete, changedSince });
  total.passed += tally.passed;
  total.failed += tally.failed;
  return tally.files;
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

function readArguments(): { only: readonly string[]; filters: readonly string[]; changed: boolean } {
  const { values, positionals } = readOptions(usage, {
    options: { only: { type: 'string' }, changed: { type: 'boolean', default: false } },
    allowPositionals: true,
    args: process.argv.slice(process.argv[2] === '--' ? 3 : 2),
  });
  const { changed } = values;
  const usual = changed ? daily.join(',') : undefined;
  const only = values.only ?? (positionals.length > 0 ? kindsOf(positionals).join(',') : usual);
  return { only: readOnly(only, kinds, usage), filters: positionals, changed };
}

/** The kinds to which some files belong; a filter that does not begin with a folder of tests may be of any. */
function kindsOf(files: readonly string[]): readonly string[] {
  const folders = files.map((file) => /^tests\/(\w+)\//.exec(file)?.[1] ?? '');
  const all = kinds.slice(2);
  return folders.every((folder) => all.includes(folder)) ? [...new Set(folders)] : all;
}
