import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Loader } from './loader.ts';

/**
 * A Loader of what others change as well, and nothing live tells of: it is asked for when the page comes up, and again
 * whenever the reader comes back to the window. `staleSince`: when what is shown was last known to hold, once it could
 * not be asked for again.
 */
export class FreshLoader<T> extends Loader<T> implements ReactiveController {
  readonly #ask: (signal: AbortSignal) => Promise<T>;
  #knownAt: Date | null = null;

  constructor(host: ReactiveControllerHost, ask: (signal: AbortSignal) => Promise<T>) {
    super(host);
    this.#ask = ask;
  }

  get staleSince(): Date | null {
    return this.value !== null && this.problem !== null ? this.#knownAt : null;
  }

  /** Asks again; what is known is shown meanwhile. */
  async refresh(): Promise<void> {
    await this.load(this.#ask, { keep: true });
  }

  override set(value: T): void {
    this.#knownAt = new Date();
    super.set(value);
  }

  override hostConnected(): void {
    super.hostConnected();
    document.addEventListener('visibilitychange', this.#onReturn);
    void this.refresh();
  }

  override hostDisconnected(): void {
    super.hostDisconnected();
    document.removeEventListener('visibilitychange', this.#onReturn);
  }

  readonly #onReturn = (): void => {
    if (document.visibilityState === 'visible') void this.refresh();
  };
}
