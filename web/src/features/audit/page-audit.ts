import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { AUDIT_ACTIONS, type AuditAction } from '../../../../functions/src/contract/audit-actions.ts';
import type { AuditItem } from '../../../../functions/src/contract/audit.ts';
import type { Operator } from '../../../../functions/src/contract/team.ts';
import { announce } from '../../announce.ts';
import './audit-entry.ts';
import { ACTION_LOOKS, auditSentence } from './audit-words.ts';
import '../../components/data-table.ts';
import type { Column, DataTable } from '../../components/data-table.ts';
import { selectField } from '../../components/field.ts';
import { icon } from '../../components/icon.ts';
import '../../components/inline-notice.ts';
import '../../components/loading-rows.ts';
import { problemState } from '../../components/problem-state.ts';
import '../../components/side-panel.ts';
import '../../components/time-stamp.ts';
import '../../components/view-state.ts';
import { listAudit } from './audit.ts';
import { Loader } from '../../data/loader.ts';
import { ListMemory, PagedList } from '../../data/paged-list.ts';
import { listOperators } from '../../data/team.ts';
import { navigate, PlaceController, withQuery } from '../../router.ts';
import { page } from '../../styles/page.ts';
import { base, buttons, fields } from '../../styles/shared.ts';

interface Filters {
  action: AuditAction | null;
  actorId: string | null;
}

const memory = new ListMemory<AuditItem>();

/** Who did what (PRIV-5), newest first. */
@customElement('page-audit')
export class PageAudit extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    page,
    css`
      .toolbar .field {
        flex: 1 1 8rem;
        max-width: 14rem;
      }
      .toolbar select {
        font-size: var(--text-sm);
      }
    `,
  ];

  readonly #place = new PlaceController<'page-audit'>(this, () => {
    this.follow();
  });
  readonly #list = new PagedList<AuditItem>(this, memory);
  readonly #operators = new Loader<readonly Operator[]>(this);
  @query('data-table') private readonly table!: DataTable<AuditItem> | null;
  #asked: string | null = null;
  #seeking = false;

  private get filters(): Filters {
    const { query } = this.#place.value;
    const actorId = query.get('actorId') ?? '';
    return {
      action: AUDIT_ACTIONS.find((each) => each === query.get('action')) ?? null,
      actorId: /^[A-Za-z0-9_-]{1,64}$/.test(actorId) ? actorId : null,
    };
  }

  private get opened(): AuditItem | null {
    const id = this.#place.param('entryId');
    return this.#list.items.find((item) => item.id === id) ?? null;
  }

  /** Loads again when the address asks for other entries. */
  private follow(): void {
    const { filters } = this;
    const asked = JSON.stringify(filters);
    if (this.#operators.phase === 'idle')
      void this.#operators.load(async (signal) => (await listOperators({ limit: 100 }, signal)).items);
    if (asked !== this.#asked) void this.load(filters, asked);
  }

  private async load({ action, actorId }: Filters, asked: string): Promise<void> {
    const first = this.#asked === null;
    this.#asked = asked;
    await this.#list.load(
      (cursor, signal) =>
        listAudit({ cursor, ...(action && { action }), ...(actorId !== null && { actorId }) }, signal),
      asked,
    );
    const { phase, items, more } = this.#list;
    if (phase === 'ready' && !first)
      announce(
        items.length === 0 ? 'No entries.' : `${String(items.length)}${more ? ' or more' : ''} entries.`,
      );
  }

  /** Goes through older entries until the opened one is among them. */
  private async seek(): Promise<void> {
    this.#seeking = true;
    while (this.isConnected && !this.opened && this.#list.more && !this.#list.problem)
      await this.#list.next();
    this.#seeking = false;
    this.requestUpdate();
  }

  private readonly columns: readonly Column<AuditItem>[] = [
    {
      key: 'what',
      label: 'What happened',
      grow: true,
      card: 'title',
      cell: (row) => html`<span class="strong wrap" dir="auto">${auditSentence(row)}</span>`,
    },
    {
      key: 'from',
      label: 'From',
      card: 'meta',
      cell: (row) => html`<span class="muted num">${row.address ?? ''}</span>`,
    },
    {
      key: 'when',
      label: 'When',
      card: 'aside',
      cell: (row) => html`<time-stamp class="muted" at=${row.at} tip="end"></time-stamp>`,
    },
  ];

  private dismiss(): void {
    const id = this.#place.param('entryId');
    navigate(withQuery({}, '/audit'));
    if (id !== null) this.table?.focusRow(id);
  }

  private toolbar() {
    const { action, actorId } = this.filters;
    const operators = this.#operators.value ?? [];
    const unknown = actorId !== null && !operators.some((each) => each.id === actorId);
    return html`<div class="toolbar" role="search" aria-label="Filters">
      ${selectField({
        id: 'action',
        label: 'Action',
        hideLabel: true,
        value: action ?? '',
        choices: [
          ['', 'All actions'],
          ...AUDIT_ACTIONS.map((each) => [each, ACTION_LOOKS[each].words] as const),
        ],
        onChange: (value) => {
          navigate(withQuery({ action: value }, '/audit'));
        },
      })}
      ${selectField({
        id: 'actor',
        label: 'Who',
        hideLabel: true,
        value: actorId ?? '',
        choices: [
          ['', 'Anyone'],
          ...operators.map((each) => [each.id, each.name] as const),
          ...(unknown ? [[actorId, 'Someone else'] as const] : []),
        ],
        onChange: (value) => {
          navigate(withQuery({ actorId: value }, '/audit'));
        },
      })}
      ${action || actorId !== null ? html`<a class="button quiet" href="/audit">Clear</a>` : nothing}
    </div>`;
  }

  private content(): TemplateResult {
    const { phase, items, more, loadingMore, problem } = this.#list;
    const { action, actorId } = this.filters;
    if (phase === 'failed' && problem) return problemState(problem, () => void this.#list.reload());
    if (items.length === 0) {
      if (phase === 'loading') return html`<loading-rows></loading-rows>`;
      return action || actorId !== null
        ? html`<view-state kind="no-match">No entries match. Clear the filters to see everything.</view-state>`
        : html`<view-state kind="empty" icon="audit">Every change, message and sign-in is recorded here as it happens.</view-state>`;
    }
    return html`<data-table
        label="Audit log"
        .columns=${this.columns.filter(({ key }) => key !== 'from' || items.some((item) => item.address !== null))}
        .rows=${items}
        .href=${(row: AuditItem) => withQuery({}, `/audit/${row.id}`)}
        .selected=${this.#place.param('entryId')}
        ?more=${more}
        ?loading-more=${loadingMore}
        ?dimmed=${phase === 'loading'}
        @load-more=${() => void this.#list.next()}
      ></data-table>
      ${problem ? html`<div class="page-body"><inline-notice tone="bad" role="alert">Older entries could not be loaded. ${problem.message}</inline-notice></div>` : nothing}`;
  }

  private panel() {
    const id = this.#place.param('entryId');
    const { opened } = this;
    const settled = this.#list.phase === 'ready';
    return html`<side-panel heading=${opened ? ACTION_LOOKS[opened.action].words : 'Entry'} ?open=${id !== null && (opened !== null || settled)} @dismiss=${this.dismiss}>
      ${
        opened
          ? html`<audit-entry .item=${opened}></audit-entry>`
          : html`<view-state kind="not-found" heading="Entry not loaded">
            ${this.#list.more ? 'This entry may be older than the ones loaded so far.' : 'There is no such entry, or the filters hide it.'}
            ${
              this.#list.more
                ? html`<button slot="actions" class="button" aria-disabled=${this.#seeking} @click=${() => {
                    if (!this.#seeking) void this.seek();
                  }}>${this.#seeking ? 'Loading…' : 'Load older entries'}</button>`
                : nothing
            }
          </view-state>`
      }
    </side-panel>`;
  }

  override render() {
    return html`<header class="page-head">
        <h1 tabindex="-1">Audit</h1>
        <div class="actions">
          <button class="button" aria-disabled=${this.#list.phase === 'loading'} @click=${() => void this.#list.reload()}>${icon('refresh', 14)} Refresh</button>
        </div>
      </header>
      ${this.toolbar()}
      <div class="page-body flush">${this.content()}</div>
      ${this.panel()}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'page-audit': PageAudit;
  }
}
