import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { MAX_BODY_LENGTH } from '../../../../functions/src/contract/delivery.ts';
import type { MessageAccepted, SendAt } from '../../../../functions/src/contract/messages.ts';
import type { Person } from '../../../../functions/src/contract/people.ts';
import { countSegments, withPlainCharacters } from '../../../../functions/src/contract/segments.ts';
import { announce } from '../../announce.ts';
import '../../components/confirm-dialog.ts';
import { icon } from '../../components/icon.ts';
import '../../components/inline-notice.ts';
import '../../components/marked-textarea.ts';
import type { MarkedTextarea } from '../../components/marked-textarea.ts';
import '../../components/person-picker.ts';
import { PersonPickEvent, UNTEXTABLE_WORDS, type PersonPicker } from '../../components/person-picker.ts';
import { refusalWords } from '../../components/refusal-words.ts';
import '../../components/segment-counter.ts';
import '../../components/send-time-field.ts';
import type { SendTimeEvent, SendTimeField } from '../../components/send-time-field.ts';
import { changeWords, momentOf, ownZone, sendTimeProblem, wordsIn } from '../../components/zone-time.ts';
import { sentenceOf, toProblem } from '../../data/api-problem.ts';
import { sendMessage } from '../../data/messages.ts';
import { keyOf } from '../../keys.ts';
import { ownUndoSeconds, session } from '../../session.ts';
import { base, buttons } from '../../styles/shared.ts';
import { findPeople } from './find-people.ts';
import { KeptText } from './kept-text.ts';

/** A text that was accepted for sending. */
export interface Sent {
  accepted: MessageAccepted;
  person: Person;
  body: string;
  /** The zone that its time was given in; null unless it is to leave later. */
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
 * Writes one text to one person: picker (unless `fixed`), text with its cost, and a step that shows exactly what goes to
 * whom. Fires `sent`, and `person-pick` with another recipient. One confirmed text has one idempotency key, so trying again after a lost answer cannot send twice.
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
      .kept {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--space-2);
        margin-top: calc(-1 * var(--space-2));
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

  /** When it leaves; null for as soon as it can. */
  @state() private sendAt: SendAt | null = null;
  @state() private wrong: { person?: string; body?: string; time?: string } = {};
  @state() private confirming = false;
  @state() private busy = false;
  @state() private problem: string | null = null;
  readonly #text = new KeptText(this);
  #key = '';

  @query('person-picker') private readonly picker!: PersonPicker | null;
  @query('marked-textarea') private readonly area!: MarkedTextarea;
  @query('send-time-field') private readonly time!: SendTimeField;

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
      else this.area.focus();
    });
  }

  /** Takes up the text of a send that was undone, unless another is being written. */
  takeBack(body: string): void {
    if (this.body.trim() === '') this.#text.write(body);
    this.focus();
  }

  private check(): boolean {
    const { person, body, sendAt } = this;
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
    const time = sendAt ? (sendTimeProblem(sendAt, new Date()) ?? undefined) : undefined;
    this.wrong = { ...(whom && { person: whom }), ...(what && { body: what }), ...(time && { time }) };
    if (whom && this.picker) this.picker.focus();
    else if (what) this.area.focus();
    else if (time) this.time.focus();
    return !whom && !what && !time;
  }

  private review(event?: Event): void {
    event?.preventDefault();
    if (!this.check()) return;
    this.#key = crypto.randomUUID();
    this.problem = null;
    this.confirming = true;
  }

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
      announce(sendAt ? `Scheduled for ${person.label}` : `Accepted for ${person.label}`);
      this.dispatchEvent(new SentEvent({ accepted, person, body, timeZone: sendAt?.timeZone ?? null }));
    } catch (thrown) {
      const problem = toProblem(thrown);
      this.problem = problem.fields.size > 0 ? sentenceOf(problem) : refusalWords(problem, new Date());
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
    const later = this.sendAt !== null;
    const undo = ownUndoSeconds();
    return html`<confirm-dialog heading=${later ? 'Schedule this text?' : 'Send this text?'} confirm=${later ? 'Schedule' : 'Send'} ?open=${this.confirming} ?busy=${this.busy} .problem=${this.problem} @confirm=${this.send} @dismiss=${() => {
      this.confirming = false;
    }}>
      <dl class="what">
        <dt>To</dt>
        <dd><strong>${person?.label}</strong>${person && person.label !== person.maskedPhone ? html` <span class="muted nowrap num">${person.maskedPhone}</span>` : nothing}</dd>
        ${this.leaves()}
        <dt>Cost</dt>
        <dd>${segments === 1 ? '1 segment' : `${String(segments)} segments`} · ${encoding}</dd>
      </dl>
      <p class="exact" dir="auto">${body}</p>
      ${later ? html`<p class="note">You can change or cancel it until then.</p>` : undo > 0 ? html`<p class="note">You can undo it for ${undo === 1 ? 'a second' : `${String(undo)} seconds`}.</p>` : nothing}
      ${this.simulated()}
    </confirm-dialog>`;
  }

  /** The instant in the zone that was chosen, in theirs, and in the reader's own. */
  private leaves() {
    const { sendAt, person } = this;
    const moment = sendAt && momentOf(sendAt.local, sendAt.timeZone);
    if (!sendAt || !moment) return nothing;
    const zones = [...new Set([sendAt.timeZone, person?.timeZone ?? sendAt.timeZone, ownZone()])];
    const whose = (zone: string) =>
      [zone, ...(zone === person?.timeZone ? ['theirs'] : []), ...(zone === ownZone() ? ['yours'] : [])].join(
        ', ',
      );
    const change = changeWords(sendAt.local, sendAt.timeZone);
    return html`<dt>Leaves</dt>
      <dd>${zones.map((zone) => html`<p class="num">${wordsIn(moment.at, zone)} <span class="muted">${whose(zone)}</span></p>`)}${change ? html`<p class="note">${change}</p>` : nothing}</dd>`;
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
                this.dispatchEvent(new PersonPickEvent(event.person));
                if (event.person) this.area.focus();
              }}></person-picker>`
        }
        ${this.fixed && this.wrong.person ? html`<inline-notice tone="bad" role="alert">${this.wrong.person}</inline-notice>` : nothing}
        <marked-textarea label=${this.label} .value=${this.body} .problem=${this.wrong.body ?? null} @input=${() => {
          this.#text.write(this.area.value);
        }}></marked-textarea>
        ${
          this.#text.restored
            ? html`<p class="note kept">You were writing this before. <button type="button" class="button quiet" @click=${() => {
                this.#text.write('');
                this.area.focus();
              }}>Start afresh</button></p>`
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
          <button class="button primary">${icon(this.sendAt ? 'calendar' : 'send', 14)} ${this.sendAt ? 'Review and schedule' : 'Review and send'}</button>
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
