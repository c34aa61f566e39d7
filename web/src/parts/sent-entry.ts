import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { OutgoingStatus } from '../../../functions/src/contract/delivery.ts';
import type { MessageAccepted, OutgoingItem } from '../../../functions/src/contract/messages.ts';
import { announce } from '../announce.ts';
import { icon } from '../components/icon.ts';
import '../components/inline-notice.ts';
import { STATUS_LOOKS } from '../components/status-mark.ts';
import { liveState } from '../data/connection.ts';
import { watchOutgoingEntry } from '../data/live-entries.ts';
import { LiveController } from '../data/live-controller.ts';
import { getOutgoing } from '../data/messages.ts';
import { base, buttons } from '../styles/shared.ts';
import { deliverySteps, isSettled, type DeliveryStep } from './delivery-steps.ts';
import { EntryChangeEvent, type Waiting } from './entry-change.ts';
import './entry-waiting.ts';

/** How often the server is asked while live updates are paused. */
const ASK_MS = 3000;

/** A message that was just accepted, and its delivery, which moves on its own. Fires `entry-change` at its end. */
@customElement('sent-entry')
export class SentEntry extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        gap: var(--space-4);
        padding: var(--space-5);
        border: 1px solid var(--line);
        border-radius: var(--radius-lg);
        background: var(--raised);
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: space-between;
        gap: var(--space-2) var(--space-4);
      }
      .text {
        color: var(--ink-2);
        font-size: var(--text-sm);
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }
      ol {
        display: grid;
        grid-template-columns: repeat(4, minmax(0, 1fr));
        gap: var(--space-1);
      }
      li {
        display: grid;
        gap: var(--space-2);
        color: var(--ink-3);
        font-size: var(--text-xs);
      }
      li::before {
        height: 3px;
        border-radius: var(--radius-full);
        background: var(--active);
        content: '';
        transition: background var(--calm) var(--ease);
      }
      li.done,
      li.here {
        color: var(--ink);
      }
      li.done::before,
      li.here::before {
        background: var(--accent);
      }
      li.good::before {
        background: var(--good);
      }
      li.muted::before {
        background: var(--line-control);
      }
      li.bad {
        color: var(--bad);
      }
      li.bad::before {
        background: var(--bad);
      }
      li span {
        display: flex;
        align-items: center;
        gap: var(--space-1);
      }
    `,
  ];

  /** The message's id, and what is known of it before the server reports on it. */
  @property() entryId = '';
  @property() recipient = '';
  @property() body = '';
  /** How the server answered. */
  @property({ attribute: false }) accepted: MessageAccepted | null = null;
  @property() timeZone: string | null = null;
  @property({ attribute: false }) entry: OutgoingItem | null = null;

  readonly #live = new LiveController(this);
  #timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => void this.ask(), ASK_MS);
    this.#live.watch(() =>
      watchOutgoingEntry(this.entryId, (entry) => {
        this.take(entry);
      }),
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  private get status(): OutgoingStatus {
    return this.entry?.status ?? this.accepted?.status ?? 'queued';
  }

  private async ask(): Promise<void> {
    if (liveState.value === 'live' || isSettled(this.status)) return;
    const entry = await getOutgoing(this.entryId).catch(() => null);
    if (entry) this.take(entry);
  }

  private take(entry: OutgoingItem): void {
    if (entry.history.length < (this.entry?.history.length ?? 0)) return;
    if (entry.status !== this.status) announce(`${STATUS_LOOKS[entry.status].label}: ${entry.recipient}`);
    this.entry = entry;
    if (isSettled(entry.status)) this.dispatchEvent(new EntryChangeEvent(entry));
  }

  private get waiting(): Waiting {
    const { entry, accepted } = this;
    // Without its person: what is undone here goes back into the composer beside it.
    return {
      id: this.entryId,
      status: this.status,
      body: entry?.body ?? this.body,
      recipient: this.recipient,
      dueAt: entry?.dueAt ?? accepted?.dueAt ?? null,
      timeZone: entry?.timeZone ?? this.timeZone,
    };
  }

  private step({ status, state }: DeliveryStep) {
    if (status === null) return html`<li aria-hidden="true"></li>`;
    const { icon: shape, label, tone } = STATUS_LOOKS[status];
    const ended = state === 'here' && (tone === 'bad' || tone === 'good' || status === 'canceled');
    return html`<li class="${state} ${ended ? tone : ''}" aria-current=${state === 'here' ? 'step' : nothing}><span>${state === 'ahead' ? nothing : icon(shape, 12)}${label}</span></li>`;
  }

  private steps() {
    const history = this.entry?.history.map(({ status }) => status) ?? [this.status];
    return html`<ol aria-label="Delivery">${deliverySteps(history).map((step) => this.step(step))}</ol>`;
  }

  override render() {
    const { entry, waiting } = this;
    return html`<div class="head"><h2>To ${this.recipient}</h2><a href="/outgoing/${this.entryId}">Message details</a></div>
      <p class="text" dir="auto">${entry?.body ?? this.body}</p>
      <entry-waiting .entry=${waiting} @entry-change=${(event: EntryChangeEvent) => {
        event.stopPropagation();
        this.take(event.entry);
      }}></entry-waiting>
      ${this.status === 'canceled' ? html`<p><status-mark status="canceled"></status-mark></p>` : waiting.status === 'scheduled' ? nothing : this.steps()}
      ${entry?.errorReason ? html`<inline-notice tone="bad">${entry.errorReason}</inline-notice>` : nothing}
      ${this.status === 'unconfirmed' ? html`<inline-notice tone="warn">${STATUS_LOOKS.unconfirmed.meaning}</inline-notice>` : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sent-entry': SentEntry;
  }
}
