import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { RevocationDecision } from '../../../../functions/src/contract/consent.ts';
import type { Page } from '../../../../functions/src/contract/lists.ts';
import type { RevocationItem } from '../../../../functions/src/contract/suppressions.ts';
import { notify } from '../../announce.ts';
import '../../components/confirm-dialog.ts';
import '../../components/inline-notice.ts';
import '../../components/loading-rows.ts';
import { problemState } from '../../components/problem-state.ts';
import '../../components/time-stamp.ts';
import '../../components/view-state.ts';
import { Attempt } from '../../data/attempt.ts';
import { PagedList } from '../../data/paged-list.ts';
import { decideFlagged, listFlagged } from '../../data/suppressions.ts';
import { allowed } from '../../session.ts';
import { page } from '../../styles/page.ts';
import { base, buttons } from '../../styles/shared.ts';

type Flagged = RevocationItem & { id: string };

const DECISIONS: Readonly<
  Record<RevocationDecision, { heading: string; confirm: string; meaning: string; done: string }>
> = {
  opted_out: {
    heading: 'Is this an opt-out?',
    confirm: 'Opt out',
    meaning: 'They are not texted any more, until they text START or an admin lifts it.',
    done: 'opted out.',
  },
  dismissed: {
    heading: 'Is this no opt-out?',
    confirm: 'Dismiss',
    meaning: 'They can be texted as before. The text leaves this list.',
    done: 'can be texted as before.',
  },
};

/** Texts that may be opt-outs in words of their own; an operator reads and decides (IN-7). */
@customElement('flagged-list')
export class FlaggedList extends LitElement {
  static override styles = [
    base,
    buttons,
    page,
    css`
      :host {
        min-height: 0;
      }
      .intro {
        color: var(--ink-2);
        font-size: var(--text-sm);
      }
      li {
        display: grid;
        gap: var(--space-3);
        padding: var(--space-4) var(--space-5);
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: space-between;
        gap: var(--space-1) var(--space-4);
        color: var(--ink-2);
        font-size: var(--text-xs);
      }
      h2 {
        color: var(--ink);
      }
      .text,
      blockquote {
        margin: 0;
        line-height: 1.55;
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }
      blockquote {
        padding-left: var(--space-3);
        border-left: 2px solid var(--line-strong);
      }
      .more {
        display: flex;
        justify-content: center;
      }
    `,
  ];

  readonly #list = new PagedList<Flagged>(this);
  @state() private asking: { item: Flagged; as: RevocationDecision } | null = null;
  readonly #attempt = new Attempt(this);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#list.load(async (cursor, signal): Promise<Page<Flagged>> => {
      const found = await listFlagged(cursor, signal);
      return { ...found, items: found.items.map((each) => ({ ...each, id: each.message.id })) };
    });
  }

  private async decide(): Promise<void> {
    const { asking } = this;
    if (!asking) return;
    const { item, as } = asking;
    if (!(await this.#attempt.run(() => decideFlagged(item.id, { as }), this.close))) return;
    this.#list.items = this.#list.items.filter((each) => each.id !== item.id);
    this.requestUpdate();
    this.renderRoot.querySelector<HTMLElement>('.intro')?.focus();
    notify('good', `${item.message.sender} ${DECISIONS[as].done}`);
  }

  private readonly close = (): void => {
    this.asking = null;
  };

  private ask(item: Flagged, as: RevocationDecision): void {
    this.#attempt.clear();
    this.asking = { item, as };
  }

  private one(item: Flagged): TemplateResult {
    const { message, optedOut } = item;
    return html`<li class="card">
      <div class="head">
        <h2 dir="auto">${message.userId ? html`<a href="/people/${message.userId}">${message.sender}</a>` : message.sender}</h2>
        <span><time-stamp at=${message.receivedAt} kind="both" tip="end"></time-stamp> · <a href="/incoming/${message.id}" aria-label="Full entry of the text of ${message.sender}">Full entry</a></span>
      </div>
      <p class="text" dir="auto">${message.body}</p>
      ${optedOut ? html`<inline-notice>They have opted out since, in some other way.</inline-notice>` : nothing}
      ${
        allowed('suppressions:write')
          ? html`<div class="row" role="group" aria-label="Decide on the text of ${message.sender}">
            <button class="button" @click=${() => {
              this.ask(item, 'opted_out');
            }}>It is an opt-out</button>
            <button class="button quiet" @click=${() => {
              this.ask(item, 'dismissed');
            }}>It is not</button>
          </div>`
          : nothing
      }
    </li>`;
  }

  private content(): TemplateResult {
    const { phase, items, more, loadingMore, problem } = this.#list;
    if (phase === 'failed' && problem) return problemState(problem, () => void this.#list.reload());
    if (items.length === 0) {
      return phase === 'loading'
        ? html`<loading-rows count="3"></loading-rows>`
        : html`<view-state kind="empty" icon="check" heading="Nothing to decide">Texts that may be a wish for no more texts, without the word STOP, wait here for someone to read them.</view-state>`;
    }
    return html`<div class="page-body narrow stack">
      <p class="intro" tabindex="-1">These may be a wish for no more texts. The one that has waited longest comes first.</p>
      <ul class="stack">${repeat(
        items,
        (each) => each.id,
        (each) => this.one(each),
      )}</ul>
      ${problem ? html`<inline-notice tone="bad" role="alert">The next ones could not be loaded. ${problem.message}</inline-notice>` : nothing}
      ${more ? html`<div class="more"><button class="button quiet" aria-disabled=${loadingMore} @click=${() => void this.#list.next()}>${loadingMore ? 'Loading…' : 'Load more'}</button></div>` : nothing}
    </div>`;
  }

  override render() {
    const { asking } = this;
    const words = DECISIONS[asking?.as ?? 'dismissed'];
    return html`${this.content()}
      <confirm-dialog heading=${words.heading} confirm=${words.confirm} ?open=${asking !== null} ?busy=${this.#attempt.busy} .problem=${this.#attempt.problem?.message ?? null} @confirm=${this.decide} @dismiss=${this.close}>
        <blockquote dir="auto">${asking?.item.message.body}</blockquote>
        <p>${words.meaning}</p>
      </confirm-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'flagged-list': FlaggedList;
  }
}
