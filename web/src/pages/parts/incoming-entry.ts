import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Keyword } from '../../../../functions/src/contract/delivery.ts';
import type { IncomingItem } from '../../../../functions/src/contract/messages.ts';
import '../../components/inline-notice.ts';
import { STATUS_LOOKS } from '../../components/status-mark.ts';
import '../../components/time-stamp.ts';
import { base } from '../../styles/shared.ts';
import { entryStyles } from './entry-styles.ts';
import './message-trace.ts';
import { RESPONSE_WORDS } from './response-words.ts';

export const KEYWORD_WORDS: Readonly<Record<Keyword, string>> = {
  stop: 'Opted out',
  start: 'Opted in',
  help: 'Asked for help',
  revocation: 'May want out',
};

/** One incoming entry, whole. */
@customElement('incoming-entry')
export class IncomingEntry extends LitElement {
  static override styles = [base, entryStyles];

  @property({ attribute: false }) entry!: IncomingItem;

  override render() {
    const { entry } = this;
    return html`${
      entry.keyword === 'revocation'
        ? html`<inline-notice tone="warn">This may be a wish for no more texts. Read it, and decide under <a href="/opt-outs?kind=flagged">Opt-outs</a>.</inline-notice>`
        : nothing
    }
      ${entry.body.trim() === '' ? html`<p class="text empty">Empty text</p>` : html`<p class="text" dir="auto">${entry.body}</p>`}
      <dl class="facts">
        <dt>Received</dt>
        <dd><time-stamp at=${entry.receivedAt} kind="both" focusable></time-stamp></dd>
        <dt>From</dt>
        <dd>${entry.userId ? html`<a href="/people/${entry.userId}">${entry.sender}</a>` : entry.sender}</dd>
        <dt>Status</dt>
        <dd><status-mark status=${entry.status}></status-mark><p>${STATUS_LOOKS[entry.status].meaning}</p></dd>
        <dt>Answered</dt>
        <dd>${entry.responded ? 'Yes' : 'No'}${entry.responseId ? html` · <a href="/outgoing/${entry.responseId}">see the answer</a>` : nothing}
          <p>${RESPONSE_WORDS[entry.responseReason]}</p></dd>
        ${entry.keyword ? html`<dt>Keyword</dt><dd>${KEYWORD_WORDS[entry.keyword]}</dd>` : nothing}
        <dt>Segments</dt>
        <dd class="num">${entry.segments}</dd>
        <dt>Media</dt>
        <dd>${entry.media.length === 0 ? 'None' : entry.media.map((each) => each.contentType).join(', ')}</dd>
        <dt>Message id</dt>
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
