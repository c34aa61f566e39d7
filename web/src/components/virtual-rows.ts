import { defaultRangeExtractor, WindowVirtualizerController } from '@tanstack/lit-virtual';
import type { LitElement, ReactiveController } from 'lit';
import { whenForgotten } from '../visits.ts';
import { firstSlots, WHOLE, type Slots } from './row-slots.ts';

const OVERSCAN = 12;
/** The height of a row before any has been seen, in pixels. */
const USUAL = 40;

/** Heights of rows by list and width, and the usual one, so that a step back finds every row where it was. */
const heights = new Map<string, { usual: number; rows: Map<string, number> }>();
whenForgotten(() => {
  heights.clear();
});

interface Rows {
  label: string;
  rows: readonly { id: string }[];
}

/**
 * Chooses which rows of a long list are in the page: those in sight and near, the opened one and the one that has focus,
 * each with its neighbours, so that keys find the next. The page scrolls, not the list. All are there while it prints.
 */
export class VirtualRows implements ReactiveController {
  readonly #host: LitElement & Rows;
  readonly #window: WindowVirtualizerController<HTMLElement>;
  #rows: Rows['rows'] = [];
  #kept = new Set<number>();
  #printing = false;
  #usual: number | null = null;
  #keyOf = (index: number): string => this.#rows[index]?.id ?? String(index);

  constructor(host: LitElement & Rows) {
    this.#host = host;
    this.#window = new WindowVirtualizerController<HTMLElement>(host, {
      count: 0,
      enabled: false,
      overscan: OVERSCAN,
      initialRect: { width: window.innerWidth, height: window.innerHeight },
      estimateSize: (index) => this.#known()?.rows.get(this.#keyOf(index)) ?? this.#usual ?? USUAL,
      // A row that has left the page is reported once more, without a height.
      measureElement: (row, _entry, { indexFromElement, itemSizeCache }) =>
        row.isConnected
          ? row.getBoundingClientRect().height
          : (itemSizeCache.get(this.#keyOf(indexFromElement(row))) ?? this.#usual ?? USUAL),
      rangeExtractor: (range) =>
        [...new Set([...defaultRangeExtractor(range), ...this.#near(range.count)])].sort((a, b) => a - b),
    });
    // The browser holds what is in sight where it is.
    this.#window.getVirtualizer().shouldAdjustScrollPositionOnItemSizeChange = () => false;
    host.addController(this);
  }

  /** Whether only a part of the rows is in the page. */
  get partial(): boolean {
    return this.#rows.length > WHOLE && !this.#printing;
  }

  /** For `ref`: tells how high a row is. */
  readonly measure = (row: Element | undefined): void => {
    if (this.partial && row instanceof HTMLElement) this.#window.getVirtualizer().measureElement(row);
  };

  /** The rows to draw, and the height of those that come after the last. */
  slots(kept: readonly (number | null)[]): Slots {
    this.#kept = new Set(kept.filter((index) => index !== null));
    if (!this.partial) return firstSlots(this.#rows.length, this.#rows.length);
    const virtualizer = this.#window.getVirtualizer();
    const top = virtualizer.options.scrollMargin;
    let end = top;
    const slots = virtualizer.getVirtualItems().map((item) => {
      const gap = item.start - end;
      ({ end } = item);
      return { index: item.index, gap };
    });
    return { slots, after: virtualizer.getTotalSize() - (end - top) };
  }

  hostConnected(): void {
    window.addEventListener('beforeprint', this.#print);
    window.addEventListener('afterprint', this.#printed);
  }

  hostDisconnected(): void {
    window.removeEventListener('beforeprint', this.#print);
    window.removeEventListener('afterprint', this.#printed);
    if (this.partial) this.#remember();
  }

  hostUpdate(): void {
    const { rows } = this.#host;
    // A new function of keys has all places worked out anew.
    if (rows !== this.#rows) this.#keyOf = (index) => rows[index]?.id ?? String(index);
    this.#rows = rows;
    this.#usual ??= this.#known()?.usual ?? null;
    const virtualizer = this.#window.getVirtualizer();
    virtualizer.setOptions({
      ...virtualizer.options,
      count: rows.length,
      enabled: this.partial,
      getItemKey: this.#keyOf,
      scrollMargin: this.partial ? this.#top() : 0,
    });
  }

  hostUpdated(): void {
    if (this.#usual !== null) return;
    const seen = [...this.#host.renderRoot.querySelectorAll('tbody tr[data-id]')].slice(0, WHOLE);
    if (seen.length === 0) return;
    this.#usual = seen.reduce((sum, row) => sum + row.getBoundingClientRect().height, 0) / seen.length;
    if (!this.partial) return;
    const { rows } = this.#host;
    this.#keyOf = (index) => rows[index]?.id ?? String(index);
    this.#host.requestUpdate();
  }

  /** The places of the rows that stay, with their neighbours. */
  #near(count: number): number[] {
    return [...this.#kept]
      .flatMap((index) => [index - 1, index, index + 1])
      .filter((index) => index >= 0 && index < count);
  }

  #top(): number {
    const body = this.#host.renderRoot.querySelector('tbody');
    return body ? body.getBoundingClientRect().top + window.scrollY : 0;
  }

  get #list(): string {
    return `${this.#host.label} ${String(window.innerWidth)}`;
  }

  #known() {
    return heights.get(this.#list);
  }

  #remember(): void {
    const rows = new Map(this.#known()?.rows);
    for (const [key, height] of this.#window.getVirtualizer().itemSizeCache) rows.set(String(key), height);
    heights.set(this.#list, { usual: this.#usual ?? USUAL, rows });
  }

  readonly #print = (): void => {
    this.#remember();
    this.#printing = true;
    this.#host.requestUpdate();
  };

  readonly #printed = (): void => {
    this.#printing = false;
    this.#host.requestUpdate();
  };
}
