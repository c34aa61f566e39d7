import { copyFileSync, existsSync, renameSync, rmSync, watchFile } from 'node:fs';
import { join } from 'node:path';
import { startCarrier } from './carrier.ts';
import { watchFunctions } from './functions-bundle.ts';
import { startInstance, type Instance } from './instance.ts';
import { instanceDirectory, root, startName } from './paths.ts';
import { Problem } from './problem.ts';
import type { Supervised } from './processes.ts';
import type { Ports } from './ports.ts';
import { watchWeb } from './web-build.ts';

export interface Development {
  readonly instance: Instance;
  readonly carrier: Supervised | null;
  /** Keeps the data for the next run that asks for it. */
  keepData(): Promise<void>;
}

const name = startName(process.env);
const directory = instanceDirectory(name);
const data = join(directory, 'data');
const carrierMemory = join(directory, 'carrier-memory.json');

/**
 * Builds and starts all of a development run: functions and console, which are built again at each change, the
 * emulators, and the carrier.
 */
export async function startDevelopment(
  ports: Ports,
  keep: boolean,
  say: (text: string) => void,
): Promise<Development> {
  say('Building the functions and the console …');
  let instance: Instance | null = null;
  const destination = join(directory, 'functions');
  const console = watchWeb({
    destination: join(directory, 'web'),
    logFile: join(directory, 'logs', 'web.log'),
  });
  // Awaited below; a failure before that must not end the process unhandled.
  console.catch(() => undefined);
  await firstBuild(destination, (errors) => {
    if (errors.length > 0)
      say(`The functions did not build. The last good build keeps running.\n  ${errors.join('\n  ')}`);
    else void instance?.reloadFunctions().then(() => say('Functions rebuilt.'), say);
  });
  const builder = await console;
  builder?.onLine((line) => void (/\bbuilt in\b/.test(line) && say('Console rebuilt.')));
  say('Starting the emulators …');
  instance = await startInstance({
    name,
    ports,
    settings: process.env,
    prebuilt: true,
    importFrom: keep ? data : undefined,
  });
  watchRules();
  const memoryFile = keep ? carrierMemory : undefined;
  const carrier = await startCarrier({
    directory,
    ports,
    settings: instance.settings,
    memoryFile,
    dueWorkEverySeconds: 0,
  });
  const running = instance;
  return { instance, carrier, keepData: () => keepData(running) };
}

/** Resolves when the functions are built for the first time; later builds go to `onRebuilt`. */
function firstBuild(destination: string, onRebuilt: (errors: readonly string[]) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let first = true;
    const onBuilt = ({ errors }: { errors: readonly string[] }) => {
      if (!first) return onRebuilt(errors);
      first = false;
      if (errors.length === 0) return resolve();
      reject(
        new Problem(`The functions did not build.\n\n${errors.join('\n')}`, 'Fix that and start again.'),
      );
    };
    watchFunctions({ destination }, onBuilt).catch(reject);
  });
}

/** The emulator watches its copy of the rules; this keeps the copy up to date. */
function watchRules(): void {
  const rules = join(root, 'firestore.rules');
  watchFile(rules, { interval: 1_000, persistent: false }, () =>
    copyFileSync(rules, join(directory, 'firestore.rules')),
  );
}

async function keepData(instance: Instance): Promise<void> {
  const fresh = join(directory, 'data.new');
  rmSync(fresh, { recursive: true, force: true });
  await instance.exportData(fresh);
  // Only now is the earlier data given up.
  if (existsSync(data)) rmSync(data, { recursive: true, force: true });
  renameSync(fresh, data);
}
