import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { MAX_BODY_LENGTH } from '../../../functions/src/contract/delivery.ts';
import type { OutgoingPatch, SendAt } from '../../../functions/src/contract/messages.ts';
import { withPlainCharacters } from '../../../functions/src/contract/segments.ts';
import { hasVisibleText } from '../../../functions/src/contract/visible-text.ts';
import '../components/inline-notice.ts';
import '../components/marked-textarea.ts';
import type { MarkedTextarea } from '../components/marked-textarea.ts';
import '../components/modal-dialog.ts';
import { isFinal } from './refusal-words.ts';
import '../components/segment-counter.ts';
import '../components/send-time-field.ts';
import type { SendTimeEvent, SendTimeField } from '../components/send-time-field.ts';
import { localTimeIn, ownZone, sendTimeProblem } from '../components/zone-time.ts';
import { sentenceOf, toProblem } from '../data/api-problem.ts';
import { editOutgoing } from '../data/messages.ts';
import { nextFrame } from '../next-frame.ts';
import { base, buttons } from '../styles/shared.ts';
import { EntryChangeEvent, type Waiting } from './entry-change.ts';

/** The dialog in which the words or the time of a scheduled message are changed; fires `entry-change` when they are. */
@customElement('entry-edit')
export class EntryEdit extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        --dialog-width: 36rem;
      }
      form {
        display: grid;
        gap: var(--space-4);
      }
    `,
  ];

  @property({ attribute: false }) entry!: Waiting;
  @property({ type: Boolean }) open = false;
  @state() private body = '';
  @state() private sendAt: SendAt | null = null;
  @state() private wrong: { body?: string; time?: string } = {};
  @state() private busy = false;
  @state() private problem: string | null = null;
  /** The problem is the message's own, and nothing that is written here mends it. */
  @state() private final = false;
  @query('marked-textarea') private readonly area!: MarkedTextarea;
  @query('send-time-field') private readonly time!: SendTimeField;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('open') || !this.open) return;
    this.body = this.entry.body;
    this.sendAt = this.standing;
    this.wrong = {};
    this.problem = null;
    this.final = false;
  }

  /** Its time as it stands. */
  private get standing(): SendAt {
    const timeZone = this.entry.timeZone ?? ownZone();
    return { local: localTimeIn(new Date(this.entry.dueAt ?? ''), timeZone), timeZone };
  }

  private patch(): OutgoingPatch | null {
    const { body, sendAt, entry, standing } = this;
    const moved =
      sendAt !== null && (sendAt.local !== standing.local || sendAt.timeZone !== standing.timeZone);
    const patch = { ...(body !== entry.body && { body }), ...(moved && { sendAt }) };
    return Object.keys(patch).length > 0 ? patch : null;
  }

  private check(patch: OutgoingPatch | null): boolean {
    const { body } = this;
    const words = !hasVisibleText(body)
      ? 'Write something to send.'
      : body.length > MAX_BODY_LENGTH
        ? `A message has at most ${MAX_BODY_LENGTH.toLocaleString('en')} characters.`
        : null;
    const time = patch?.sendAt ? sendTimeProblem(patch.sendAt, new Date()) : null;
    this.wrong = { ...(words !== null && { body: words }), ...(time !== null && { time }) };
    if (words !== null) this.area.focus();
    else if (time !== null) this.time.focus();
    return words === null && time === null;
  }

  private async save(event: Event): Promise<void> {
    event.preventDefault();
    const patch = this.patch();
    if (this.busy || !this.check(patch)) return;
    if (!patch) {
      this.dismiss();
      return;
    }
    this.busy = true;
    this.problem = null;
    try {
      const entry = await editOutgoing(this.entry.id, patch);
      this.open = false;
      await nextFrame();
      this.dispatchEvent(new EntryChangeEvent(entry));
    } catch (thrown) {
      const problem = toProblem(thrown);
      this.problem = sentenceOf(problem);
      this.final = isFinal(problem) && problem.status !== 400;
    } finally {
      this.busy = false;
    }
  }

  private dismiss(): void {
    if (!this.busy) this.dispatchEvent(new Event('dismiss'));
  }

  private form() {
    return html`<form id="form" novalidate @submit=${this.save}>
      ${this.problem ? html`<inline-notice tone="bad" role="alert">${this.problem}</inline-notice>` : nothing}
      <marked-textarea label="Message" .value=${this.body} .problem=${this.wrong.body ?? null} @input=${() => {
        this.body = this.area.value;
      }}></marked-textarea>
      <segment-counter .text=${this.body} @simplify=${() => {
        this.body = withPlainCharacters(this.body);
      }}></segment-counter>
      <send-time-field required .value=${this.sendAt} .zone=${this.entry.timeZone} .problem=${this.wrong.time ?? null} @send-time=${(
        event: SendTimeEvent,
      ) => {
        this.sendAt = event.sendAt;
      }}></send-time-field>
    </form>`;
  }

  override render() {
    return html`<modal-dialog heading="Change the message to ${this.entry.recipient}" ?open=${this.open} @dismiss=${this.dismiss}>
      ${this.open ? this.form() : nothing}
      <div slot="footer">
        <button type="button" class="button" aria-disabled=${this.busy} @click=${this.dismiss}>${this.final ? 'Close' : 'Discard changes'}</button>
        ${this.final ? nothing : html`<button form="form" class="button primary" aria-disabled=${this.busy}>${this.busy ? 'Saving…' : 'Save changes'}</button>`}
      </div>
    </modal-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'entry-edit': EntryEdit;
  }
}
