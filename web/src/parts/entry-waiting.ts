import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { announce, notify } from '../announce.ts';
import '../components/confirm-dialog.ts';
import { icon } from '../components/icon.ts';
import '../components/inline-notice.ts';
import { isFinal } from './refusal-words.ts';
import { ownZone, wordsIn } from '../components/zone-time.ts';
import { toProblem } from '../data/api-problem.ts';
import { cancelOutgoing, getOutgoing } from '../data/messages.ts';
import { keepDraft, readDraft } from '../drafts.ts';
import { nextFrame } from '../next-frame.ts';
import { navigate } from '../router.ts';
import { allowed, currentOperator } from '../session.ts';
import { base, buttons } from '../styles/shared.ts';
import './entry-edit.ts';
import { EntryChangeEvent, type Waiting } from './entry-change.ts';

/** A send was undone; its words may be wanted again. Whoever takes them prevents the default: that they become a draft. */
export class UndoneEvent extends Event {
  readonly body: string;
  constructor(body: string) {
    super('undone', { bubbles: true, composed: true, cancelable: true });
    this.body = body;
  }
}

/**
 * A message that is not sent yet: held for some seconds, to be undone (OUT-9), or scheduled, to be changed or canceled
 * (OUT-8), by its author or an admin. Fires `entry-change` with the message as it is then, and `undone` with its words.
 * Keep it rendered when the message was sent: that may be known before the answer to a request from here.
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
  @state() private final = false;
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

  /** Who wrote it changes it; another's words are an admin's to change. */
  private get mayChange(): boolean {
    const { operatorId } = this.entry;
    const own = operatorId === undefined || operatorId === currentOperator()?.id;
    return allowed('messages:send') && (own || allowed('messages:edit-any'));
  }

  private async cancel(again = false): Promise<void> {
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
      else notify('good', `The message to ${recipient} is canceled.`);
    } catch (thrown) {
      const problem = toProblem(thrown);
      if (this.asking === null) notify('bad', problem.message);
      this.problem = problem.message;
      this.final = isFinal(problem);
      if (this.final) await this.look(id);
    } finally {
      this.busy = false;
    }
  }

  /** It is not as it was taken to be: sent, failed, or canceled by somebody else. */
  private async look(id: string): Promise<void> {
    const entry = await getOutgoing(id).catch(() => null);
    if (entry) this.dispatchEvent(new EntryChangeEvent(entry));
  }

  /** Its seconds run on while one writes, so it is changed by undoing it and writing it again. */
  private undone({ userId, body, recipient }: Waiting, again: boolean): void {
    const words = `Message to ${recipient} undone. It was not sent.`;
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
      again ? `${words} Edit it, then send it.` : words,
      again ? undefined : { href, label: 'Edit and send' },
    );
  }

  private edited({ entry }: EntryChangeEvent): void {
    this.asking = null;
    announce(`The message to ${entry.recipient} is changed.`);
  }

  private held() {
    const left = this.secondsLeft;
    return html`<div class="bar">
      ${icon('clock', 14)}
      <p>${left > 0 ? `Sends in ${String(left)} s` : 'Undo time is over. Waiting to be sent…'}</p>
      ${
        left > 0 && this.mayChange
          ? html`<span class="acts">
            <button class="button" aria-disabled=${this.busy} @click=${() => void this.cancel()}>${icon('undo', 14)} Undo</button>
            ${this.entry.userId === undefined ? nothing : html`<button class="button quiet" aria-disabled=${this.busy} @click=${() => void this.cancel(true)}>Change</button>`}
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
      <p>Sends ${wordsIn(at, zone)}${zone === own ? nothing : html`<br /><span class="own">${wordsIn(at, own)} for you · ${zone}</span>`}${allowed('messages:send') && !this.mayChange ? html`<br /><span class="own">Only ${this.entry.operator ?? 'its author'} or an admin can change it.</span>` : nothing}</p>
      ${
        this.mayChange
          ? html`<span class="acts">
            <button class="button" @click=${() => {
              this.asking = 'edit';
            }}>Change</button>
            <button class="button quiet" @click=${() => {
              this.problem = null;
              this.final = false;
              this.asking = 'cancel';
            }}>Cancel message</button>
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
      <confirm-dialog heading="Cancel this message?" confirm="Cancel message" back="Keep it" danger ?final=${this.final} ?open=${this.asking === 'cancel'} ?busy=${this.busy} .problem=${this.problem} @confirm=${() => void this.cancel()} @dismiss=${() => {
        this.asking = null;
      }}>
        ${entry.recipient} won't get this message. It stays in the log as canceled.
      </confirm-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'entry-waiting': EntryWaiting;
  }
}
