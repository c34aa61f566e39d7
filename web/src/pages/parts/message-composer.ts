import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { MAX_BODY_LENGTH } from '../../../../functions/src/contract/delivery.ts';
import type { MessageAccepted } from '../../../../functions/src/contract/messages.ts';
import type { Person } from '../../../../functions/src/contract/people.ts';
import { countSegments, withPlainCharacters } from '../../../../functions/src/contract/segments.ts';
import { announce } from '../../announce.ts';
import '../../components/confirm-dialog.ts';
import { icon } from '../../components/icon.ts';
import '../../components/inline-notice.ts';
import '../../components/marked-textarea.ts';
import type { MarkedTextarea } from '../../components/marked-textarea.ts';
import '../../components/person-picker.ts';
import { UNTEXTABLE_WORDS, type PersonPickEvent, type PersonPicker } from '../../components/person-picker.ts';
import '../../components/segment-counter.ts';
import { toProblem } from '../../data/api-problem.ts';
import { sendMessage } from '../../data/messages.ts';
import { session } from '../../session.ts';
import { base, buttons } from '../../styles/shared.ts';
import { findPeople } from './find-people.ts';

/** A text was accepted for sending. */
export class SentEvent extends Event {
  readonly accepted: MessageAccepted;
  readonly person: Person;
  readonly body: string;
  constructor(accepted: MessageAccepted, person: Person, body: string) {
    super('sent', { bubbles: true, composed: true });
    this.accepted = accepted;
    this.person = person;
    this.body = body;
  }
}

/**
 * Writes one text to one person: picker (unless `fixed`), text with its cost, and a step that shows exactly what goes to
 * whom. Fires `sent`. One confirmed text has one idempotency key, so trying again after a lost answer cannot send twice.
 */
@customElement('message-composer')
export class MessageComposer extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host,
      .form {
        display: grid;
        gap: var(--space-4);
      }
      .below {
        display: flex;
        flex-wrap: wrap;
        align-items: flex-start;
        justify-content: space-between;
        gap: var(--space-3);
      }
      segment-counter {
        flex: 1 1 16rem;
      }
      .what {
        display: grid;
        grid-template-columns: max-content minmax(0, 1fr);
        gap: var(--space-2) var(--space-4);
        font-size: var(--text-sm);
      }
      .what dt {
        color: var(--ink-3);
      }
      .what dd {
        overflow-wrap: anywhere;
      }
      .note {
        color: var(--ink-2);
        font-size: var(--text-xs);
      }
      .exact {
        max-height: 40vh;
        overflow: auto;
        padding: var(--space-3) var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--radius-lg);
        background: var(--sunken);
        line-height: 1.55;
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }
    `,
  ];

  @property({ attribute: false }) person: Person | null = null;
  /** The recipient is given by where the composer stands. */
  @property({ type: Boolean }) fixed = false;
  @property() label = 'Message';

  @state() private body = '';
  @state() private wrong: { person?: string; body?: string } = {};
  @state() private confirming = false;
  @state() private busy = false;
  @state() private problem: string | null = null;
  #key = '';

  @query('person-picker') private readonly picker!: PersonPicker | null;
  @query('marked-textarea') private readonly area!: MarkedTextarea;

  /** Puts the cursor where writing goes on. */
  override focus(): void {
    void this.updateComplete.then(() => {
      if (this.picker && !this.person) this.picker.focus();
      else this.area.focus();
    });
  }

  private check(): boolean {
    const { person, body } = this;
    const textable = person?.untextable
      ? `${UNTEXTABLE_WORDS[person.untextable]}: ${person.label} cannot be texted.`
      : undefined;
    const whom = person ? textable : 'Pick who gets it.';
    const what =
      body.trim() === ''
        ? 'Write something to send.'
        : body.length > MAX_BODY_LENGTH
          ? `A text has at most ${MAX_BODY_LENGTH.toLocaleString('en')} characters.`
          : undefined;
    this.wrong = { ...(whom && { person: whom }), ...(what && { body: what }) };
    if (whom && this.picker) this.picker.focus();
    else if (what) this.area.focus();
    return !whom && !what;
  }

  private review(event?: Event): void {
    event?.preventDefault();
    if (!this.check()) return;
    this.#key = crypto.randomUUID();
    this.problem = null;
    this.confirming = true;
  }

  private async send(): Promise<void> {
    const { person, body } = this;
    if (!person || this.busy) return;
    this.busy = true;
    this.problem = null;
    try {
      const accepted = await sendMessage({ userId: person.id, body }, this.#key);
      this.confirming = false;
      this.body = '';
      announce(`Accepted for ${person.label}`);
      this.dispatchEvent(new SentEvent(accepted, person, body));
    } catch (thrown) {
      this.problem = toProblem(thrown).message;
    } finally {
      this.busy = false;
    }
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) this.review(event);
  }

  private mode() {
    const mode = session.value.phase === 'in' ? session.value.answer.settings.smsMode : null;
    if (mode === 'disabled')
      return html`<inline-notice tone="warn">Sending is disabled here. An engineer turns it on by setting SMS_MODE to simulation or live.</inline-notice>`;
    return nothing;
  }

  private simulated() {
    const simulated = session.value.phase === 'in' && session.value.answer.settings.smsMode === 'simulation';
    return simulated
      ? html`<p class="note">Simulation: texts go to the handsets page, not to real phones.</p>`
      : nothing;
  }

  private confirm() {
    const { person, body } = this;
    const { segments, encoding } = countSegments(body);
    return html`<confirm-dialog heading="Send this text?" confirm="Send" ?open=${this.confirming} ?busy=${this.busy} .problem=${this.problem} @confirm=${this.send} @dismiss=${() => {
      this.confirming = false;
    }}>
      <dl class="what">
        <dt>To</dt>
        <dd><strong>${person?.label}</strong>${person && person.label !== person.maskedPhone ? html` <span class="muted nowrap num">${person.maskedPhone}</span>` : nothing}</dd>
        <dt>Cost</dt>
        <dd>${segments === 1 ? '1 segment' : `${String(segments)} segments`} · ${encoding}</dd>
      </dl>
      <p class="exact" dir="auto">${body}</p>
      ${this.simulated()}
    </confirm-dialog>`;
  }

  override render() {
    return html`<form class="form" novalidate @submit=${this.review} @keydown=${this.onKey}>
        ${this.mode()}
        ${
          this.fixed
            ? nothing
            : html`<person-picker texting label="To" .search=${findPeople} .person=${this.person} .problem=${this.wrong.person ?? null}
              @person-pick=${(event: PersonPickEvent) => {
                this.person = event.person;
                this.wrong = {};
                if (event.person) this.area.focus();
              }}></person-picker>`
        }
        ${this.fixed && this.wrong.person ? html`<inline-notice tone="bad" role="alert">${this.wrong.person}</inline-notice>` : nothing}
        <marked-textarea label=${this.label} .value=${this.body} .problem=${this.wrong.body ?? null} @input=${() => {
          this.body = this.area.value;
        }}></marked-textarea>
        <div class="below">
          <segment-counter .text=${this.body} @simplify=${() => {
            this.body = withPlainCharacters(this.body);
          }}></segment-counter>
          <button class="button primary">${icon('send', 14)} Review and send</button>
        </div>
        ${this.simulated()}
      </form>
      ${this.confirm()}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'message-composer': MessageComposer;
  }
}
