import { createRequire } from 'node:module';

/**
 * Loaded into the emulator suite before it starts. By itself the functions emulator gives every request that comes
 * while others run a process of its own, so that 200 texts at once would start 200 of them. Deployed, one instance
 * serves 80 requests at a time; this makes the emulator do alike: one process a function, shared by its requests.
 *
 * It reaches into firebase-tools, whose version is pinned; where its insides have moved, it says so and the emulator
 * works as it comes.
 */
interface Worker {
  readonly state: string;
}
interface Pool {
  getIdleWorker(trigger: string | undefined, runtime: string): Worker | undefined;
  getTriggerWorkers(trigger: string | undefined, runtime: string): Worker[];
}
interface Emulator {
  startRuntime(backend: unknown, trigger?: { readonly id: string }): Promise<unknown>;
}

const load = createRequire(import.meta.url);
const { RuntimeWorkerPool } = load('firebase-tools/lib/emulator/functionsRuntimeWorker.js') as {
  RuntimeWorkerPool: { prototype: Pool };
};
const { FunctionsEmulator } = load('firebase-tools/lib/emulator/functionsEmulator.js') as {
  FunctionsEmulator: { prototype: Emulator };
};

function shareWorkers(pool: Pool): void {
  const idleWorker = pool.getIdleWorker;
  pool.getIdleWorker = function (trigger, runtime) {
    const idle = idleWorker.call(this, trigger, runtime);
    return idle ?? this.getTriggerWorkers(trigger, runtime).find((worker) => worker.state === 'BUSY');
  };
}

/** Requests that come while the first process of a function starts wait for it instead of starting another. */
function shareStarts(emulator: Emulator): void {
  const starts = new Map<string, Promise<unknown>>();
  const startRuntime = emulator.startRuntime;
  emulator.startRuntime = function (backend, trigger) {
    const key = trigger?.id ?? '';
    const pending = starts.get(key);
    if (pending !== undefined) return pending;
    const start = startRuntime.call(this, backend, trigger).finally(() => starts.delete(key));
    starts.set(key, start);
    return start;
  };
}

const known = [
  RuntimeWorkerPool.prototype.getIdleWorker,
  RuntimeWorkerPool.prototype.getTriggerWorkers,
  FunctionsEmulator.prototype.startRuntime,
];
if (known.every((method) => typeof method === 'function')) {
  shareWorkers(RuntimeWorkerPool.prototype);
  shareStarts(FunctionsEmulator.prototype);
} else {
  process.stderr.write(
    'The internals of firebase-tools have changed: each concurrent request gets a separate process.\n',
  );
}
