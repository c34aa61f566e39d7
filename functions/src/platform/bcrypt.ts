import { Worker } from 'node:worker_threads';
import bcryptjs from 'bcryptjs';
import { z } from 'zod';

/** What passwords are hashed and compared with. One call of cost 12 takes about a third of a second of a processor. */
export interface Bcrypt {
  compare(password: string, hash: string): Promise<boolean>;
  hash(password: string, cost: number): Promise<string>;
}

/** In this thread, which stands still meanwhile: for the command line, where nobody else waits. */
export const directBcrypt: Bcrypt = {
  compare: (password, hash) => bcryptjs.compare(password, hash),
  hash: (password, cost) => bcryptjs.hash(password, cost),
};

/** What the worker is asked, and what it answers (bcrypt-worker.ts). */
export type BcryptTask =
  | { id: number; kind: 'compare'; password: string; hash: string }
  | { id: number; kind: 'hash'; password: string; cost: number };

const answer = z.object({ id: z.number(), result: z.union([z.boolean(), z.string()]) });

/** Beside this module, as source and as built. */
const WORKER = new URL(`./bcrypt-worker.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url);

/**
 * In a thread of its own, started with the first task: whoever serves requests never waits for a hash. One thread, since
 * an instance has one processor, of which the requests of everybody else get at least half. Tasks run one after the
 * other; how many may wait is bounded by whoever lets them in (team/password-gate.ts).
 */
export function threadBcrypt(start = () => new Worker(WORKER)): Bcrypt {
  let worker: Worker | null = null;
  let lastId = 0;
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();

  /** A thread that died takes its tasks with it; the next task starts another. */
  function lost(which: Worker, error: Error): void {
    if (worker !== which) return;
    worker = null;
    for (const each of waiting.values()) each.reject(error);
    waiting.clear();
  }

  function started(): Worker {
    const made = start();
    made.on('message', (message: unknown) => {
      const { id, result } = answer.parse(message);
      waiting.get(id)?.resolve(result);
      waiting.delete(id);
      // An idle thread keeps no process alive.
      if (waiting.size === 0) made.unref();
    });
    made.on('error', (error: Error) => {
      lost(made, error);
    });
    made.on('exit', (code) => {
      lost(made, new Error(`The thread that hashes passwords ended with ${String(code)}.`));
    });
    return made;
  }

  async function run(task: (id: number) => BcryptTask): Promise<unknown> {
    const thread = (worker ??= started());
    const id = (lastId += 1);
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    waiting.set(id, { resolve, reject });
    thread.ref();
    thread.postMessage(task(id));
    return promise;
  }

  return {
    compare: async (password, hash) =>
      z.boolean().parse(await run((id) => ({ id, kind: 'compare', password, hash }))),
    hash: async (password, cost) =>
      z.string().parse(await run((id) => ({ id, kind: 'hash', password, cost }))),
  };
}
