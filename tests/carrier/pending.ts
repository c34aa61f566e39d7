import { setTimeout as delay } from 'node:timers/promises';

/** Work that goes on behind the answers: it can be waited for, and is cut off when the carrier stops. */
export class Pending {
  readonly #running = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  readonly #report: (error: unknown) => void;

  /** `report` gets the errors of work that failed, other than by a stop. */
  constructor(report: (error: unknown) => void) {
    this.#report = report;
  }

  get size(): number {
    return this.#running.size;
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Starts work that nobody waits for by itself. */
  run(work: () => Promise<unknown>): void {
    const running: Promise<void> = work()
      .then(
        () => undefined,
        (error: unknown) => {
          if (!this.signal.aborted) this.#report(error);
        },
      )
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Waits; rejects at once when the carrier stops. */
  async wait(milliseconds: number): Promise<void> {
    if (milliseconds > 0) await delay(milliseconds, undefined, { signal: this.signal });
    else this.signal.throwIfAborted();
  }

  /** Resolves when nothing is under way, including what began meanwhile. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.idle();
  }
}
