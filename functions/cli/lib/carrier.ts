import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { project, region, type Settings } from './local-settings.ts';
import { root } from './paths.ts';
import { host, type Ports } from './ports.ts';
import { Problem } from './problem.ts';
import { superviseNode, type Supervised } from './processes.ts';

export interface CarrierOptions {
  readonly directory: string;
  readonly ports: Ports;
  readonly settings: Settings;
  /** Where the carrier keeps its memory between runs; left out, it forgets. */
  readonly memoryFile?: string | undefined;
  /** Runs due work by itself every so many seconds; 0 leaves it to `POST /clock`. */
  readonly dueWorkEverySeconds: number;
}

const main = join(root, 'tests', 'carrier', 'main.ts');

/** Starts the simulated carrier, a process of its own as Twilio is one, and waits until it listens. */
export async function startCarrier(options: CarrierOptions): Promise<Supervised | null> {
  if (!existsSync(main)) return null;
  const { ports, settings } = options;
  const logFile = join(options.directory, 'logs', 'carrier.log');
  const carrier = superviseNode(['--enable-source-maps', main], {
    cwd: root,
    logFile,
    env: {
      PATH: process.env.PATH,
      ...settings,
      PARLEY_PORT_CARRIER: String(ports.carrier),
      PARLEY_PORT_FUNCTIONS: String(ports.functions),
      PARLEY_PORT_HOSTING: String(ports.hosting),
      PARLEY_DUE_WORK_URL: `http://${host}:${ports.functions}/functions/projects/${project}/triggers/${region}-runDueWork-0`,
      PARLEY_DUE_WORK_EVERY_SECONDS: String(options.dueWorkEverySeconds),
      PARLEY_CARRIER_MEMORY: options.memoryFile ?? '',
    },
  });
  const deadline = performance.now() + 30_000;
  // Its own word for it: should its port be taken, something else would answer there.
  while (!carrier.output().includes('carrier: ready at')) {
    if (carrier.alive() && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      continue;
    }
    await carrier.stop(1_000);
    throw new Problem(
      `The carrier did not start.\n\n${carrier.output().slice(-2_000)}`,
      `Its output is in ${logFile}.`,
    );
  }
  return carrier;
}
