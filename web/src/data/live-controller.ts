import type { ReactiveController, ReactiveControllerHost } from 'lit';

export type Stop = () => void;

/**
 * Holds one listener for an element and stops it when the element goes:
 * `#live = new LiveController(this)`, then `this.#live.watch(() => watchIncoming(…))`; each `watch` replaces the last.
 */
export class LiveController implements ReactiveController {
  #stop: Stop | undefined;
  #start: (() => Stop) | undefined;

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  watch(start: () => Stop): void {
    this.#stop?.();
    this.#start = start;
    this.#stop = start();
  }

  /** Stops listening for good, until the next `watch`. */
  stop(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#start = undefined;
  }

  hostConnected(): void {
    if (this.#start && !this.#stop) this.#stop = this.#start();
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
  }
}
