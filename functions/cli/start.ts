import { startDevelopment, type Development } from './lib/development.ts';
import type { Urls } from './lib/instance.ts';
import { readOptions } from './lib/options.ts';
import { portsFrom, refuseBusyPorts } from './lib/ports.ts';
import { printProblem } from './lib/problem.ts';
import { stopEverything } from './lib/processes.ts';
import { claimRun, recordAddresses, releaseRun } from './lib/run-record.ts';
import { seedOnce } from './lib/seed-once.ts';

const usage = `npm start              runs all of Parley on this machine, with demo data
npm start -- --keep    the same, and keeps the data for the next run with --keep`;
const { values } = readOptions(usage, { options: { keep: { type: 'boolean', default: false } } });

const say = (text: unknown): void => console.log(text instanceof Error ? text.message : text);
let development: Development | null = null;
let dueWork: NodeJS.Timeout | undefined;
let stopping: Promise<void> | null = null;
let stopAskedAt = 0;

const other = claimRun();
if (other !== null) {
  const where = other.addresses ?? '\n  It is still starting, and prints its addresses when it is ready.';
  console.log(`Parley is running already (process ${other.pid}).\n${where}`);
  process.exit(0);
}
process.on('exit', releaseRun);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
// run.mjs ended without passing on a signal.
process.on('disconnect', onSignal);

try {
  const ports = portsFrom(process.env);
  await refuseBusyPorts(ports);
  development = await startDevelopment(ports, values.keep, say);
  const { instance, carrier } = development;
  void instance.ended.then(() => endedByItself('The emulators', instance.logs()));
  void carrier?.ended.then(() => endedByItself('The carrier', carrier.output()));
  instance.onLogLine(showTrouble);
  say('Adding the demo data …');
  await seedOnce(instance);
  dueWork = setInterval(() => void instance.runDueWork().catch(say), 60_000);
  const addresses = describe(instance.urls);
  recordAddresses(addresses);
  say(`\nParley is ready\n${addresses}\n\n  Ctrl-C stops it.\n`);
} catch (error) {
  if (stopping === null) {
    printProblem(error);
    await stop(1);
  }
}

function describe(urls: Urls): string {
  return `
  Console    ${urls.console}
  Handsets   ${urls.carrier}
  API        ${urls.api}

  Sign in as owner@example.com, operator@example.com or viewer@example.com
  with the password parley-demo-2026`;
}

function onSignal(): void {
  const now = performance.now();
  // One Ctrl-C comes more than once: to the whole process group, and again from npm. A later one means: stop at once.
  if (stopping !== null && now - stopAskedAt > 3_000)
    return void stopEverything(0).then(() => process.exit(1));
  if (stopping !== null) return;
  stopAskedAt = now;
  say('\nStopping …');
  void stop(0);
}

function stop(code: number): Promise<void> {
  stopping ??= (async () => {
    clearInterval(dueWork);
    try {
      if (code === 0 && values.keep) await development?.keepData();
    } catch (error) {
      printProblem(error);
    }
    await stopEverything();
    if (code === 0) say('Stopped.');
    process.exit(code);
  })();
  return stopping;
}

function endedByItself(what: string, output: string): void {
  if (stopping !== null) return;
  console.error(`\n${what} ended unexpectedly.\n\n${output.trimEnd().split('\n').slice(-20).join('\n')}`);
  void stop(1);
}

/** Prints what somebody should see of the output of emulators and functions; the rest is in the log files. */
function showTrouble(line: string): void {
  if (/"severity":"(?:ERROR|CRITICAL|ALERT|EMERGENCY)"|Failed to load function|^⚠ {2}functions/.test(line))
    say(line);
}
