import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { HOLD_KINDS, type HoldKind } from '../../../../functions/src/contract/consent.ts';
import type { Person } from '../../../../functions/src/contract/people.ts';
import { LEAST_REASON, MOST, PROBLEMS } from '../../../../functions/src/contract/person-rules.ts';
import type { SuppressionAdd } from '../../../../functions/src/contract/suppressions.ts';
import { formStyles } from '../../styles/form.ts';
import { base, buttons, fields } from '../../styles/shared.ts';
import { HOLD_WORDS } from '../../components/consent-words.ts';
import { describedBy, field } from '../../components/field.ts';
import '../../components/inline-notice.ts';
import '../../components/modal-dialog.ts';
import '../../components/person-picker.ts';
import type { PersonPicker, PersonPickEvent } from '../../components/person-picker.ts';

/** This person or number is to be opted out or suppressed. */
export class HoldSubmitEvent extends Event {
  readonly hold: SuppressionAdd;
  constructor(hold: SuppressionAdd) {
    super('hold-submit');
    this.hold = hold;
  }
}

const KIND_CHOICES: Readonly<Record<HoldKind, readonly [words: string, meaning: string]>> = {
  opted_out: ['Opt-out', 'They asked not to be texted, for example by phone.'],
  suppressed: ['Suppressed number', 'Messages to it fail, or it must not be texted.'],
};
const NONE: ReadonlyMap<string, string> = new Map();

/**
 * The dialog in which an operator adds an opt-out or suppresses a number: of a registered person, or a number that nobody
 * need be registered with. Its owner saves what `hold-submit` carries, and gives back `problems` by path, or `problem`, a
 * sentence.
 */
@customElement('hold-form')
export class HoldForm extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    formStyles,
    css`
      person-picker {
        min-height: 3.5rem;
      }
    `,
  ];

  @property({ type: Boolean }) open = false;
  @property({ type: Boolean }) busy = false;
  @property() kind: HoldKind = 'opted_out';
  /** The number to start with, e.g. the one that was searched for. */
  @property({ attribute: false }) phoneNumber = '';
  @property({ attribute: false }) search: PersonPicker['search'] = () => Promise.resolve([]);
  @property({ attribute: false }) problems: ReadonlyMap<string, string> = NONE;
  @property({ attribute: false }) problem: string | null = null;

  @state() private chosen: HoldKind = 'opted_out';
  @state() private by: 'person' | 'number' = 'person';
  @state() private person: Person | null = null;
  @state() private own: ReadonlyMap<string, string> = NONE;
  @query('#number') private readonly number!: HTMLInputElement | null;
  @query('#reason') private readonly reason!: HTMLInputElement;
  @query('person-picker') private readonly picker!: PersonPicker | null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('open') && this.open) {
      this.chosen = this.kind;
      this.by = this.phoneNumber === '' ? 'person' : 'number';
      this.person = null;
      this.own = NONE;
    }
    if (changed.has('problems')) this.own = this.problems;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('problems') && this.problems.size > 0) this.toProblem();
  }

  private toProblem(): void {
    if (this.own.has('userId')) this.picker?.focus();
    else if (this.own.has('phoneNumber')) this.number?.focus();
    else this.reason.focus();
  }

  private submit(event: Event): void {
    event.preventDefault();
    if (this.busy) return;
    const reason = this.reason.value.trim();
    const phoneNumber = this.number?.value.trim() ?? '';
    const { person, by, chosen: kind } = this;
    const problems = new Map<string, string>();
    if (by === 'person' && !person) problems.set('userId', 'Choose a person.');
    if (by === 'number' && phoneNumber === '') problems.set('phoneNumber', 'Enter a phone number.');
    if (reason.length < LEAST_REASON) problems.set('reason', PROBLEMS.reason);
    this.own = problems;
    if (problems.size > 0) this.toProblem();
    else if (by === 'person' && person)
      this.dispatchEvent(new HoldSubmitEvent({ kind, reason, userId: person.id }));
    else this.dispatchEvent(new HoldSubmitEvent({ kind, reason, phoneNumber }));
  }

  private dismiss(): void {
    if (!this.busy) this.dispatchEvent(new Event('dismiss'));
  }

  private input(
    id: 'number' | 'reason',
    path: string,
    label: string,
    hint: string,
    value: string,
    max: number,
  ): TemplateResult {
    const problem = this.own.get(path) ?? null;
    const about = { id, label, hint, problem };
    return field(
      about,
      html`<input id=${id} type=${id === 'number' ? 'tel' : 'text'} maxlength=${max} autocomplete="off" .value=${value} aria-invalid=${problem ? 'true' : nothing} aria-describedby=${describedBy(about)} />`,
    );
  }

  private who(): TemplateResult {
    const choice = (value: 'person' | 'number', words: string) =>
      html`<label class="choice"><input type="radio" name="by" .checked=${this.by === value} @change=${() => {
        this.by = value;
        this.own = NONE;
      }} /><span>${words}</span></label>`;
    return html`<fieldset class="field">
        <legend class="label">Who</legend>
        <div class="choices">${choice('person', 'A registered person')} ${choice('number', 'A phone number')}</div>
      </fieldset>
      ${
        this.by === 'person'
          ? html`<person-picker label="Person" .search=${this.search} .person=${this.person} .problem=${this.own.get('userId') ?? null} @person-pick=${(
              event: PersonPickEvent,
            ) => {
              this.person = event.person;
              this.own = NONE;
            }}></person-picker>`
          : this.input(
              'number',
              'phoneNumber',
              'Phone number',
              'Any format. Nobody need be registered with it.',
              this.phoneNumber,
              MOST.phoneNumber,
            )
      }`;
  }

  private form(): TemplateResult {
    return html`<form id="form" novalidate @submit=${this.submit}>
      ${this.problem ? html`<inline-notice tone="bad" role="alert">${this.problem}</inline-notice>` : nothing}
      ${this.who()}
      <fieldset class="field">
        <legend class="label">Kind</legend>
        <div class="choices">
          ${HOLD_KINDS.map((kind) => {
            const [words, meaning] = KIND_CHOICES[kind];
            return html`<label class="choice">
              <input type="radio" name="kind" .checked=${this.chosen === kind} @change=${() => {
                this.chosen = kind;
              }} />
              <span><strong>${words}</strong><br /><span class="hint">${meaning}</span></span>
            </label>`;
          })}
        </div>
      </fieldset>
      ${this.input('reason', 'reason', 'Reason', 'Saved with your name and the time. Leave out phone numbers.', '', MOST.reason)}
    </form>`;
  }

  override render() {
    return html`<modal-dialog heading=${HOLD_WORDS[this.chosen].add} ?open=${this.open} @dismiss=${this.dismiss}>
      ${this.open ? this.form() : nothing}
      <div slot="footer">
        <button type="button" class="button" aria-disabled=${this.busy} @click=${this.dismiss}>Cancel</button>
        <button form="form" class="button primary" aria-disabled=${this.busy}>${this.busy ? 'Saving…' : HOLD_WORDS[this.chosen].add}</button>
      </div>
    </modal-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'hold-form': HoldForm;
  }
}
