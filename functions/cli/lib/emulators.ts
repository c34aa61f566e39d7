import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { findFirestoreJar, writeLauncherJar } from './firestore-jar.ts';
import { findJava } from './java.ts';
import { project } from './local-settings.ts';
import { installed, node, root } from './paths.ts';
import { listens, type InnerPorts, type Ports } from './ports.ts';
import { Problem } from './problem.ts';
import { kill, processTable, superviseNode, type Supervised } from './processes.ts';

export interface EmulatorOptions {
  readonly directory: string;
  readonly ports: Ports;
  readonly inner: InnerPorts;
  readonly environment: NodeJS.ProcessEnv;
  /** A folder of an earlier export, to begin with its data. */
  readonly importFrom?: string | undefined;
}

const sharedWorkers = new URL('./shared-workers.ts', import.meta.url).href;
const hideServer = new URL('./hide-server.ts', import.meta.url).href;
const launcherName = 'firestore-emulator.jar';
const startLimit = 180_000;

/** Variables of a developer's shell that would point the emulators, or what runs in them, at something real. */
const dropped = [
  'GOOGLE_APPLICATION_CREDENTIALS',
  'GCLOUD_PROJECT',
  'GOOGLE_CLOUD_PROJECT',
  'FIREBASE_TOKEN',
  'FIREBASE_CONFIG',
  'FIRESTORE_EMULATOR_HOST',
  'FIREBASE_AUTH_EMULATOR_HOST',
  'CLOUD_TASKS_EMULATOR_HOST',
  'FIREBASE_EMULATOR_HUB',
  'FIRESTORE_EMULATOR_VERSION',
  'NODE_OPTIONS',
  'NODE_ENV',
  'DEBUG',
  'FORCE_COLOR',
  'JAVA_HOME',
  'VITEST',
  'NODE_CHANNEL_FD',
];

/** Starts the emulator suite out of a prepared instance folder and waits until every part of it answers. */
export async function startEmulators(options: EmulatorOptions): Promise<Supervised> {
  const environment = await emulatorEnvironment(options);
  const args = [
    '--import',
    sharedWorkers,
    '--import',
    hideServer,
    installed('firebase-tools/lib/bin/firebase.js'),
    'emulators:start',
    '--project',
    project,
    '--config',
    join(options.directory, 'firebase.json'),
    '--non-interactive',
  ];
  if (options.importFrom !== undefined) args.push('--import', options.importFrom);
  const logs = join(options.directory, 'logs');
  mkdirSync(logs, { recursive: true });
  // The functions' sockets lie in here, and the emulators' note of their addresses, which another run would read too.
  // It is not in the instance folder because the path of a socket holds about 100 characters.
  const temporary = mkdtempSync(join(tmpdir(), 'parley-'));
  const emulators = superviseNode(args, {
    cwd: logs,
    env: { ...environment, TMPDIR: temporary },
    logFile: join(logs, 'emulators.log'),
  });
  void emulators.ended.then(() => rmSync(temporary, { recursive: true, force: true }));
  try {
    await whenReady(emulators, options);
    return emulators;
  } catch (error) {
    await emulators.stop(2_000);
    throw error;
  }
}

async function emulatorEnvironment({ directory, environment }: EmulatorOptions): Promise<NodeJS.ProcessEnv> {
  const java = await findJava(environment);
  const jar = findFirestoreJar(environment);
  const kept = Object.fromEntries(
    Object.entries(environment).filter(([name]) => !dropped.includes(name) && !name.startsWith('npm_')),
  );
  const launcher = join(directory, launcherName);
  rmSync(launcher, { force: true });
  if (jar !== null) writeLauncherJar(jar, launcher);
  return {
    ...kept,
    PATH: [dirname(node), java.bin, environment.PATH ?? ''].join(delimiter),
    ...(jar === null ? {} : { FIRESTORE_EMULATOR_BINARY_PATH: launcher }),
    // Compiled code is shared among the functions' processes.
    NODE_COMPILE_CACHE: join(root, '.parley', 'compile-cache'),
    // Neither asks for updates nor fetches a message of the day.
    CI: '1',
    NO_UPDATE_NOTIFIER: '1',
    NO_COLOR: '1',
  };
}

async function whenReady(emulators: Supervised, options: EmulatorOptions): Promise<void> {
  let announced = false;
  let broken: string | null = null;
  emulators.onLine((line) => {
    announced ||= line.includes('All emulators ready');
    if (line.includes('Failed to load function definition')) broken = line;
  });
  const deadline = performance.now() + startLimit;
  while (!announced || !(await answers(options.ports))) {
    if (broken !== null || !emulators.alive()) throw startFailure(emulators, options, broken);
    if (performance.now() > deadline)
      throw startFailure(emulators, options, 'They were not ready after 3 minutes.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  if (broken !== null) throw startFailure(emulators, options, broken);
}

async function answers(ports: Ports): Promise<boolean> {
  const places = [ports.hosting, ports.functions, ports.firestore, ports.auth, ports.tasks];
  return (await Promise.all(places.map(listens))).every(Boolean);
}

function startFailure(emulators: Supervised, { directory }: EmulatorOptions, reason: string | null): Problem {
  const tail = emulators.output().trimEnd().split('\n').slice(-25).join('\n');
  const download =
    /Failed to (make request|download)|ENOTFOUND|download failed/i.test(tail) &&
    !existsSync(join(directory, launcherName));
  return new Problem(
    `The emulators did not start. ${reason ?? ''}\n\n${tail}`,
    download
      ? 'The Firestore emulator could not be downloaded. Where there is a network, run `npx firebase setup:emulators:firestore` once; where there is a Google Cloud SDK, `gcloud components install cloud-firestore-emulator`; or name its jar in FIRESTORE_EMULATOR_BINARY_PATH.'
      : `The whole output is in ${join(directory, 'logs', 'emulators.log')}.`,
  );
}

/** Ends what an earlier run of this instance left behind because it was killed without warning. */
export function endLeftovers(directory: string): void {
  const marks = [join(directory, 'firebase.json'), join(directory, launcherName)];
  for (const { pid, command } of processTable()) {
    if (pid !== process.pid && marks.some((mark) => command.includes(mark))) kill(pid);
  }
}
