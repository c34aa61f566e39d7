import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { endLeftovers, startEmulators } from './emulators.ts';
import { writeFirebaseConfig } from './firebase-config.ts';
import { bundleFunctions } from './functions-bundle.ts';
import { localSettings, project, region, writeSettings, type Settings } from './local-settings.ts';
import { instanceDirectory } from './paths.ts';
import { freeInnerPorts, freePorts, host, type Ports } from './ports.ts';

export interface InstanceOptions {
  /** The folder below `.parley` that the run lives in; two runs need two names. */
  readonly name: string;
  /** Free ones are picked when left out. */
  readonly ports?: Ports;
  /** Settings that win over the local defaults, such as `{ SMS_MODE: 'disabled' }`. Nothing is taken from process.env. */
  readonly settings?: NodeJS.ProcessEnv;
  /** Another module with functions than functions/src/index.ts. */
  readonly entry?: string;
  /** Leaves the functions bundle as it is found, for callers that build it themselves. */
  readonly prebuilt?: boolean;
  readonly importFrom?: string | undefined;
}

export interface Urls {
  readonly console: string;
  readonly api: string;
  readonly webhook: string;
  readonly carrier: string;
  readonly functions: string;
  readonly firestore: string;
  readonly auth: string;
  readonly tasks: string;
  readonly hub: string;
}

export interface Instance {
  readonly name: string;
  readonly directory: string;
  readonly ports: Ports;
  readonly urls: Urls;
  readonly settings: Settings;
  /** What the emulators and the functions printed. */
  logs(): string;
  onLogLine(listener: (line: string) => void): void;
  /** Resolves when the emulators have ended, wanted or not. */
  readonly ended: Promise<number | null>;
  /** Makes the emulator load the functions bundle anew. */
  reloadFunctions(): Promise<void>;
  /** Runs the scheduled function once, as Cloud Scheduler would. Answers its HTTP status. */
  runDueWork(): Promise<number>;
  /** Writes the data of Firestore and Auth into a folder that `importFrom` takes. */
  exportData(folder: string): Promise<void>;
  /** Ends every process of it and waits until they are gone. */
  stop(): Promise<void>;
}

/**
 * Builds the functions and starts the emulator suite in `.parley/<name>`, ready to use when it resolves. The web build
 * is served from `.parley/<name>/web`, whenever it comes.
 */
export async function startInstance(options: InstanceOptions): Promise<Instance> {
  const directory = instanceDirectory(options.name);
  const functionsDirectory = join(directory, 'functions');
  const ports = options.ports ?? (await freePorts());
  const inner = await freeInnerPorts();
  mkdirSync(directory, { recursive: true });
  endLeftovers(directory);
  if (!options.prebuilt) await bundleFunctions({ entry: options.entry, destination: functionsDirectory });
  const settings = localSettings(ports, options.settings ?? {});
  writeSettings(settings, functionsDirectory);
  writeFirebaseConfig(directory, ports, inner);
  const importFrom =
    options.importFrom !== undefined && existsSync(options.importFrom) ? options.importFrom : undefined;
  const emulators = await startEmulators({ directory, ports, inner, environment: process.env, importFrom });
  const urls = urlsOf(ports, inner.hub);
  return {
    name: options.name,
    directory,
    ports,
    urls,
    settings,
    logs: emulators.output,
    onLogLine: emulators.onLine,
    ended: emulators.ended,
    reloadFunctions: () => call(`${urls.hub}/functions/enableBackgroundTriggers`, { method: 'PUT' }),
    runDueWork: () => runDueWork(urls.functions),
    exportData: (folder) => call(`${urls.hub}/_admin/export`, json({ path: folder, initiatedBy: 'parley' })),
    stop: () => emulators.stop(),
  };
}

function urlsOf(ports: Ports, hub: number): Urls {
  const at = (port: number) => `http://${host}:${port}`;
  return {
    console: at(ports.hosting),
    api: `${at(ports.hosting)}/api/v1`,
    webhook: `${at(ports.functions)}/${project}/${region}/webhook`,
    carrier: at(ports.carrier),
    functions: at(ports.functions),
    firestore: at(ports.firestore),
    auth: at(ports.auth),
    tasks: at(ports.tasks),
    hub: at(hub),
  };
}

/** The functions emulator fires no schedules, but it runs the function for a POST to its trigger. */
async function runDueWork(functions: string): Promise<number> {
  const trigger = `${functions}/functions/projects/${project}/triggers/${region}-runDueWork-0`;
  const response = await fetch(trigger, { ...json({}), signal: AbortSignal.timeout(55_000) });
  await response.arrayBuffer();
  return response.status;
}

function json(body: unknown): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

async function call(url: string, init: RequestInit): Promise<void> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(120_000) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  await response.arrayBuffer();
}
