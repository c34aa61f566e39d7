import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { online } from './connection.ts';

/** Calls `again` when the server can be reached again: `new BackOnline(this, () => { if (offline) void list.reload(); })`. */
export class BackOnline implements ReactiveController {
  readonly #again: () => void;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, again: () => void) {
    this.#again = again;
    host.addController(this);
  }

  hostConnected(): void {
    this.#stop = online.subscribe((is) => {
      if (is) this.#again();
    });
  }

  hostDisconnected(): void {
    this.#stop?.();
  }
}
