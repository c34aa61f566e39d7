import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startCarrier } from './carrier.ts';
import { endLeftovers } from './emulators.ts';
import { startInstance, type Urls } from './instance.ts';
import { root } from './paths.ts';
import { isAlive } from './processes.ts';
import { freePorts } from './ports.ts';
import { seedOnce } from './seed-once.ts';
import type { Settings } from './local-settings.ts';
import { buildWeb } from './web-build.ts';

/** Where the tests find the stack that they share. Plain data: it goes through an environment variable. */
export interface TestStack {
  readonly directory: string;
  readonly urls: Urls;
  readonly settings: Settings;
  readonly projectId: string;
  /** Holds `emulators.log`, `carrier.log` and the debug logs of the emulators. */
  readonly logsDirectory: string;
  /** The functions as they would be deployed. */
  readonly functionsDirectory: string;
}

export interface RunningTestStack {
  readonly stack: TestStack;
  stop(): Promise<void>;
}

/** The variable by which `npm test` tells vitest that a stack runs already. */
export const testStackVariable = 'PARLEY_TEST_STACK';

/**
 * Starts what `npm start` starts, on free ports and with nothing of the developer's environment, for one run of the
 * tests. Only the console is left to `addConsole`. `kind` tells the stacks of one process apart.
 */
export async function startTestStack(kind = 'stack'): Promise<RunningTestStack> {
  removeOldStacks();
  const name = `test-${kind}-${process.pid}`;
  const directory = join(root, '.parley', name);
  const ports = await freePorts();
  const instance = await startInstance({ name, ports });
  const stops: (() => Promise<unknown>)[] = [() => instance.stop()];
  const stop = async () => {
    await Promise.all(stops.map((each) => each()));
    if (process.env.PARLEY_KEEP_LOGS === undefined) rmSync(directory, { recursive: true, force: true });
  };
  try {
    const carrier = await startCarrier({
      directory,
      ports,
      settings: instance.settings,
      dueWorkEverySeconds: 0,
    });
    if (carrier !== null) stops.push(() => carrier.stop(2_000));
    await seedOnce(instance);
  } catch (error) {
    await stop();
    throw error;
  }
  const stack = {
    directory,
    urls: instance.urls,
    settings: instance.settings,
    projectId: 'demo-parley',
    logsDirectory: join(directory, 'logs'),
    functionsDirectory: join(directory, 'functions'),
  };
  return { stack, stop };
}

/** Builds the console into a stack, for the tests that look at it. */
export async function addConsole({ directory, logsDirectory }: TestStack): Promise<void> {
  await buildWeb({ destination: join(directory, 'web'), logFile: join(logsDirectory, 'web.log') });
}

/** Clears away the folders, and what may still run, of test runs that were killed. */
function removeOldStacks(): void {
  const parent = join(root, '.parley');
  const names = existsSync(parent) ? readdirSync(parent) : [];
  for (const name of names) {
    const pid = Number(/^test-(?:\w+-)?(\d+)$/.exec(name)?.[1]);
    if (!Number.isInteger(pid) || isAlive(pid)) continue;
    endLeftovers(join(parent, name));
    rmSync(join(parent, name), { recursive: true, force: true });
  }
}
