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
import { nextFrame } from '../../next-frame.ts';
import { allowed } from '../../session.ts';
import { page } from '../../styles/page.ts';
import { base, buttons } from '../../styles/shared.ts';

type Flagged = RevocationItem & { id: string };

interface DecisionWords {
  button: string;
  heading: (sender: string) => string;
  meaning: string;
  done: string;
}

const DECISIONS: Readonly<Record<RevocationDecision, DecisionWords>> = {
  opted_out: {
    button: 'Opt them out',
    heading: (sender) => `Opt out ${sender}?`,
    meaning: 'They will not be texted until they text START or an admin lifts the opt-out.',
    done: 'is opted out.',
  },
  dismissed: {
    button: 'Not an opt-out',
    heading: (sender) => `Keep texting ${sender}?`,
    meaning: 'They can still be texted. The message leaves this list and stays in the log.',
    done: 'can still be texted.',
  },
};

/** Opt-out requests: messages that ask to stop in other words than STOP. An operator reads them and decides (IN-7). */
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
    const answer = await this.#attempt.run(() => decideFlagged(item.id, { as }), this.close);
    if (!answer && this.#attempt.problem?.errorCode !== 'ALREADY_DECIDED') return;
    if (!answer) {
      this.close();
      await nextFrame();
    }
    await this.leave(item);
    if (answer) notify('good', `${item.message.sender} ${DECISIONS[as].done}`);
    else notify('info', 'Someone has already decided on this message.');
  }

  /** Takes a message off the list; the focus goes to the next one, else to the one before, else to the empty list. */
  private async leave(item: Flagged): Promise<void> {
    const at = this.#list.items.findIndex((each) => each.id === item.id);
    this.#list.items = this.#list.items.filter((each) => each.id !== item.id);
    if (this.#list.items.length === 0 && this.#list.more) await this.#list.reload();
    this.requestUpdate();
    await this.updateComplete;
    const next = this.#list.items[at] ?? this.#list.items.at(-1);
    const place = next ? `li[data-id="${CSS.escape(next.id)}"] h2` : '[tabindex="-1"]';
    this.renderRoot.querySelector<HTMLElement>(place)?.focus();
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
    return html`<li class="card" data-id=${item.id}>
      <div class="head">
        <h2 dir="auto" tabindex="-1">${message.userId ? html`<a href="/people/${message.userId}">${message.sender}</a>` : message.sender}</h2>
        <span><time-stamp at=${message.receivedAt} kind="both" tip="end"></time-stamp> · <a href="/incoming/${message.id}" aria-label="Message details: ${message.sender}">Message details</a></span>
      </div>
      <p class="text" dir="auto">${message.body}</p>
      ${optedOut ? html`<inline-notice>They have opted out in another way since.</inline-notice>` : nothing}
      ${
        allowed('suppressions:write')
          ? html`<div class="row" role="group" aria-label="Decide on the message of ${message.sender}">
            <button class="button" @click=${() => {
              this.ask(item, 'opted_out');
            }}>${DECISIONS.opted_out.button}</button>
            <button class="button quiet" @click=${() => {
              this.ask(item, 'dismissed');
            }}>${DECISIONS.dismissed.button}</button>
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
        : html`<view-state tabindex="-1" kind="empty" icon="check" heading="Nothing needs review">Messages that ask to stop in other words than STOP appear here, so that an operator can decide.</view-state>`;
    }
    return html`<div class="page-body narrow stack">
      <p class="intro" tabindex="-1">These people may want to stop getting messages. Oldest first.${allowed('suppressions:write') ? nothing : ' An operator decides.'}</p>
      <ul class="stack">${repeat(
        items,
        (each) => each.id,
        (each) => this.one(each),
      )}</ul>
      ${problem ? html`<inline-notice tone="bad" role="alert">More could not be loaded. ${problem.message}</inline-notice>` : nothing}
      ${more ? html`<div class="more"><button class="button quiet" aria-disabled=${loadingMore} @click=${() => void this.#list.next()}>${loadingMore ? 'Loading…' : 'Load more'}</button></div>` : nothing}
    </div>`;
  }

  override render() {
    const { asking } = this;
    const words = DECISIONS[asking?.as ?? 'dismissed'];
    return html`${this.content()}
      <confirm-dialog heading=${words.heading(asking?.item.message.sender ?? '')} confirm=${words.button} ?open=${asking !== null} ?busy=${this.#attempt.busy} .problem=${this.#attempt.problem?.message ?? null} @confirm=${this.decide} @dismiss=${this.close}>
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
