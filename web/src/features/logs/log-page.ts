import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import type { IncomingItem, OutgoingItem } from '../../../../functions/src/contract/messages.ts';
import { announce } from '../../announce.ts';
import '../../components/data-table.ts';
import type { Column, DataTable, SortChangeEvent } from '../../components/data-table.ts';
import { icon } from '../../components/icon.ts';
import '../../components/loading-rows.ts';
import { problemState } from '../../components/problem-state.ts';
import '../../components/side-panel.ts';
import '../../components/view-state.ts';
import { toProblem } from '../../data/api-problem.ts';
import { liveState } from '../../data/connection.ts';
import { Loader } from '../../data/loader.ts';
import { navigate, PlaceController, withQuery } from '../../router.ts';
import { allowed } from '../../session.ts';
import { StoreController } from '../../store.ts';
import { page } from '../../styles/page.ts';
import { base, buttons } from '../../styles/shared.ts';
import { cameBack, keepSecret, secretOf } from '../../visits.ts';
import {
  asHiddenSearch,
  isFiltered,
  rangeProblem,
  readFilters,
  usualSort,
  type HiddenSearch,
  type LogFilters,
} from '../../parts/log-filters.ts';
import { LogList, type LogSource } from '../../parts/log-list.ts';
import './log-toolbar.ts';
import type { FilterEvent } from './log-toolbar.ts';

/** What tells one log from the other. */
export interface LogKind<T> extends LogSource<T> {
  log: 'incoming' | 'outgoing';
  title: string;
  label: string;
  columns: (filters: LogFilters) => readonly Column<T>[];
  one: (id: string, signal: AbortSignal) => Promise<T>;
  headingOf: (row: T) => string;
  /** Fires `entry-change` where it changed the entry itself. */
  details: (row: T) => TemplateResult;
  footer: (row: T) => TemplateResult | typeof nothing;
  empty: string;
}

/** Under which a step of the browser's history keeps a search that must not stand in the address. */
const SEARCH = 'log-search';

/** A log: table, filters, live rows, and the opened entry beside it. Its address holds all but a phone number. */
export abstract class LogPage<T extends IncomingItem | OutgoingItem> extends LitElement {
  static override styles = [base, buttons, page];

  protected abstract readonly kind: LogKind<T>;
  #list: LogList<T> | undefined;
  readonly #place = new PlaceController<'page-incoming' | 'page-outgoing'>(this, () => {
    this.follow();
  });
  readonly #entry = new Loader<T>(this);
  readonly #live = new StoreController(this, liveState);
  #asked = '';
  @state() private unlisted: HiddenSearch | null = null;
  @query('data-table') private readonly table!: DataTable<T> | null;

  /** Made at first use, when the page of the subclass is whole. */
  private get list(): LogList<T> {
    this.#list ??= new LogList<T>(this, this.kind);
    return this.#list;
  }

  private get filters(): LogFilters {
    return readFilters(this.#place.value.query, this.unlisted);
  }

  protected override firstUpdated(): void {
    this.follow();
  }

  /** Asks for what the address says, where that is not what is shown. */
  private follow(): void {
    if (!this.hasUpdated) return;
    if (cameBack()) this.unlisted = asHiddenSearch(secretOf(SEARCH));
    else keepSecret(SEARCH, this.unlisted);
    const { filters } = this;
    const asked = JSON.stringify(filters);
    if (asked !== this.#asked) {
      const again = this.#asked !== '';
      this.#asked = asked;
      if (rangeProblem(filters) === null) void this.load(filters, again);
    }
    this.open(this.#place.param('messageId'));
  }

  /** Another question is announced with how much it brought; the first one's rows are found on the page. */
  private async load(filters: LogFilters, again: boolean): Promise<void> {
    await this.list.load(filters);
    const { phase, items, more } = this.list.pages;
    if (!again || phase !== 'ready' || filters !== this.list.filters) return;
    announce(
      items.length === 0
        ? 'No messages match'
        : `${more ? 'The first ' : ''}${String(items.length)} ${items.length === 1 ? 'message' : 'messages'}`,
    );
  }

  private open(id: string | null): void {
    if (id === null || this.#entry.value?.id === id) return;
    this.list.seen(id);
    const known = this.list.pages.items.find((row) => row.id === id);
    if (known) this.#entry.set(known);
    else void this.#entry.load((signal) => this.kind.one(id, signal));
  }

  private filter(event: FilterEvent): void {
    const { hidden = this.unlisted, changes } = event;
    const secret = JSON.stringify(hidden) !== JSON.stringify(this.unlisted);
    this.unlisted = hidden;
    this.ask(changes, secret);
  }

  private sort({ sort }: SortChangeEvent): void {
    this.ask({ sort: sort === usualSort(this.filters.status) ? null : sort }, false);
  }

  /** Each question is a step to go back from, and is answered from the top. */
  private ask(changes: Readonly<Record<string, string | null>>, always: boolean): void {
    navigate(withQuery(changes), { always });
    window.scrollTo(0, 0);
  }

  private async close(): Promise<void> {
    const id = this.#place.param('messageId');
    navigate(withQuery({}, `/${this.kind.log}`));
    await this.updateComplete;
    // Where the row is not in the list, the heading is the next best place.
    if (id === null || !this.table?.focusRow(id)) this.renderRoot.querySelector('h1')?.focus();
  }

  private changed(entry: T): void {
    this.list.pages.merge([entry], () => false);
    if (this.#entry.value?.id === entry.id) this.#entry.set(entry);
  }

  private async showPending(): Promise<void> {
    await this.list.showPending();
    window.scrollTo({ top: 0 });
  }

  private head(): TemplateResult {
    const { pending, fresh } = this.list;
    const marks = [
      fresh.size > 0 ? html`<span class="count">${fresh.size} new</span>` : nothing,
      this.#live.value === 'paused'
        ? html`<span class="count narrow-only" title="New messages do not arrive on their own right now. Reload to see them.">Paused</span>`
        : nothing,
    ];
    return html`<header class="page-head">
      <h1 tabindex="-1">${this.kind.title}</h1>
      ${marks}
      <div class="actions">
        ${pending.length > 0 ? html`<button class="button" @click=${this.showPending}>${icon('arrow-up', 14)} ${pending.length} new</button>` : nothing}
        ${allowed('messages:send') ? html`<a class="button narrow-only" href="/compose">${icon('compose', 14)} New message</a>` : nothing}
      </div>
    </header>`;
  }

  private body(): TemplateResult {
    const { pages } = this.list;
    const { filters } = this;
    const range = rangeProblem(filters);
    if (range !== null)
      return html`<view-state kind="no-match" heading="No such dates">Choose an end date on or after the start date.</view-state>`;
    if (pages.phase === 'failed')
      return problemState(pages.problem ?? toProblem(null), () => void pages.reload());
    if (pages.phase === 'loading' && pages.items.length === 0) return html`<loading-rows></loading-rows>`;
    if (pages.items.length === 0) {
      return isFiltered(filters)
        ? html`<view-state kind="no-match">No messages match. Clear a filter or try fewer words.</view-state>`
        : html`<view-state kind="empty" heading="No messages yet">${this.kind.empty}</view-state>`;
    }
    return html`<data-table
        label=${this.kind.label}
        .columns=${this.kind.columns(filters)}
        .rows=${pages.items}
        .href=${(row: T) => withQuery({}, `/${this.kind.log}/${encodeURIComponent(row.id)}`)}
        .selected=${this.#place.param('messageId')}
        .sort=${filters.sort}
        .fresh=${this.list.fresh}
        ?more=${pages.more}
        ?loading-more=${pages.loadingMore}
        ?dimmed=${pages.phase === 'loading'}
        @sort-change=${this.sort}
        @load-more=${() => void pages.next()}
      ></data-table>
      ${pages.problem ? problemState(pages.problem, () => void pages.next()) : nothing}`;
  }

  private panel(): TemplateResult {
    const id = this.#place.param('messageId');
    // The list's row is the fresher one: it moves as the carrier reports.
    const entry =
      this.list.pages.items.find((row) => row.id === id) ??
      (this.#entry.value?.id === id ? this.#entry.value : null);
    const heading = entry
      ? this.kind.headingOf(entry)
      : this.#entry.phase === 'failed'
        ? 'Not found'
        : 'Loading…';
    const content = entry
      ? this.kind.details(entry)
      : this.#entry.problem
        ? problemState(this.#entry.problem, () => void this.#entry.reload())
        : html`<loading-rows count="3"></loading-rows>`;
    return html`<side-panel heading=${heading} ?open=${id !== null} @dismiss=${this.close} @entry-change=${(
      event: { entry: T } & Event,
    ) => {
      this.changed(event.entry);
    }}>
      ${id === null ? nothing : content}${entry && id !== null ? this.kind.footer(entry) : nothing}
    </side-panel>`;
  }

  override render() {
    return html`${this.head()}
      <log-toolbar log=${this.kind.log} .filters=${this.filters} @filter=${this.filter}></log-toolbar>
      <div class="page-body flush">${this.body()}</div>
      ${this.panel()}`;
  }
}
