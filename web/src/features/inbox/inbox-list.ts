import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { IncomingItem } from '../../../../functions/src/contract/messages.ts';
import '../../components/time-stamp.ts';
import { linksOf, ListKeys } from '../../list-keys.ts';
import { base } from '../../styles/shared.ts';
import { KEYWORD_WORDS } from '../../parts/response-words.ts';

/** The newest incoming messages as a list to pick from. */
@customElement('inbox-list')
export class InboxList extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      a {
        position: relative;
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: var(--space-half) var(--space-3);
        padding: var(--space-3) var(--space-4) var(--space-3) var(--space-6);
        border-bottom: 1px solid var(--line);
        scroll-margin: 5rem 0 2rem;
        color: inherit;
        font-size: var(--text-sm);
        text-decoration: none;
      }
      a:hover {
        background: var(--hover);
      }
      a:focus-visible {
        outline-offset: -2px;
        --time-tip: visible;
      }
      a[aria-current] {
        background: var(--selected);
        box-shadow: inset 2px 0 0 var(--accent);
      }
      .who {
        overflow: hidden;
        font-weight: var(--weight-medium);
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      a::before {
        position: absolute;
        width: 0.4375rem;
        height: 0.4375rem;
        margin: 0.375rem 0 0 -0.8125rem;
        border-radius: 50%;
        content: '';
      }
      a.fresh::before {
        background: var(--accent);
      }
      time-stamp {
        color: var(--ink-3);
        font-size: var(--text-xs);
      }
      .text {
        grid-column: 1 / -1;
        display: -webkit-box;
        overflow: hidden;
        color: var(--ink-2);
        overflow-wrap: anywhere;
        text-align: left;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
      }
      .empty {
        font-style: italic;
        color: var(--ink-3);
      }
      .flag {
        color: var(--warn);
        font-size: var(--text-xs);
        font-weight: var(--weight-medium);
      }
      @media (max-width: 51.25rem) {
        a {
          padding-inline: var(--space-4);
        }
      }
    `,
  ];

  @property({ attribute: false }) rows: readonly IncomingItem[] = [];
  @property({ attribute: false }) selected: string | null = null;
  @property({ attribute: false }) fresh: ReadonlySet<string> = new Set();
  @property({ type: Boolean }) more = false;

  /** Asks with `load-more` when one goes past the end by key. */
  constructor() {
    super();
    new ListKeys(this, {
      ...linksOf(() => [...this.renderRoot.querySelectorAll('a')]),
      opened: () => (this.selected === null ? null : this.rows.findIndex((row) => row.id === this.selected)),
      more: () => this.more,
      loadMore: () => {
        this.dispatchEvent(new Event('load-more'));
      },
    });
  }

  /** Puts the focus on a row, e.g. after coming back from it. */
  focusRow(id: string): boolean {
    const link = this.renderRoot.querySelector<HTMLElement>(`a[data-id="${CSS.escape(id)}"]`);
    link?.focus();
    return link !== null;
  }

  private row(row: IncomingItem) {
    const fresh = this.fresh.has(row.id);
    return html`<li>
      <a href="/inbox/${row.id}" data-id=${row.id} class=${fresh ? 'fresh' : ''} aria-current=${row.id === this.selected ? 'true' : nothing}>
        <span class="who">${fresh ? html`<span class="hidden-text">New: </span>` : nothing}${row.sender}</span>
        <time-stamp at=${row.receivedAt} kind="short" tip="end"></time-stamp>
        ${row.body.trim() === '' ? html`<span class="text empty">Empty message</span>` : html`<span class="text" dir="auto">${row.body}</span>`}
        ${row.keyword === 'revocation' ? html`<span class="flag">${KEYWORD_WORDS.revocation}</span>` : nothing}
      </a>
    </li>`;
  }

  override render() {
    return html`<ul aria-label="Newest messages">${repeat(
      this.rows,
      (row) => row.id,
      (row) => this.row(row),
    )}</ul>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'inbox-list': InboxList;
  }
}
