import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { ErrorCodesAnswer } from '../../../../functions/src/contract/suppressions.ts';
import { announce } from '../../announce.ts';
import {
  CATEGORIES,
  CATEGORY_LOOKS,
  findCodes,
  isCode,
  readCodeFilter,
  unlistedCode,
  type CodeEntry,
  type CodeFilter,
} from './category-words.ts';
import '../../components/data-table.ts';
import type { Column, DataTable } from '../../components/data-table.ts';
import { selectField } from '../../components/field.ts';
import { icon } from '../../components/icon.ts';
import '../../components/loading-rows.ts';
import { problemState } from '../../components/problem-state.ts';
import { staleNotice } from './stale-notice.ts';
import '../../components/status-mark.ts';
import '../../components/view-state.ts';
import { FreshLoader } from '../../data/fresh-loader.ts';
import { getErrorCodes } from './settings.ts';
import { navigate, withQuery } from '../../router.ts';
import { allowed } from '../../session.ts';
import { page } from '../../styles/page.ts';
import { base, buttons, fields } from '../../styles/shared.ts';
import { searchBox } from '../../styles/search-box.ts';
import './code-panel.ts';
import type { CodesChangeEvent } from './code-panel.ts';

type Row = CodeEntry & { id: string };
const PATH = '/settings/error-codes';
/** The search starts when typing has paused this long. */
const PAUSE_MS = 150;

const columns: readonly Column<Row>[] = [
  {
    key: 'code',
    label: 'Code',
    card: 'title',
    cell: ({ code }) => html`<span class="num strong">${code}</span>`,
  },
  {
    key: 'reason',
    label: 'Meaning',
    grow: true,
    card: 'body',
    cell: ({ reason }) => html`<span class="clamp">${reason}</span>`,
  },
  {
    key: 'category',
    label: 'Action',
    card: 'meta',
    cell: ({ category }) => html`<status-mark .look=${CATEGORY_LOOKS[category]}></status-mark>`,
  },
  {
    key: 'changed',
    label: 'Changed',
    card: 'aside',
    cell: (row) =>
      row.category === row.default
        ? ''
        : html`<span class="chip warn" title="Default: ${CATEGORY_LOOKS[row.default].label}">Changed</span>`,
  },
];

/** What happens to a number after each error code (SUPP-2). Search, filter and the opened code are part of the address. */
@customElement('code-list')
export class CodeList extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    page,
    searchBox,
    css`
      :host {
        min-height: 0;
      }
      .filter {
        flex: 0 1 12rem;
      }
      .intro {
        padding: var(--space-4) var(--space-6) var(--space-2);
        color: var(--ink-2);
        font-size: var(--text-sm);
        text-wrap: pretty;
      }
      .notice {
        padding: var(--space-4) var(--space-6) 0;
      }
      @media (max-width: 51.25rem) {
        .intro,
        .notice {
          padding-inline: var(--space-4);
        }
      }
    `,
  ];

  @property({ attribute: false }) search = '';
  @property({ attribute: false }) show: string | null = null;
  @property({ attribute: false }) opened: string | null = null;
  @query('#search') private readonly box!: HTMLInputElement;
  @query('data-table') private readonly table!: DataTable<Row> | null;
  readonly #table = new FreshLoader<ErrorCodesAnswer>(this, getErrorCodes);
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  private get filter(): CodeFilter {
    return readCodeFilter(this.show);
  }

  /** `replace` leaves no step to go back to: for the letters of a search after its first. */
  private go(changes: Record<string, string | null>, replace = false): void {
    navigate(withQuery(changes, PATH), { replace });
    const { value } = this.#table;
    if (value === null) return;
    void this.updateComplete.then(() => {
      const found = findCodes(value.codes, this.search, this.filter).length;
      announce(found === 1 ? '1 error code.' : `${String(found)} error codes.`);
    });
  }

  private onInput(event: Event): void {
    // What an input method composes is complete only at its end.
    if (!(event instanceof InputEvent && event.isComposing)) this.onSearch(PAUSE_MS);
  }

  private onSearch(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const q = this.box.value.trim();
      if (q !== this.search) this.go({ q }, this.search !== '' && q !== '');
    }, wait);
  }

  private clear(): void {
    clearTimeout(this.#timer);
    this.go({ q: null, show: null });
    this.box.focus();
  }

  private dismiss(): void {
    const { opened } = this;
    navigate(withQuery({ code: null }, PATH));
    if (opened !== null) void this.updateComplete.then(() => this.table?.focusRow(opened));
  }

  private toolbar(): TemplateResult {
    const { search, filter } = this;
    return html`<form class="toolbar" role="search" @submit=${(event: Event) => {
      event.preventDefault();
      this.onSearch(0);
    }}>
      <div class="search">
        ${icon('search', 14)}
        <input id="search" type="search" aria-label="Search by code or words" placeholder="Code or words" maxlength="60" autocomplete="off" autocapitalize="none" spellcheck="false"
          .value=${search} @input=${this.onInput} @compositionend=${this.onInput} />
      </div>
      <div class="filter">
        ${selectField({
          id: 'show',
          label: 'Action',
          hideLabel: true,
          value: filter ?? '',
          choices: [
            ['', 'All codes'],
            ['changed', 'Changed only'],
            ...CATEGORIES.map((each) => [each, CATEGORY_LOOKS[each].label] as const),
          ],
          onChange: (show) => {
            this.go({ show });
          },
        })}
      </div>
      ${search !== '' || filter !== null ? html`<button type="button" class="button quiet" @click=${this.clear}>Clear</button>` : nothing}
    </form>`;
  }

  private nothing(): TemplateResult {
    const { search, filter } = this;
    if (isCode(search) && allowed('settings:write'))
      return html`<view-state kind="no-match" heading="Code ${search} is not listed">A failure with this code affects that message only. You can choose another action.
        <a slot="actions" class="button" href=${withQuery({ code: search }, PATH)}>Set an action for ${search}</a></view-state>`;
    if (filter === 'changed' && search === '')
      return html`<view-state kind="empty" icon="check" heading="No changes">Every code has its default action. Codes that an admin changes appear here.</view-state>`;
    return html`<view-state kind="no-match" heading="No error codes match">Clear the filter or try fewer words. Error codes have five digits, such as 30005.</view-state>`;
  }

  private list({ codes }: ErrorCodesAnswer): TemplateResult {
    const rows = findCodes(codes, this.search, this.filter).map((each) => ({
      ...each,
      id: String(each.code),
    }));
    if (rows.length === 0) return this.nothing();
    return html`<data-table label="Error codes" .columns=${columns} .rows=${rows} .href=${(row: Row) => withQuery({ code: row.id }, PATH)} .selected=${this.opened}></data-table>`;
  }

  /** The opened code: of the table, or one that is not in it yet. */
  private entry(codes: readonly CodeEntry[]): CodeEntry | null {
    const { opened } = this;
    if (opened === null || !isCode(opened)) return null;
    return codes.find(({ code }) => String(code) === opened) ?? unlistedCode(Number(opened));
  }

  override render() {
    const { value, problem, staleSince } = this.#table;
    const again = () => void this.#table.refresh();
    if (!value)
      return problem
        ? problemState(problem, again)
        : html`<div class="page-body flush"><loading-rows></loading-rows></div>`;
    const stale = staleNotice(staleSince, problem, again);
    return html`${this.toolbar()}
      ${stale === nothing ? nothing : html`<div class="notice">${stale}</div>`}
      <p class="intro">When a message fails, the carrier gives an error code. ${allowed('settings:write') ? 'Choose what happens to the number after each one' : 'This is what happens to the number after each one'}, from the next failure on.</p>
      <div class="page-body flush">${this.list(value)}</div>
      <code-panel ?open=${this.opened !== null} .entry=${this.entry(value.codes)} .table=${value} @dismiss=${this.dismiss}
        @codes-change=${({ table }: CodesChangeEvent) => {
          this.#table.set(table);
        }}
        @overtaken=${again}></code-panel>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'code-list': CodeList;
  }
}
