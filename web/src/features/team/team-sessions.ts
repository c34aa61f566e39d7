import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { SessionItem } from '../../../../functions/src/contract/team.ts';
import { notify } from '../../announce.ts';
import '../../components/confirm-dialog.ts';
import '../../components/data-table.ts';
import type { Column } from '../../components/data-table.ts';
import '../../components/inline-notice.ts';
import '../../components/loading-rows.ts';
import { problemState } from '../../components/problem-state.ts';
import '../../components/time-stamp.ts';
import '../../components/view-state.ts';
import { sentenceOf } from '../../data/api-problem.ts';
import { Attempt } from '../../data/attempt.ts';
import { PagedList } from '../../data/paged-list.ts';
import { endSession, listSessions } from '../../data/team.ts';
import { allowed, signOut } from '../../session.ts';
import { page } from '../../styles/page.ts';
import { base, buttons } from '../../styles/shared.ts';
import { tabs } from '../../styles/tabs.ts';

/** Live sessions (OP-7): one's own, or with `all` everybody's; each can be ended. */
@customElement('team-sessions')
export class TeamSessions extends LitElement {
  static override styles = [
    base,
    buttons,
    page,
    tabs,
    css`
      .bar {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2) var(--space-4);
        align-items: center;
        justify-content: space-between;
        padding: var(--space-3) var(--space-6);
        border-bottom: 1px solid var(--line);
      }
      h2 {
        font-size: var(--text-sm);
        font-weight: 400;
        line-height: var(--leading);
        letter-spacing: 0;
        color: var(--ink-2);
      }
      @media (max-width: 51.25rem) {
        .bar {
          padding-inline: var(--space-4);
        }
      }
    `,
  ];

  @property({ type: Boolean }) all = false;
  readonly #list = new PagedList<SessionItem>(this);
  @state() private ending: SessionItem | null = null;
  /** Kept apart, so that the dialog keeps its words while it closes. */
  @state() private asking = false;
  readonly #attempt = new Attempt(this);
  @query('h2') private readonly heading!: HTMLElement;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('all')) return;
    const all = this.all ? ({ all: 'true' } as const) : {};
    this.#list.items = [];
    void this.#list.load((cursor, signal) =>
      listSessions({ ...all, ...(cursor !== undefined && { cursor }) }, signal),
    );
  }

  private ask(session: SessionItem): void {
    this.#attempt.clear();
    this.ending = session;
    this.asking = true;
  }

  private async end(): Promise<void> {
    const { ending } = this;
    if (!ending) return;
    if (ending.current) await this.#attempt.run(signOut);
    else if (await this.#attempt.run(() => endSession(ending.id), this.close)) await this.ended(ending);
  }

  private readonly close = (): void => {
    this.asking = false;
  };

  private async ended(ending: SessionItem): Promise<void> {
    this.#list.items = this.#list.items.filter((row) => row.id !== ending.id);
    this.requestUpdate();
    // The button that was pressed is gone with its row.
    await this.updateComplete;
    this.heading.focus();
    notify('good', `Session on ${ending.device} ended.`);
  }

  private readonly columns = (): readonly Column<SessionItem>[] => [
    {
      key: 'device',
      label: 'Device',
      card: 'title',
      cell: (row) =>
        html`<span class="strong wrap">${row.device}</span>${row.current ? html` <span class="chip">This one</span>` : nothing}`,
    },
    ...(this.all
      ? [
          {
            key: 'operator',
            label: 'Operator',
            card: 'body',
            cell: (row: SessionItem) => html`<span class="wrap" dir="auto">${row.operator}</span>`,
          } as const,
        ]
      : []),
    {
      key: 'address',
      label: 'Address',
      grow: true,
      card: 'body',
      cell: (row) =>
        html`<span class="clamp muted num">${row.address === '' ? 'Unknown' : row.address}</span>`,
    },
    {
      key: 'since',
      label: 'Since',
      card: 'meta',
      cell: (row) =>
        html`<span class="muted"><span class="card-only">started</span> <time-stamp at=${row.startedAt} kind="short" tip="end"></time-stamp></span>`,
    },
    {
      key: 'ends',
      label: 'Ends',
      card: 'meta',
      cell: (row) =>
        html`<span class="muted"><span class="card-only">ends</span> <time-stamp at=${row.endsAt} kind="short" tip="end"></time-stamp></span>`,
    },
    {
      key: 'end',
      label: 'Action',
      card: 'aside',
      cell: (row) =>
        !row.mayEnd
          ? html`<span class="faint">Owners only</span>`
          : html`<button class="button small" aria-label="End the session on ${row.device}${this.all ? ` of ${row.operator}` : ''}" @click=${() => {
              this.ask(row);
            }}>End</button>`,
    },
  ];

  private content(): TemplateResult {
    const { phase, items, more, loadingMore, problem } = this.#list;
    if (phase === 'failed' && problem) return problemState(problem, () => void this.#list.reload());
    if (items.length === 0) {
      return phase === 'loading'
        ? html`<loading-rows count="3"></loading-rows>`
        : html`<view-state kind="empty" icon="device" heading="No live sessions">Sessions appear here when somebody signs in.</view-state>`;
    }
    return html`<data-table
        label=${this.all ? "Everybody's sessions" : 'Your sessions'}
        .columns=${this.columns()}
        .rows=${items}
        ?more=${more}
        ?loading-more=${loadingMore}
        @load-more=${() => void this.#list.next()}
      ></data-table>
      ${problem ? html`<div class="page-body"><inline-notice tone="bad" role="alert">The next sessions could not be loaded. ${problem.message}</inline-notice></div>` : nothing}`;
  }

  private dialog() {
    const { ending } = this;
    const { busy, problem } = this.#attempt;
    const current = ending?.current === true;
    return html`<confirm-dialog
      heading=${current ? 'End this session?' : `End the session on ${ending?.device ?? ''}?`}
      confirm=${current ? 'Sign out' : 'End session'}
      danger
      ?open=${this.asking}
      ?busy=${busy}
      .problem=${problem ? sentenceOf(problem) : null}
      @confirm=${this.end}
      @dismiss=${this.close}
    >
      ${current ? 'This is the session you are using. You will be signed out here.' : `${this.all ? (ending?.operator ?? '') : 'Whoever uses it'} is signed out there at once.`}
    </confirm-dialog>`;
  }

  override render() {
    const { all } = this;
    return html`<div class="bar">
        <h2 tabindex="-1">A session ends 4 hours after sign-in, or at once when you end it.</h2>
        ${
          allowed('sessions:any')
            ? html`<nav class="tabs small" aria-label="Whose sessions">
              <a href="/team/sessions" aria-current=${all ? nothing : 'page'}>Yours</a>
              <a href="/team/sessions?all=true" aria-current=${all ? 'page' : nothing}>Everybody's</a>
            </nav>`
            : nothing
        }
      </div>
      <div class="page-body flush">${this.content()}</div>
      ${this.dialog()}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'team-sessions': TeamSessions;
  }
}
