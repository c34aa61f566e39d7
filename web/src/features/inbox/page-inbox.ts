import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import type { IncomingItem } from '../../../../functions/src/contract/messages.ts';
import { icon } from '../../components/icon.ts';
import '../../components/loading-rows.ts';
import { problemState } from '../../components/problem-state.ts';
import '../../components/view-state.ts';
import { toProblem } from '../../data/api-problem.ts';
import { Loader } from '../../data/loader.ts';
import { getIncoming } from '../../data/messages.ts';
import { PlaceController } from '../../router.ts';
import { allowed } from '../../session.ts';
import { page } from '../../styles/page.ts';
import { base, buttons } from '../../styles/shared.ts';
import './inbox-list.ts';
import type { InboxList } from './inbox-list.ts';
import './inbox-message.ts';
import { incomingSource } from '../../parts/incoming-source.ts';
import { readFilters } from '../../parts/log-filters.ts';
import { LogList } from '../../parts/log-list.ts';

/** The newest messages at the left, the chosen one with its answer at the right; on a phone one after the other. */
@customElement('page-inbox')
export class PageInbox extends LitElement {
  static override styles = [
    base,
    buttons,
    page,
    css`
      .panes {
        flex: 1;
        display: grid;
        grid-template-columns: minmax(17rem, 24rem) minmax(0, 1fr);
      }
      .list {
        border-right: 1px solid var(--line);
        min-width: 0;
      }
      .detail {
        position: sticky;
        top: 3.25rem;
        align-self: start;
        max-height: calc(100dvh - 3.25rem);
        overflow: auto;
      }
      .detail h2 {
        flex: 1;
        min-width: 0;
        font-size: var(--text-lg);
        overflow-wrap: anywhere;
      }
      .detail header {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        max-width: 46rem;
        padding: var(--space-5) var(--space-6) 0;
      }
      .inner {
        max-width: 46rem;
        padding: var(--space-5) var(--space-6) var(--space-8);
      }
      .more {
        display: flex;
        justify-content: center;
        padding: var(--space-4);
      }
      .back {
        display: none;
      }
      @media (max-width: 51.25rem) {
        .panes {
          display: block;
        }
        .list {
          border-right: 0;
        }
        .panes.one .list,
        .panes:not(.one) .detail {
          display: none;
        }
        .detail {
          position: static;
          max-height: none;
        }
        .detail header {
          padding: var(--space-3) var(--space-4) 0;
        }
        .inner {
          padding: var(--space-4);
        }
        .back {
          display: inline-flex;
        }
      }
    `,
  ];

  readonly #list = new LogList<IncomingItem>(this, incomingSource);
  readonly #entry = new Loader<IncomingItem>(this);
  readonly #place = new PlaceController<'page-inbox'>(this, () => {
    this.follow();
  });
  @query('inbox-list') private readonly list!: InboxList | null;
  #last: string | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#list.load(readFilters(new URLSearchParams(), null));
  }

  private follow(): void {
    const id = this.#place.param('messageId');
    const came = this.#last;
    this.#last = id;
    if (id === null) {
      if (came !== null) void this.updateComplete.then(() => this.list?.focusRow(came));
      return;
    }
    this.#list.seen(id);
    if (this.#entry.value?.id !== id) {
      const known = this.#list.pages.items.find((row) => row.id === id);
      if (known) this.#entry.set(known);
      else void this.#entry.load((signal) => getIncoming(id, signal));
    }
    if (this.hasUpdated)
      void this.updateComplete.then(() =>
        this.renderRoot.querySelector<HTMLElement>('#who')?.focus({ preventScroll: true }),
      );
  }

  private async showPending(): Promise<void> {
    await this.#list.showPending();
    window.scrollTo({ top: 0 });
  }

  private rows(): TemplateResult {
    const { pages } = this.#list;
    if (pages.phase === 'failed')
      return problemState(pages.problem ?? toProblem(null), () => void pages.reload());
    if (pages.items.length === 0) {
      return pages.phase === 'loading'
        ? html`<loading-rows></loading-rows>`
        : html`<view-state kind="empty" heading="No messages yet">Messages to your number appear here the moment they arrive.</view-state>`;
    }
    return html`<inbox-list .rows=${pages.items} .selected=${this.#place.param('messageId')} .fresh=${this.#list.fresh} ?more=${pages.more && !pages.loadingMore} @load-more=${() => void pages.next()}></inbox-list>
      ${pages.more ? html`<div class="more"><button class="button quiet" ?disabled=${pages.loadingMore} @click=${() => void pages.next()}>${pages.loadingMore ? 'Loading…' : 'Load more'}</button></div>` : nothing}`;
  }

  private detail(): TemplateResult {
    const id = this.#place.param('messageId');
    if (id === null) {
      return html`<view-state icon="reply" heading="No message selected">Select a message to read and reply.
        ${allowed('messages:send') ? html`<a slot="actions" class="button" href="/compose">${icon('compose', 14)} New message</a>` : nothing}</view-state>`;
    }
    const { value, problem } = this.#entry;
    if (problem) return problemState(problem, () => void this.#entry.reload());
    if (value?.id !== id) return html`<loading-rows count="3"></loading-rows>`;
    return html`<header>
        <a class="button quiet icon back" href="/inbox" aria-label="Back to the list">${icon('back')}</a>
        <h2 id="who" tabindex="-1">${value.sender}</h2>
        ${value.userId ? html`<a class="button quiet" href="/people/${value.userId}">${icon('person', 14)} Details</a>` : nothing}
      </header>
      <div class="inner"><inbox-message .entry=${value}></inbox-message></div>`;
  }

  override render() {
    const { pending, fresh } = this.#list;
    return html`<header class="page-head">
        <h1 tabindex="-1">Inbox</h1>
        ${fresh.size > 0 ? html`<span class="count">${fresh.size} new</span>` : nothing}
        <div class="actions">
          ${pending.length > 0 ? html`<button class="button" @click=${this.showPending}>${icon('arrow-up', 14)} ${pending.length} new</button>` : nothing}
          ${allowed('messages:send') ? html`<a class="button narrow-only" href="/compose">${icon('compose', 14)} New message</a>` : nothing}
        </div>
      </header>
      <div class="panes ${this.#place.param('messageId') === null ? '' : 'one'}">
        <div class="list">${this.rows()}</div>
        <section class="detail" aria-label="Selected message">${this.detail()}</section>
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'page-inbox': PageInbox;
  }
}
