import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Page } from '../../../functions/src/contract/lists.ts';
import { toProblem, type ApiProblem } from './api-problem.ts';
import { whenBackOnline } from './connection.ts';

type FetchPage<T> = (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>;

/**
 * A list by cursor, for a page: `#list = new PagedList<Person>(this)`, `this.#list.load((cursor, signal) => listPeople({…, cursor}, signal))`,
 * then read `.phase`, `.items`, `.more`, and call `.next()` when the reader nears the end. A new `load` drops the answer
 * to the last; the old rows stay to be shown (dimmed: `.phase === 'loading' && items.length > 0`) until the new ones come.
 */
export class PagedList<T extends { id: string }> implements ReactiveController {
  phase: 'loading' | 'ready' | 'failed' = 'loading';
  items: readonly T[] = [];
  /** Whether there is a further page. */
  more = false;
  loadingMore = false;
  /** Why the first or the next page did not come. */
  problem: ApiProblem | null = null;

  readonly #host: ReactiveControllerHost;
  #fetch: FetchPage<T> | undefined;
  #cursor: string | undefined;
  #abort = new AbortController();
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Loads the first page anew. Resolves when it is there or has failed. */
  async load(fetch: FetchPage<T>): Promise<void> {
    this.#fetch = fetch;
    this.#cursor = undefined;
    this.phase = 'loading';
    await this.#page(true);
  }

  /** The same list again, e.g. after an error. */
  async reload(): Promise<void> {
    if (this.#fetch) await this.load(this.#fetch);
  }

  /** Asks again for what did not come: the list, or its next page. */
  async retry(): Promise<void> {
    await (this.phase === 'failed' ? this.reload() : this.next());
  }

  /** Loads the next page, unless there is none or it is on its way. */
  async next(): Promise<void> {
    if (this.more && !this.loadingMore) await this.#page(false);
  }

  /** Changes rows in place and adds new ones at the top; `adds` says which unknown ones belong to the list. */
  merge(rows: readonly T[], adds: (row: T) => boolean): T[] {
    const known = new Map(rows.map((row) => [row.id, row]));
    const ids = new Set(this.items.map((item) => item.id));
    const added = rows.filter((row) => !ids.has(row.id) && adds(row));
    this.items = [...added, ...this.items.map((item) => known.get(item.id) ?? item)];
    this.#host.requestUpdate();
    return added;
  }

  async #page(first: boolean): Promise<void> {
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.loadingMore = !first;
    this.problem = null;
    this.#host.requestUpdate();
    try {
      const page = await this.#fetch?.(this.#cursor, signal);
      if (signal.aborted || !page) return;
      const ids = new Set(first ? [] : this.items.map((item) => item.id));
      this.items = [...(first ? [] : this.items), ...page.items.filter((item) => !ids.has(item.id))];
      this.#cursor = page.nextCursor ?? undefined;
      this.more = page.nextCursor !== null;
      this.phase = 'ready';
    } catch (thrown) {
      if (signal.aborted) return;
      this.problem = toProblem(thrown);
      if (first) {
        this.phase = 'failed';
        this.items = [];
        this.more = false;
      }
    }
    this.loadingMore = false;
    this.#host.requestUpdate();
  }

  hostConnected(): void {
    this.#stop = whenBackOnline(() => {
      if (this.problem?.errorCode === 'OFFLINE') void this.retry();
    });
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#abort.abort();
  }
}
