import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { OutgoingItem } from '../../../../functions/src/contract/messages.ts';
import { announce, notify } from '../../announce.ts';
import '../../components/confirm-dialog.ts';
import { icon } from '../../components/icon.ts';
import '../../components/inline-notice.ts';
import { ownZone, wordsIn } from '../../components/zone-time.ts';
import { toProblem } from '../../data/api-problem.ts';
import { cancelOutgoing } from '../../data/messages.ts';
import { keepDraft, readDraft } from '../../drafts.ts';
import { nextFrame } from '../../next-frame.ts';
import { navigate } from '../../router.ts';
import { allowed, currentOperator } from '../../session.ts';
import { base, buttons } from '../../styles/shared.ts';
import './entry-edit.ts';
import { EntryChangeEvent } from './entry-change.ts';

/** A send was undone; its text may be wanted again. Whoever takes it up prevents the default: that it becomes a draft. */
export class UndoneEvent extends Event {
  readonly body: string;
  constructor(body: string) {
    super('undone', { bubbles: true, composed: true, cancelable: true });
    this.body = body;
  }
}

/** What must be known of a text that waits. */
export type Waiting = Pick<OutgoingItem, 'id' | 'status' | 'body' | 'recipient' | 'dueAt' | 'timeZone'> & {
  /** Where it is known, a held text can be changed: undone, and written again. */
  userId?: string;
};

/**
 * A text that has not left: held for some seconds, to be undone (OUT-9), or scheduled, to be changed or canceled (OUT-8).
 * Fires `entry-change` with the entry as it is then, and `undone` with its text. Leave it rendered when the entry has
 * left: word of that may come before the answer to what was asked for here.
 */
@customElement('entry-waiting')
export class EntryWaiting extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: contents;
      }
      entry-edit,
      confirm-dialog {
        position: absolute; /* no room in the layout of the host */
      }
      .acts {
        display: flex;
        gap: var(--space-1);
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-3);
        padding: var(--space-2) var(--space-2) var(--space-2) var(--space-3);
        border-radius: var(--radius);
        background: var(--info-soft);
        font-size: var(--text-sm);
      }
      .bar > svg {
        color: var(--info);
      }
      .bar p {
        flex: 1 1 10rem;
        font-variant-numeric: tabular-nums;
      }
      .bar .own {
        color: var(--ink-2);
        font-size: var(--text-xs);
      }
    `,
  ];

  @property({ attribute: false }) entry!: Waiting;
  @state() private asking: 'cancel' | 'edit' | null = null;
  @state() private busy = false;
  @state() private problem: string | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => {
      if (this.entry.status === 'held') this.requestUpdate();
    }, 250);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.get('entry') && changed.get('entry')?.id !== this.entry.id) this.asking = null;
  }

  private get secondsLeft(): number {
    return Math.max(0, Math.ceil((Date.parse(this.entry.dueAt ?? '') - Date.now()) / 1000)) || 0;
  }

  private async withdraw(again = false): Promise<void> {
    if (this.busy) return;
    const { id, status, recipient } = this.entry;
    this.busy = true;
    this.problem = null;
    try {
      const entry = await cancelOutgoing(id);
      this.asking = null;
      await nextFrame();
      this.dispatchEvent(new EntryChangeEvent(entry));
      if (status === 'held') this.undone(this.entry, again);
      else notify('good', `The text to ${recipient} is canceled.`);
    } catch (thrown) {
      const problem = toProblem(thrown);
      const late = problem.errorCode === 'MESSAGE_ALREADY_LEFT' && status === 'held';
      if (this.asking === null) notify('bad', late ? 'Too late to undo: it has left.' : problem.message);
      else this.problem = problem.message;
    } finally {
      this.busy = false;
    }
  }

  /** Its seconds run on while one writes, so it is changed by undoing it and writing it again. */
  private undone({ userId, body, recipient }: Waiting, again: boolean): void {
    const words = `Undone. Nothing goes to ${recipient}.`;
    const operatorId = currentOperator()?.id;
    const taken = !this.dispatchEvent(new UndoneEvent(body));
    if (taken || userId === undefined || operatorId === undefined) {
      notify('good', words);
      return;
    }
    const now = Date.now();
    if (again || readDraft(localStorage, operatorId, userId, now) === '')
      keepDraft(localStorage, operatorId, userId, body, now);
    const href = `/compose?to=${encodeURIComponent(userId)}`;
    if (again) navigate(href);
    notify(
      'good',
      again ? `${words} Change it, then send it again.` : words,
      again ? undefined : { href, label: 'Write it again' },
    );
  }

  private edited({ entry }: EntryChangeEvent): void {
    this.asking = null;
    announce(`The text to ${entry.recipient} is changed.`);
  }

  private held() {
    const left = this.secondsLeft;
    return html`<div class="bar">
      ${icon('clock', 14)}
      <p>${left > 0 ? `Leaves in ${String(left)} s` : 'Leaving…'}</p>
      ${
        left > 0 && allowed('messages:send')
          ? html`<span class="acts">
            <button class="button" aria-disabled=${this.busy} @click=${() => void this.withdraw()}>${icon('undo', 14)} Undo</button>
            ${this.entry.userId === undefined ? nothing : html`<button class="button quiet" aria-disabled=${this.busy} @click=${() => void this.withdraw(true)}>Change</button>`}
          </span>`
          : nothing
      }
    </div>`;
  }

  private scheduled() {
    const { dueAt, timeZone } = this.entry;
    const at = new Date(dueAt ?? '');
    if (Number.isNaN(at.getTime())) return nothing;
    const own = ownZone();
    const zone = timeZone ?? own;
    return html`<div class="bar">
      ${icon('calendar', 14)}
      <p>Leaves ${wordsIn(at, zone)}${zone === own ? nothing : html`<br /><span class="own">${wordsIn(at, own)} for you · ${zone}</span>`}</p>
      ${
        allowed('messages:send')
          ? html`<span class="acts">
            <button class="button" @click=${() => {
              this.asking = 'edit';
            }}>Change</button>
            <button class="button quiet" @click=${() => {
              this.problem = null;
              this.asking = 'cancel';
            }}>Cancel text</button>
          </span>`
          : nothing
      }
    </div>`;
  }

  override render() {
    const { entry } = this;
    return html`${entry.status === 'held' ? this.held() : entry.status === 'scheduled' ? this.scheduled() : nothing}
      <entry-edit .entry=${entry} ?open=${this.asking === 'edit'} @entry-change=${this.edited} @dismiss=${() => {
        this.asking = null;
      }}></entry-edit>
      <confirm-dialog heading="Cancel this text?" confirm="Cancel text" back="Keep it" danger ?open=${this.asking === 'cancel'} ?busy=${this.busy} .problem=${this.problem} @confirm=${() => void this.withdraw()} @dismiss=${() => {
        this.asking = null;
      }}>
        It does not go to ${entry.recipient}. It stays in the log as canceled.
      </confirm-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'entry-waiting': EntryWaiting;
  }
}
