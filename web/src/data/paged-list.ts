import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Page } from '../../../functions/src/contract/lists.ts';
import { cameBack, whenForgotten } from '../visits.ts';
import { toProblem, type ApiProblem } from './api-problem.ts';
import { whenBackOnline } from './connection.ts';

type FetchPage<T> = (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>;

interface Kept<T> {
  items: readonly T[];
  cursor: string | undefined;
  more: boolean;
}

/** What lists showed when they were left, by what was asked for, until the session ends. One for all lists of a page. */
export class ListMemory<T> {
  readonly #kept = new Map<string, Kept<T>>();
  /** Questions that are remembered. */
  static readonly MOST = 8;

  constructor() {
    whenForgotten(() => {
      this.#kept.clear();
    });
  }

  keep(question: string, list: Kept<T>): void {
    this.#kept.delete(question);
    this.#kept.set(question, list);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > ListMemory.MOST && oldest !== undefined) this.#kept.delete(oldest);
  }

  recall(question: string): Kept<T> | undefined {
    return this.#kept.get(question);
  }
}

/**
 * A list by cursor, for a page: `#list = new PagedList<Person>(this)`, `this.#list.load((cursor, signal) => listPeople({…, cursor}, signal))`,
 * then read `.phase`, `.items`, `.more`, and call `.next()` when the reader nears the end. A new `load` drops the answer
 * to the last; the old rows stay to be shown (dimmed: `.phase === 'loading' && items.length > 0`) until the new ones come.
 * With a memory, and a name for the question, Back shows all the pages that were there, and asks for the first anew.
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
  readonly #memory: ListMemory<T> | null;
  #question: string | null = null;

  constructor(host: ReactiveControllerHost, memory: ListMemory<T> | null = null) {
    this.#host = host;
    this.#memory = memory;
    host.addController(this);
  }

  /** Loads the first page anew, or brings back what was left. Resolves when it is there or has failed. */
  async load(fetch: FetchPage<T>, question: string | null = null): Promise<void> {
    this.#keep();
    this.#fetch = fetch;
    this.#question = question;
    const kept = cameBack() && question !== null ? this.#memory?.recall(question) : undefined;
    if (kept) this.#restore(kept);
    else await this.reload();
  }

  /** The same list again, e.g. after an error. */
  async reload(): Promise<void> {
    this.#cursor = undefined;
    this.phase = 'loading';
    await this.#page(true);
  }

  #keep(): void {
    if (this.#question === null || this.phase !== 'ready') return;
    this.#memory?.keep(this.#question, { items: this.items, cursor: this.#cursor, more: this.more });
  }

  #restore({ items, cursor, more }: Kept<T>): void {
    this.#abort.abort();
    this.items = items;
    this.#cursor = cursor;
    this.more = more;
    this.phase = 'ready';
    this.loadingMore = false;
    this.problem = null;
    this.#host.requestUpdate();
    void this.#renew();
  }

  /** Puts the first page as it is now in the place of what stood there; what cannot be had stays as it was. */
  async #renew(): Promise<void> {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    const before = new Set(this.items.map((item) => item.id));
    const page = await this.#fetch?.(undefined, signal).catch(() => undefined);
    if (!page || signal.aborted) return;
    const ids = new Set(page.items.map((item) => item.id));
    const arrived = this.items.filter((item) => !before.has(item.id) && !ids.has(item.id));
    const last = this.items.findLastIndex((item) => ids.has(item.id));
    const rest = last < 0 ? [] : this.items.slice(last + 1);
    if (rest.length === 0) {
      this.#cursor = page.nextCursor ?? undefined;
      this.more = page.nextCursor !== null;
    }
    this.items = [...arrived, ...page.items, ...rest];
    this.#host.requestUpdate();
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
    this.#keep();
    this.#stop?.();
    this.#abort.abort();
  }
}
