import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import { ListKeys } from '../list-keys.ts';
import { base, buttons } from '../styles/shared.ts';
import { ColumnWidths } from './column-widths.ts';
import { tableStyles } from './data-table-styles.ts';
import { icon } from './icon.ts';
import { firstSlots, WHOLE, type Slot, type Slots } from './row-slots.ts';
import type { VirtualRows } from './virtual-rows.ts';

export interface Column<T> {
  key: string;
  label: string;
  /** What the cell shows. Cells are styled by the table: `.strong`, `.muted`, `.clamp` (three lines), `.num`, `.empty`, `.note`, `.chips > .chip`, `.wrap` (at spaces, where there is little room), `.card-only` (what a column's heading says otherwise). */
  cell: (row: T) => TemplateResult | string;
  /** The value of `sort` for this column's natural order; a minus before it turns it round. */
  sort?: string;
  /** Which way the natural order goes; newest first is `descending`. */
  natural?: 'ascending' | 'descending';
  /** Text of any length, up to a width that reads well; one column has it. */
  grow?: boolean;
  /** Shown only where there is plenty of room; the details have it too. */
  room?: 'plenty';
  /** Its place in the card that a row becomes on a narrow screen; `hide` leaves it to the details. */
  card: 'title' | 'aside' | 'body' | 'meta' | 'hide';
}

/** Asks for another order, as a value for `sort`. */
export class SortChangeEvent extends Event {
  readonly sort: string;
  constructor(sort: string) {
    super('sort-change');
    this.sort = sort;
  }
}

const classOf = ({ grow, room }: Pick<Column<never>, 'grow' | 'room'>): string =>
  `${grow ? 'grow' : ''} ${room ?? ''}`;

/** The place in the list of the row that something is in; -1 for none. */
function placeOf(target: EventTarget | null): number {
  const row = target instanceof Element ? target.closest<HTMLElement>('tr[data-index]') : null;
  return Number(row?.dataset['index'] ?? -1);
}

/**
 * A dense table that becomes cards where it is narrow. The first column's cell becomes the row's link; a click anywhere
 * in the row follows it. Of a long list, only the rows in sight and near are in the page. Up and Down, j and k go from row to row, and from one opened row to the next. Asks with
 * `sort-change` and, when the reader nears the end, `load-more`.
 *
 * `<data-table label="Incoming messages" .columns=${columns} .rows=${items} .href=${(row) => `/incoming/${row.id}`}
 *   .selected=${id} .sort=${sort} .fresh=${ids} ?more=${list.more} ?loading-more=${…} ?dimmed=${…}></data-table>`
 */
@customElement('data-table')
export class DataTable<T extends { id: string }> extends LitElement {
  static override styles = [base, buttons, tableStyles];

  /** What the table lists, for screen readers. */
  @property() label = '';
  @property({ attribute: false }) columns: readonly Column<T>[] = [];
  @property({ attribute: false }) rows: readonly T[] = [];
  /** Where a row leads; without it rows are not links. */
  @property({ attribute: false }) href: ((row: T) => string) | null = null;
  @property({ attribute: false }) selected: string | null = null;
  @property() sort = '';
  /** Ids of rows that arrived live; they carry a quiet mark. */
  @property({ attribute: false }) fresh: ReadonlySet<string> = new Set();
  @property({ type: Boolean }) more = false;
  @property({ type: Boolean, attribute: 'loading-more' }) loadingMore = false;
  /** The rows are of an earlier question; the answer is on its way. */
  @property({ type: Boolean, reflect: true }) dimmed = false;

  /** A row is open beside the table, which has less room then. */
  @property({ type: Boolean, reflect: true }) slim = false;

  @query('.end') private readonly end!: HTMLElement | null;
  readonly #nearEnd = new IntersectionObserver(
    (seen) => {
      if (seen.some((each) => each.isIntersecting)) this.loadMore();
    },
    { rootMargin: '600px' },
  );

  /** Chooses the rows of a long list; loaded for the first one. */
  #virtual: VirtualRows | null = null;
  #loading: 'no' | 'yes' | 'failed' = 'no';
  readonly #widths = new ColumnWidths(this);
  /** The row that has the focus, or is about to. */
  #focus: number | null = null;

  constructor() {
    super();
    new ListKeys(this, {
      count: () => this.rows.length,
      link: (index) => this.link(index),
      focused: () => placeOf(this.renderRoot.querySelector('a.row-link:focus')),
      opened: () => this.opened,
      more: () => this.more,
      loadMore: () => {
        this.loadMore();
      },
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#nearEnd.disconnect();
  }

  protected override willUpdate(): void {
    this.slim = this.selected !== null;
    if (this.rows.length > WHOLE) void this.virtualise();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('columns')) this.#widths.free();
    if (this.#virtual?.partial) this.#widths.hold();
    // Observed anew after each page, since an end that stays in view is not reported again.
    if (!changed.has('rows') && !changed.has('more') && !changed.has('loadingMore')) return;
    this.#nearEnd.disconnect();
    if (this.end && this.more && !this.loadingMore) this.#nearEnd.observe(this.end);
  }

  readonly #measure = (row: Element | undefined): void => {
    this.#virtual?.measure(row);
  };

  private async virtualise(): Promise<void> {
    if (this.#loading !== 'no') return;
    this.#loading = 'yes';
    try {
      const module = await import('./virtual-rows.ts');
      this.#virtual = new module.VirtualRows(this);
    } catch {
      this.#loading = 'failed';
    }
    this.requestUpdate();
  }

  private slots(): Slots {
    // Where it cannot be had, for lack of a network, all rows are drawn.
    const most = this.#loading === 'failed' ? this.rows.length : WHOLE;
    return this.#virtual?.slots([this.opened, this.#focus]) ?? firstSlots(this.rows.length, most);
  }

  /** Puts the focus on a row's link, e.g. when its details close. */
  focusRow(id: string): boolean {
    const index = this.rows.findIndex((row) => row.id === id);
    if (index < 0 || !this.href) return false;
    const link = this.linkOf(id);
    if (link) link.focus();
    else void this.link(index).then((brought) => brought?.focus());
    return true;
  }

  private get opened(): number | null {
    return this.selected === null ? null : this.rows.findIndex((row) => row.id === this.selected);
  }

  private linkOf(id: string): HTMLAnchorElement | null {
    return this.renderRoot.querySelector(`tr[data-id="${CSS.escape(id)}"] a.row-link`);
  }

  /** The link of a row, which is brought into the page for it. */
  private async link(index: number): Promise<HTMLAnchorElement | null> {
    const row = this.rows[index];
    if (!row) return null;
    this.#focus = index;
    this.requestUpdate();
    await this.updateComplete;
    return this.linkOf(row.id);
  }

  private onFocus({ target }: FocusEvent): void {
    this.#focus = placeOf(target);
    this.requestUpdate();
  }

  private loadMore(): void {
    if (this.more && !this.loadingMore) this.dispatchEvent(new Event('load-more'));
  }

  private ask(column: Column<T>): void {
    if (column.sort === undefined) return;
    this.dispatchEvent(new SortChangeEvent(this.sort === column.sort ? `-${column.sort}` : column.sort));
  }

  private direction(column: Column<T>): 'ascending' | 'descending' | null {
    const natural = column.natural ?? 'ascending';
    if (column.sort !== undefined && this.sort === column.sort) return natural;
    if (column.sort !== undefined && this.sort === `-${column.sort}`)
      return natural === 'ascending' ? 'descending' : 'ascending';
    return null;
  }

  private follow(event: MouseEvent & { currentTarget: HTMLElement }): void {
    const onControl = event
      .composedPath()
      .some((node) => node instanceof HTMLElement && node.matches('a, button, input, select'));
    if (onControl || window.getSelection()?.type === 'Range') return;
    const { ctrlKey, metaKey, shiftKey } = event;
    event.currentTarget.querySelector('a')?.dispatchEvent(
      new MouseEvent('click', {
        bubbles: true,
        composed: true,
        cancelable: true,
        ctrlKey,
        metaKey,
        shiftKey,
      }),
    );
  }

  private heading(column: Column<T>): TemplateResult {
    const direction = this.direction(column);
    const name =
      column.sort === undefined
        ? column.label
        : html`<button class="sort" @click=${() => {
            this.ask(column);
          }}>
        ${column.label}${direction ? icon(direction === 'ascending' ? 'arrow-up' : 'arrow-down', 12) : nothing}
      </button>`;
    return html`<th role="columnheader" scope="col" class=${classOf(column)} aria-sort=${direction ?? nothing}>${name}${column.grow ? html`<span class="measure"></span>` : nothing}</th>`;
  }

  /** Stands for rows that are not in the page. */
  private space(height: number): TemplateResult | typeof nothing {
    return height > 0
      ? html`<tr class="space" aria-hidden="true"><td colspan=${this.columns.length} height=${height}></td></tr>`
      : nothing;
  }

  private row(row: T, { index, gap }: Slot): TemplateResult {
    const place = this.#virtual?.partial ? index + 2 : nothing;
    const selected = row.id === this.selected;
    const cells = this.columns.map((column, at) => {
      const cell = column.cell(row);
      const content = column.grow ? html`<div class="cap">${cell}</div>` : cell;
      const linked = at === 0 && this.href;
      return html`<td role="cell" class="${column.card} ${classOf(column)}">
        ${linked ? html`<a class="row-link" href=${this.href?.(row) ?? ''} aria-current=${selected ? 'true' : nothing}>${content}</a>` : content}
        ${at === 0 && this.fresh.has(row.id) ? html`<span class="new">New</span>` : nothing}
      </td>`;
    });
    return html`${this.space(gap)}<tr
        role="row"
        data-id=${row.id}
        data-index=${index}
        aria-rowindex=${place}
        class="${selected ? 'selected' : ''} ${this.href ? 'leads' : ''}"
        @click=${this.follow}
        ${ref(this.#measure)}
      >${cells}</tr>`;
  }

  override render() {
    const partial = this.#virtual?.partial === true;
    const { slots, after } = this.slots();
    const drawn = slots.flatMap((slot) => {
      const row = this.rows[slot.index];
      return row ? [{ row, slot }] : [];
    });
    // With more to come nobody knows how many rows there are.
    const count = partial ? (this.more ? -1 : this.rows.length + 1) : nothing;
    return html`<table role="table" aria-label=${this.label} aria-busy=${this.dimmed} aria-rowcount=${count}>
        <thead role="rowgroup">
          <tr role="row" aria-rowindex=${partial ? 1 : nothing}>${this.columns.map((column) => this.heading(column))}</tr>
        </thead>
        <tbody role="rowgroup" @focusin=${this.onFocus}>
          ${repeat(
            drawn,
            ({ row }) => row.id,
            ({ row, slot }) => this.row(row, slot),
          )}
          ${this.space(after)}
        </tbody>
      </table>
      ${
        this.more
          ? html`<div class="end"><button class="button quiet" ?disabled=${this.loadingMore} @click=${this.loadMore}>${this.loadingMore ? 'Loading…' : 'Load more'}</button></div>`
          : nothing
      }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'data-table': DataTable<{ id: string }>;
  }
}
