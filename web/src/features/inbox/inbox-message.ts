import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { IncomingItem } from '../../../../functions/src/contract/messages.ts';
import '../../components/inline-notice.ts';
import { problemState } from '../../components/problem-state.ts';
import '../../components/time-stamp.ts';
import { allowed } from '../../session.ts';
import { base, buttons } from '../../styles/shared.ts';
import type { UndoneEvent } from '../../parts/entry-waiting.ts';
import { isSettled } from '../../parts/delivery-steps.ts';
import type { EntryChangeEvent } from '../../parts/entry-change.ts';
import { LivePerson } from '../../parts/live-person.ts';
import { RESPONSE_WORDS, unreadableWords } from '../../parts/response-words.ts';
import '../../parts/message-composer.ts';
import type { MessageComposer, Sent, SentEvent } from '../../parts/message-composer.ts';
import '../../parts/sent-entry.ts';

/** One incoming message and the composer that answers it. */
@customElement('inbox-message')
export class InboxMessage extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        align-content: start;
        gap: var(--space-6);
      }
      .bubble {
        justify-self: start;
        max-width: min(100%, 34rem);
        padding: var(--space-3) var(--space-4);
        border-radius: var(--radius-lg);
        border-end-start-radius: var(--space-1);
        background: var(--muted-soft);
        line-height: 1.55;
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }
      .bubble.empty {
        color: var(--ink-3);
        font-style: italic;
      }
      .came {
        display: grid;
        gap: var(--space-2);
      }
      .under {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1) var(--space-3);
        color: var(--ink-2);
        font-size: var(--text-xs);
      }
      .answer {
        display: grid;
        gap: var(--space-4);
        padding-top: var(--space-6);
        border-top: 1px solid var(--line);
      }
    `,
  ];

  @property({ attribute: false }) entry!: IncomingItem;
  @state() private sent: readonly Sent[] = [];
  @query('message-composer') private readonly composer!: MessageComposer | null;
  readonly #person = new LivePerson(this);
  #shown = '';

  protected override willUpdate(): void {
    const { id, userId } = this.entry;
    if (this.#shown === id) return;
    this.#shown = id;
    this.sent = [];
    this.#person.show(userId);
  }

  private takeBack(event: UndoneEvent): void {
    if (!this.composer) return;
    event.preventDefault();
    this.composer.takeBack(event.body);
  }

  private onSent({ sent }: SentEvent): void {
    this.sent = [sent, ...this.sent];
  }

  /** A message that failed may mean that the person cannot be texted any more. */
  private onChange({ entry }: EntryChangeEvent): void {
    if (isSettled(entry.status)) this.#person.refresh();
  }

  private answer(): TemplateResult | typeof nothing {
    if (!allowed('messages:send')) return html`<inline-notice>You have read-only access.</inline-notice>`;
    if (this.entry.userId === null) {
      return html`<inline-notice>This number is not registered, so you cannot answer it. Add the person under <a href="/people">People</a> to answer their next message.</inline-notice>`;
    }
    const { problem, value } = this.#person;
    if (problem) return problemState(problem, this.#person.refresh);
    if (!value) return nothing;
    return html`<message-composer fixed label="Reply to ${value.label}" .person=${value} @sent=${this.onSent} @person-check=${this.#person.refresh}></message-composer>`;
  }

  override render() {
    const { entry } = this;
    const empty = entry.body.trim() === '';
    const unreadable = unreadableWords(entry.irregularities);
    return html`<div class="came">
        <p class="bubble ${empty ? 'empty' : ''}" dir="auto">${empty ? 'Empty message' : entry.body}</p>
        <p class="under">
          <time-stamp at=${entry.receivedAt} kind="both" focusable></time-stamp>
          <span>${RESPONSE_WORDS[entry.responseReason]}</span>
          <a href="/incoming/${entry.id}">Message details</a>
        </p>
        ${unreadable ? html`<inline-notice>${unreadable}</inline-notice>` : nothing}
        ${entry.keyword === 'revocation' ? html`<inline-notice tone="warn">This looks like an opt-out request. Until somebody decides, it is listed under <a href="/opt-outs?kind=flagged">Opt-outs</a>.</inline-notice>` : nothing}
      </div>
      ${repeat(
        this.sent,
        (each) => each.accepted.messageId,
        (each) =>
          html`<sent-entry .entryId=${each.accepted.messageId} .recipient=${each.person.label} .body=${each.body} .accepted=${each.accepted} .timeZone=${each.timeZone} @undone=${this.takeBack} @entry-change=${this.onChange}></sent-entry>`,
      )}
      <div class="answer">${this.answer()}</div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'inbox-message': InboxMessage;
  }
}
