import type { ReactiveControllerHost } from 'lit';
import type { Page } from '../../../functions/src/contract/lists.ts';
import type { IncomingItem, OutgoingItem } from '../../../functions/src/contract/messages.ts';
import { announce } from '../announce.ts';
import type { OnRows } from '../data/watch-query.ts';
import { LiveController, type Stop } from '../data/live-controller.ts';
import { PagedList, type ListMemory } from '../data/paged-list.ts';
import { matches, type LogFilters } from './log-filters.ts';

/** Where a log's rows come from. */
export interface LogSource<T> {
  fetch: (filters: LogFilters, cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>;
  /** What lists of this log showed when they were left. */
  memory: ListMemory<T>;
  watch: (newerThan: string | null, onRows: OnRows<T>) => Stop;
  timeOf: (row: T) => string;
}

/** Further down than this the reader is in the midst of something, and rows must not move. */
const AT_TOP_PX = 160;

/**
 * The rows of a log: pages from the API, and new or moved entries as they arrive. A new entry is put in at the top
 * while the reader is there; otherwise it waits, and is counted (`pending`).
 */
export class LogList<T extends IncomingItem | OutgoingItem> {
  readonly pages: PagedList<T>;
  /** Ids that arrived live since the page was opened and have not been looked at. */
  fresh: ReadonlySet<string> = new Set();
  /** Entries that wait to be shown. */
  pending: readonly T[] = [];

  readonly #host: ReactiveControllerHost;
  readonly #source: LogSource<T>;
  readonly #live: LiveController;
  /** What was asked for last. */
  filters: LogFilters | undefined;
  /** The newest time of the first page: what is older and unknown lies further down. */
  #newest = '';

  constructor(host: ReactiveControllerHost, source: LogSource<T>) {
    this.#host = host;
    this.#source = source;
    this.pages = new PagedList<T>(host, source.memory);
    this.#live = new LiveController(host);
  }

  /** Loads the first page for these filters, then listens. */
  async load(filters: LogFilters): Promise<void> {
    this.filters = filters;
    this.#live.stop();
    this.pending = [];
    await this.pages.load(
      (cursor, signal) => this.#source.fetch(filters, cursor, signal),
      JSON.stringify(filters),
    );
    if (this.filters !== filters || this.pages.phase !== 'ready') return;
    const top = this.pages.items[0];
    this.#newest = filters.sort === 'time' && top ? this.#source.timeOf(top) : '';
    const since = this.#newest === '' ? null : this.#newest;
    this.#live.watch(() =>
      this.#source.watch(since, (rows, first) => {
        this.#arrived(rows, first);
      }),
    );
  }

  /** Shows what waits. */
  async showPending(): Promise<void> {
    if (this.filters?.sort !== 'time') {
      if (this.filters) await this.load(this.filters);
      return;
    }
    this.#add(this.pending);
    this.pending = [];
    this.#host.requestUpdate();
  }

  /** The reader looked at an entry: its mark goes. */
  seen(id: string): void {
    if (!this.fresh.has(id)) return;
    this.fresh = new Set([...this.fresh].filter((each) => each !== id));
    this.#host.requestUpdate();
  }

  #arrived(rows: readonly T[], first: boolean): void {
    const filters = this.filters;
    if (!filters) return;
    this.pages.merge(rows, () => false);
    const known = new Set([...this.pages.items, ...this.pending].map((row) => row.id));
    const isNew = (row: T): boolean => {
      const time = this.#source.timeOf(row);
      const late = filters.sort === 'time' ? time >= this.#newest : !first;
      return !known.has(row.id) && late && matches(row, time, filters);
    };
    const added = rows
      .filter(isNew)
      .sort((a, b) => this.#source.timeOf(b).localeCompare(this.#source.timeOf(a)));
    if (added.length === 0) return;
    const atTop = window.scrollY < AT_TOP_PX;
    if (filters.sort === 'time' && atTop && this.pages.phase === 'ready') this.#add(added);
    else this.pending = [...added, ...this.pending];
    announce(added.length === 1 ? '1 new message' : `${String(added.length)} new messages`);
    this.#host.requestUpdate();
  }

  #add(rows: readonly T[]): void {
    this.pages.merge(rows, () => true);
    this.fresh = new Set([...this.fresh, ...rows.map((row) => row.id)]);
  }
}
