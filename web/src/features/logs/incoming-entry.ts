import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { IncomingItem } from '../../../../functions/src/contract/messages.ts';
import '../../components/inline-notice.ts';
import { STATUS_LOOKS } from '../../components/status-mark.ts';
import '../../components/time-stamp.ts';
import { base } from '../../styles/shared.ts';
import { entryStyles } from './entry-styles.ts';
import './message-trace.ts';
import { KEYWORD_WORDS, RESPONSE_WORDS, unreadableWords } from '../../parts/response-words.ts';

/** Everything about one incoming message. */
@customElement('incoming-entry')
export class IncomingEntry extends LitElement {
  static override styles = [base, entryStyles];

  @property({ attribute: false }) entry!: IncomingItem;

  override render() {
    const { entry } = this;
    const unreadable = unreadableWords(entry.irregularities);
    return html`${
      entry.keyword === 'revocation'
        ? html`<inline-notice tone="warn">This looks like an opt-out request. Until somebody decides, it is listed under <a href="/opt-outs?kind=flagged">Opt-outs</a>.</inline-notice>`
        : nothing
    }
      ${unreadable ? html`<inline-notice>${unreadable}</inline-notice>` : nothing}
      ${entry.body.trim() === '' ? html`<p class="text empty">Empty message</p>` : html`<p class="text" dir="auto">${entry.body}</p>`}
      <dl class="facts">
        <dt>Received</dt>
        <dd><time-stamp at=${entry.receivedAt} kind="both" focusable></time-stamp></dd>
        <dt>From</dt>
        <dd>${entry.userId ? html`<a href="/people/${entry.userId}">${entry.sender}</a>` : entry.sender}</dd>
        <dt>Status</dt>
        <dd><status-mark status=${entry.status}></status-mark><p>${STATUS_LOOKS[entry.status].meaning}</p></dd>
        <dt>Automatic reply</dt>
        <dd>${entry.responded ? 'Sent' : 'None'}${entry.responseId ? html` · <a href="/outgoing/${entry.responseId}">View sent message</a>` : nothing}
          <p>${RESPONSE_WORDS[entry.responseReason]}</p></dd>
        ${entry.keyword ? html`<dt>Kind</dt><dd>${KEYWORD_WORDS[entry.keyword]}</dd>` : nothing}
        <dt>Segments</dt>
        <dd class="num">${entry.segments}</dd>
        <dt>Attachments</dt>
        <dd>${entry.media.length === 0 ? 'None' : entry.media.map((each) => each.contentType).join(', ')}</dd>
        <dt>Message ID</dt>
        <dd><code>${entry.id}</code></dd>
      </dl>
      <message-trace .incoming=${entry}></message-trace>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'incoming-entry': IncomingEntry;
  }
}
