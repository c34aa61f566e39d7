import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { SendAt } from '../../../functions/src/contract/messages.ts';
import type { Person } from '../../../functions/src/contract/people.ts';
import { countSegments } from '../../../functions/src/contract/segments.ts';
import '../components/confirm-dialog.ts';
import { costWords } from './cost-words.ts';
import { changeWords, momentOf, ownZone, wordsIn } from '../components/zone-time.ts';
import { ownUndoSeconds, session } from '../session.ts';
import { base } from '../styles/shared.ts';

/**
 * The step before sending: exactly what goes to whom, when, and at what cost. Fires `confirm` and `dismiss`; with `final`
 * it says why it cannot be sent, and offers nothing but to close it.
 */
@customElement('message-review')
export class MessageReview extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        position: absolute; /* no room in the layout of the host */
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
  @property() body = '';
  @property({ attribute: false }) sendAt: SendAt | null = null;
  @property({ type: Boolean }) open = false;
  @property({ type: Boolean }) busy = false;
  @property() problem: string | null = null;
  /** The problem does not pass by trying again. */
  @property({ type: Boolean }) final = false;

  private pass(event: Event): void {
    this.dispatchEvent(new Event(event.type));
  }

  /** The instant in the zone that was chosen, in theirs, and in the reader's own. */
  private sends() {
    const { sendAt, person } = this;
    const moment = sendAt && momentOf(sendAt.local, sendAt.timeZone);
    if (!sendAt || !moment) return nothing;
    const zones = [...new Set([sendAt.timeZone, person?.timeZone ?? sendAt.timeZone, ownZone()])];
    const change = changeWords(sendAt.local, sendAt.timeZone);
    return html`<dt>Sends</dt>
      <dd>${zones.map((zone) => html`<p class="num">${wordsIn(moment.at, zone)} <span class="muted">(${this.whose(zone)})</span></p>`)}${change ? html`<p class="note">${change}</p>` : nothing}</dd>`;
  }

  private whose(zone: string): string {
    const theirs = zone === this.person?.timeZone;
    if (zone === ownZone()) return theirs ? 'your time and theirs' : 'your time';
    return theirs ? 'their time' : zone;
  }

  private notes() {
    if (this.final) return nothing;
    const undo = ownUndoSeconds();
    const simulated = session.value.phase === 'in' && session.value.answer.settings.smsMode === 'simulation';
    return html`${
      this.sendAt
        ? html`<p class="note">You can change or cancel it until then.</p>`
        : undo > 0
          ? html`<p class="note">You can undo it for ${undo === 1 ? '1 second' : `${String(undo)} seconds`}.</p>`
          : nothing
    }${simulated ? html`<p class="note">Simulation: it goes to the handsets page, not to a real phone.</p>` : nothing}`;
  }

  override render() {
    const { person, body } = this;
    const { segments, encoding } = countSegments(body);
    const later = this.sendAt !== null;
    const known = person && person.label !== person.maskedPhone;
    return html`<confirm-dialog heading=${later ? 'Schedule this message?' : 'Send this message?'} confirm=${later ? 'Schedule message' : 'Send message'} ?open=${this.open} ?busy=${this.busy} .problem=${this.problem} ?final=${this.final} @confirm=${this.pass} @dismiss=${this.pass}>
      <dl class="what">
        <dt>To</dt>
        <dd><strong>${person?.label}</strong>${known ? html` <span class="muted nowrap num">${person.maskedPhone}</span>` : nothing}</dd>
        ${this.sends()}
        <dt>Cost</dt>
        <dd class="num">${costWords(segments)} <span class="muted">· ${segments === 1 ? '1 segment' : `${String(segments)} segments`}, ${encoding}</span></dd>
      </dl>
      <p class="exact" dir="auto">${body}</p>
      ${this.notes()}
    </confirm-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'message-review': MessageReview;
  }
}
