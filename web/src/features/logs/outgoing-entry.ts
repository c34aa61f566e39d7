import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { OutgoingItem } from '../../../../functions/src/contract/messages.ts';
import '../../components/inline-notice.ts';
import { STATUS_LOOKS } from '../../components/status-mark.ts';
import '../../components/time-stamp.ts';
import { ownZone, wordsIn } from '../../components/zone-time.ts';
import { watchOutgoingEntry } from '../../data/live-entries.ts';
import { LiveController } from '../../data/live-controller.ts';
import { base } from '../../styles/shared.ts';
import { isLate } from '../../parts/delivery-steps.ts';
import './entry-attention.ts';
import type { EntryChangeEvent } from '../../parts/entry-change.ts';
import { entryEdits } from './entry-edits.ts';
import { entryStyles } from './entry-styles.ts';
import '../../parts/entry-waiting.ts';
import './message-trace.ts';

/** It may still be sent. */
const WAITS: ReadonlySet<string> = new Set(['scheduled', 'held', 'queued', 'sending', 'accepted']);

/** Everything about one outgoing message; its delivery moves while one looks. */
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

  /** When it was sent, as far as that is known and can still come. */
  private sent({ sentAt, status }: OutgoingItem) {
    if (sentAt !== null) return html`<time-stamp at=${sentAt} kind="exact" focusable></time-stamp>`;
    if (status === 'unconfirmed') return 'Not confirmed';
    return WAITS.has(status) ? 'Not yet' : null;
  }

  private status({ status, attention, history }: OutgoingItem): string {
    if (attention) return 'Parley could not find out whether it was sent. It needs review by an operator.';
    return isLate(status, history.at(-1)?.at ?? null, new Date())
      ? 'It has waited longer than usual, and is not sent yet.'
      : STATUS_LOOKS[status].meaning;
  }

  private scheduled({ dueAt, timeZone }: OutgoingItem) {
    if (!timeZone || !dueAt) return null;
    return html`<time-stamp at=${dueAt} kind="planned" focusable></time-stamp>${timeZone === ownZone() ? nothing : html`<p>${wordsIn(new Date(dueAt), timeZone)} · ${timeZone}</p>`}`;
  }

  /** A row, where there is something to say. */
  private fact(name: string, value: unknown, kind = '') {
    return value === null || value === undefined
      ? nothing
      : html`<dt>${name}</dt><dd class=${kind}>${value}</dd>`;
  }

  private facts(entry: OutgoingItem) {
    const { price, providerId } = entry;
    return html`<dl class="facts">
      ${this.fact('Status', html`<status-mark status=${entry.status}></status-mark><p>${this.status(entry)}</p>`)}
      ${this.fact('Queued', html`<time-stamp at=${entry.queuedAt} kind="both" focusable></time-stamp>`)}
      ${this.fact('Scheduled for', this.scheduled(entry))} ${this.fact('Sent', this.sent(entry))}
      ${this.fact('To', entry.userId ? html`<a href="/people/${entry.userId}">${entry.recipient}</a>` : entry.recipient)}
      ${this.fact('Operator', entry.operator)}
      ${this.fact('Sent again', entry.resends > 0 ? 'Once, because the carrier had no record of it' : null)}
      ${this.fact('Segments', `${String(entry.segments)} · ${entry.encoding}`, 'num')}
      ${this.fact('Price', price && `${price.amount} ${price.currency}`, 'num')}
      ${this.fact('Carrier ID', providerId && html`<code>${providerId}</code>`)}
      ${this.fact('Message ID', html`<code>${entry.id}</code>`)}
    </dl>`;
  }

  override render() {
    const entry = this.current;
    return html`<entry-attention .entry=${entry} @entry-change=${this.take}></entry-attention>
      <entry-waiting .entry=${entry} @entry-change=${this.take}></entry-waiting>
      ${
        entry.errorReason
          ? html`<inline-notice tone="bad">${entry.errorReason}${entry.errorCode === null ? nothing : html` <span class="muted nowrap">Code ${entry.errorCode}</span>`}</inline-notice>`
          : nothing
      }
      <p class="text" dir="auto">${entry.body}</p>
      ${this.facts(entry)} ${entryEdits(entry)}
      <message-trace .outgoing=${entry}></message-trace>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'outgoing-entry': OutgoingEntry;
  }
}
