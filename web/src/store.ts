import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** A value that calls its readers when it is replaced. A few of these hold all of the console's shared state. */
export class Store<T> {
  #value: T;
  readonly #readers = new Set<(value: T) => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  /** Replaces the value; readers are called at once, unless it is the same. */
  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const reader of [...this.#readers]) reader(value);
  }

  /** Calls `reader` at each change until the returned function is called. */
  subscribe(reader: (value: T) => void): () => void {
    this.#readers.add(reader);
    return () => this.#readers.delete(reader);
  }
}

/** Renders its element again when the store changes: `#session = new StoreController(this, session)`; read `.value`. */
export class StoreController<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #store: Store<T>;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, store: Store<T>) {
    this.#host = host;
    this.#store = store;
    host.addController(this);
  }

  get value(): T {
    return this.#store.value;
  }

  hostConnected(): void {
    this.#stop = this.#store.subscribe(() => {
      this.#host.requestUpdate();
    });
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#stop?.();
  }
}
