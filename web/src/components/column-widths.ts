import type { LitElement, ReactiveController } from 'lit';

/** Holds the columns of a table whose rows come and go: one that had a wide cell in sight stays as wide. */
export class ColumnWidths implements ReactiveController {
  readonly #host: LitElement;
  #width = 0;
  readonly #resized = new ResizeObserver(() => {
    if (this.#width !== this.#host.offsetWidth) this.free();
    this.#width = this.#host.offsetWidth;
  });

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  /** After a drawing: no column becomes narrower than it is now. */
  hold(): void {
    for (const head of this.#heads)
      if (head.offsetWidth > 0) head.style.minWidth = `${String(head.getBoundingClientRect().width)}px`;
  }

  /** Other columns, or another width of the whole: they are as wide as they need. */
  free(): void {
    for (const head of this.#heads) head.style.minWidth = '';
  }

  hostConnected(): void {
    this.#resized.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#resized.disconnect();
  }

  get #heads(): NodeListOf<HTMLElement> {
    return this.#host.renderRoot.querySelectorAll('th');
  }
}
