import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { OutgoingItem } from '../../../../functions/src/contract/messages.ts';
import '../../components/inline-notice.ts';
import { STATUS_LOOKS } from '../../components/status-mark.ts';
import '../../components/time-stamp.ts';
import { ownZone, wordsIn } from '../../components/zone-time.ts';
import { LiveController, watchOutgoingEntry } from '../../data/live.ts';
import { base } from '../../styles/shared.ts';
import './entry-attention.ts';
import type { EntryChangeEvent } from './entry-change.ts';
import { entryStyles } from './entry-styles.ts';
import './entry-waiting.ts';
import './message-trace.ts';

const UNSENT: ReadonlySet<string> = new Set(['failed', 'canceled']);

/** One outgoing entry, whole, with its history; its delivery moves while one looks. */
@customElement('outgoing-entry')
export class OutgoingEntry extends LitElement {
  static override styles = [base, entryStyles];

  @property({ attribute: false }) entry!: OutgoingItem;
  @state() private newer: OutgoingItem | null = null;
  readonly #live = new LiveController(this);
  #watched = '';

  protected override willUpdate(): void {
    const { id } = this.entry;
    if (this.#watched === id) return;
    this.#watched = id;
    this.#live.watch(() =>
      watchOutgoingEntry(id, (entry) => {
        this.newer = entry;
      }),
    );
  }

  /** Whichever of the two knows more: history only grows. */
  private get current(): OutgoingItem {
    const { newer, entry } = this;
    return newer?.id === entry.id && newer.history.length >= entry.history.length ? newer : entry;
  }

  private take({ entry }: EntryChangeEvent): void {
    this.newer = entry;
  }

  override render() {
    const entry = this.current;
    const { price } = entry;
    return html`<entry-attention .entry=${entry} @entry-change=${this.take}></entry-attention>
      <entry-waiting .entry=${entry} @entry-change=${this.take}></entry-waiting>
      ${
        entry.errorReason
          ? html`<inline-notice tone="bad">${entry.errorReason}${entry.errorCode === null ? nothing : html` <span class="muted nowrap">Code ${entry.errorCode}</span>`}</inline-notice>`
          : nothing
      }
      <p class="text" dir="auto">${entry.body}</p>
      <dl class="facts">
        <dt>Status</dt>
        <dd><status-mark status=${entry.status}></status-mark><p>${entry.attention ? 'Parley could not find out what became of it. An operator decides.' : STATUS_LOOKS[entry.status].meaning}</p></dd>
        <dt>Queued</dt>
        <dd><time-stamp at=${entry.queuedAt} kind="both" focusable></time-stamp></dd>
        ${entry.timeZone && entry.dueAt ? html`<dt>Scheduled for</dt><dd><time-stamp at=${entry.dueAt} focusable></time-stamp>${entry.timeZone === ownZone() ? nothing : html`<p>${wordsIn(new Date(entry.dueAt), entry.timeZone)} · ${entry.timeZone}</p>`}</dd>` : nothing}
        <dt>Sent</dt>
        <dd>${entry.sentAt ? html`<time-stamp at=${entry.sentAt} focusable></time-stamp>` : UNSENT.has(entry.status) ? 'Never' : 'Not yet'}</dd>
        <dt>To</dt>
        <dd><a href="/people/${entry.userId}">${entry.recipient}</a></dd>
        <dt>Operator</dt>
        <dd>${entry.operator}</dd>
        ${entry.resends > 0 ? html`<dt>Sent again</dt><dd>Once, since the carrier certainly never had it</dd>` : nothing}
        <dt>Segments</dt>
        <dd class="num">${entry.segments} · ${entry.encoding}</dd>
        <dt>Price</dt>
        <dd class="num">${price ? `${price.amount} ${price.currency}` : 'Not known yet'}</dd>
        <dt>Provider id</dt>
        <dd>${entry.providerId ? html`<code>${entry.providerId}</code>` : 'None yet'}</dd>
        <dt>Message id</dt>
        <dd><code>${entry.id}</code></dd>
      </dl>
      <message-trace .outgoing=${entry}></message-trace>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'outgoing-entry': OutgoingEntry;
  }
}
