import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { MAX_BODY_LENGTH } from '../../../functions/src/contract/delivery.ts';
import type { MessageAccepted, SendAt } from '../../../functions/src/contract/messages.ts';
import type { Person } from '../../../functions/src/contract/people.ts';
import { withPlainCharacters } from '../../../functions/src/contract/segments.ts';
import { hasVisibleText } from '../../../functions/src/contract/visible-text.ts';
import { announce } from '../announce.ts';
import { icon } from '../components/icon.ts';
import '../components/inline-notice.ts';
import '../components/marked-textarea.ts';
import type { MarkedTextarea } from '../components/marked-textarea.ts';
import '../components/person-picker.ts';
import { PersonPickEvent, type PersonPicker } from '../components/person-picker.ts';
import { isFinal, refusalWords } from './refusal-words.ts';
import '../components/segment-counter.ts';
import '../components/send-time-field.ts';
import type { SendTimeEvent, SendTimeField } from '../components/send-time-field.ts';
import { untextableSentence } from '../components/untextable-words.ts';
import { sendTimeProblem } from '../components/zone-time.ts';
import { sentenceOf, toProblem } from '../data/api-problem.ts';
import { sendMessage } from '../data/messages.ts';
import { keyOf } from '../keys.ts';
import { ownUndoSeconds, session } from '../session.ts';
import { base, buttons } from '../styles/shared.ts';
import { findPeople } from './find-people.ts';
import { KeptText } from './kept-text.ts';
import './message-review.ts';

/** A message that was accepted for sending. */
export interface Sent {
  accepted: MessageAccepted;
  person: Person;
  body: string;
  /** The zone that its time was given in; null unless it is scheduled. */
  timeZone: string | null;
}

export class SentEvent extends Event {
  readonly sent: Sent;
  constructor(sent: Sent) {
    super('sent', { bubbles: true, composed: true });
    this.sent = sent;
  }
}

/**
 * Writes one message to one person: picker (unless `fixed`), text with its cost, and a step that shows exactly what goes to
 * whom. A notice takes its place while the person cannot be texted; the draft is kept. Fires `sent`, `person-pick` with
 * another recipient, and `person-check` when it matters how the person stands now. One confirmed message has one
 * idempotency key, so trying again after a lost answer cannot send twice.
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
      .note {
        color: var(--ink-2);
        font-size: var(--text-xs);
      }
      .kept {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--space-2);
        margin-top: calc(-1 * var(--space-2));
      }
    `,
  ];

  @property({ attribute: false }) person: Person | null = null;
  /** The recipient is given by where the composer stands. */
  @property({ type: Boolean }) fixed = false;
  @property() label = 'Message';

  /** When it is sent; null for as soon as possible. */
  @state() private sendAt: SendAt | null = null;
  @state() private wrong: { person?: string; body?: string; time?: string } = {};
  @state() private confirming = false;
  @state() private busy = false;
  @state() private problem: string | null = null;
  /** The problem does not pass by trying again. */
  @state() private final = false;
  readonly #text = new KeptText(this);
  #key = '';

  @query('person-picker') private readonly picker!: PersonPicker | null;
  @query('marked-textarea') private readonly area!: MarkedTextarea | null;
  @query('send-time-field') private readonly time!: SendTimeField | null;

  protected override willUpdate(): void {
    this.#text.to(this.person?.id ?? null);
  }

  private get body(): string {
    return this.#text.body;
  }

  /** Puts the cursor where writing goes on. */
  override focus(): void {
    void this.updateComplete.then(() => {
      if (this.picker && !this.person) this.picker.focus();
      else this.area?.focus();
    });
  }

  /** Takes back the words of a message that was undone, unless another is being written. */
  takeBack(body: string): void {
    if (this.body.trim() === '') this.#text.write(body);
    this.focus();
  }

  /** Why nothing can go to them; null when it can. */
  private get untextable(): string | null {
    const { person } = this;
    return person?.untextable ? untextableSentence(person.untextable, person.label) : null;
  }

  private check(): boolean {
    const { person, body, sendAt } = this;
    const whom = person ? this.untextable : 'Choose a person.';
    const what = !hasVisibleText(body)
      ? 'Write something to send.'
      : body.length > MAX_BODY_LENGTH
        ? `A message has at most ${MAX_BODY_LENGTH.toLocaleString('en')} characters.`
        : undefined;
    const time = sendAt ? (sendTimeProblem(sendAt, new Date()) ?? undefined) : undefined;
    this.wrong = { ...(whom && { person: whom }), ...(what && { body: what }), ...(time && { time }) };
    if (whom && this.picker) this.picker.focus();
    else if (what) this.area?.focus();
    else if (time) this.time?.focus();
    return !whom && !what && !time;
  }

  private review(event?: Event): void {
    event?.preventDefault();
    if (!this.check()) return;
    this.#key = crypto.randomUUID();
    this.problem = null;
    this.final = false;
    this.confirming = true;
    this.dispatchEvent(new Event('person-check'));
  }

  private readonly dismiss = (): void => {
    this.confirming = false;
  };

  private async send(): Promise<void> {
    const { person, body, sendAt } = this;
    if (!person || this.busy) return;
    this.busy = true;
    this.problem = null;
    try {
      const accepted = await sendMessage(
        { userId: person.id, body, ...(sendAt ? { sendAt } : { undoSeconds: ownUndoSeconds() }) },
        this.#key,
      );
      this.confirming = false;
      this.#text.write('');
      this.sendAt = null;
      announce(`${accepted.status === 'scheduled' ? 'Scheduled' : 'Accepted'} for ${person.label}`);
      this.dispatchEvent(new SentEvent({ accepted, person, body, timeZone: sendAt?.timeZone ?? null }));
    } catch (thrown) {
      const problem = toProblem(thrown);
      this.problem = problem.fields.size > 0 ? sentenceOf(problem) : refusalWords(problem, new Date());
      this.final = isFinal(problem);
      if (this.final) this.dispatchEvent(new Event('person-check'));
    } finally {
      this.busy = false;
    }
  }

  private onKey(event: KeyboardEvent): void {
    if (keyOf(event) === 'Enter' && (event.metaKey || event.ctrlKey)) this.review(event);
  }

  private mode() {
    const mode = session.value.phase === 'in' ? session.value.answer.settings.smsMode : null;
    if (mode === 'disabled')
      return html`<inline-notice tone="warn">Sending is disabled. An engineer can enable it by setting SMS_MODE to simulation or live.</inline-notice>`;
    return nothing;
  }

  private to() {
    return html`<person-picker texting label="To" .search=${findPeople} .person=${this.person} .problem=${this.wrong.person ?? null}
      @person-pick=${(event: PersonPickEvent) => {
        this.person = event.person;
        this.wrong = {};
        this.dispatchEvent(new PersonPickEvent(event.person));
        if (event.person) this.focus();
      }}></person-picker>`;
  }

  private write() {
    return html`<marked-textarea label=${this.label} .value=${this.body} .problem=${this.wrong.body ?? null} @input=${() => {
      this.#text.write(this.area?.value ?? '');
    }}></marked-textarea>
      ${
        this.#text.restored
          ? html`<p class="note kept">This is your unsent draft. <button type="button" class="button quiet" @click=${() => {
              this.#text.write('');
              this.area?.focus();
            }}>Discard draft</button></p>`
          : nothing
      }
      <send-time-field .value=${this.sendAt} .zone=${this.person?.timeZone ?? null} whose=${this.person?.label ?? ''} .problem=${this.wrong.time ?? null} @send-time=${(
        event: SendTimeEvent,
      ) => {
        this.sendAt = event.sendAt;
      }}></send-time-field>
      <div class="below">
        <segment-counter .text=${this.body} @simplify=${() => {
          this.#text.write(withPlainCharacters(this.body));
        }}></segment-counter>
        <button class="button primary" title="Ctrl+Enter" aria-keyshortcuts="Control+Enter">${icon(this.sendAt ? 'calendar' : 'send', 14)} ${this.sendAt ? 'Review and schedule' : 'Review and send'}</button>
      </div>`;
  }

  override render() {
    const { untextable } = this;
    return html`<form class="form" novalidate @submit=${this.review} @keydown=${this.onKey}>
        ${this.mode()} ${this.fixed ? nothing : this.to()}
        ${untextable === null ? this.write() : html`<inline-notice tone="warn" role="status">${untextable}${this.body.trim() === '' ? nothing : ' Your draft is kept.'}</inline-notice>`}
      </form>
      <message-review .person=${this.person} .body=${this.body} .sendAt=${this.sendAt} ?open=${this.confirming} ?busy=${this.busy} .problem=${this.confirming ? ((this.busy ? null : untextable) ?? this.problem) : null} ?final=${this.confirming && (this.final || untextable !== null)} @confirm=${this.send} @dismiss=${this.dismiss}></message-review>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'message-composer': MessageComposer;
  }
}
