import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { toProblem, type ApiProblem } from './api-problem.ts';
import { whenBackOnline } from './connection.ts';

/**
 * One thing from the server, for a page or panel: `#person = new Loader<Person>(this)`,
 * `this.#person.load((signal) => getPerson(id, signal))`, then read `.phase`, `.value`, `.problem`.
 */
export class Loader<T> implements ReactiveController {
  phase: 'idle' | 'loading' | 'ready' | 'failed' = 'idle';
  value: T | null = null;
  problem: ApiProblem | null = null;

  readonly #host: ReactiveControllerHost;
  #fetch: ((signal: AbortSignal) => Promise<T>) | undefined;
  #abort = new AbortController();
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Loads anew; an answer to an earlier `load` is dropped. Pass `keep` to go on showing the old value meanwhile. */
  async load(fetch: (signal: AbortSignal) => Promise<T>, options: { keep?: boolean } = {}): Promise<void> {
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#fetch = fetch;
    this.phase = 'loading';
    this.problem = null;
    if (!options.keep) this.value = null;
    this.#host.requestUpdate();
    try {
      const value = await fetch(signal);
      if (!signal.aborted) this.set(value);
    } catch (thrown) {
      if (signal.aborted) return;
      this.phase = 'failed';
      this.problem = toProblem(thrown);
      this.#host.requestUpdate();
    }
  }

  /** The same thing again, e.g. after an error. */
  async reload(): Promise<void> {
    if (this.#fetch) await this.load(this.#fetch, { keep: true });
  }

  /** Puts a value that is known already, e.g. from a list or a listener. */
  set(value: T): void {
    this.value = value;
    this.phase = 'ready';
    this.problem = null;
    this.#host.requestUpdate();
  }

  /** Forgets it: there is nothing to show. */
  clear(): void {
    this.#abort.abort();
    this.phase = 'idle';
    this.value = null;
    this.problem = null;
    this.#host.requestUpdate();
  }

  hostConnected(): void {
    this.#stop = whenBackOnline(() => {
      if (this.problem?.errorCode === 'OFFLINE') void this.reload();
    });
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#abort.abort();
  }
}
