import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Person } from '../../../functions/src/contract/people.ts';
import { keyOf } from '../keys.ts';
import { base, buttons, fields } from '../styles/shared.ts';
import { field } from './field.ts';
import { icon } from './icon.ts';
import { pickerStyles } from './person-picker-styles.ts';
import { UNTEXTABLE_WORDS } from './untextable-words.ts';

/** A person was picked, or (null) taken away again. */
export class PersonPickEvent extends Event {
  readonly person: Person | null;
  constructor(person: Person | null) {
    super('person-pick');
    this.person = person;
  }
}

/**
 * Type-ahead for one person (ARIA combobox with a list box): name, last four digits or whole number.
 * `<person-picker label="To" .search=${(text, signal) => …} .person=${person} @person-pick=${…}>`.
 * With `texting`, people who cannot be texted are shown with the reason and cannot be picked.
 */
@customElement('person-picker')
export class PersonPicker extends LitElement {
  static override styles = [base, buttons, fields, pickerStyles];

  @property() label = 'Person';
  @property() placeholder = 'Name, last four digits or number';
  @property({ type: Boolean, attribute: 'hide-label' }) hideLabel = false;
  /** Only those who may be texted now can be picked. */
  @property({ type: Boolean }) texting = false;
  @property() problem: string | null = null;
  @property({ attribute: false }) person: Person | null = null;
  /** Finds people for a text; a blank text finds the first of the list. */
  @property({ attribute: false }) search: (text: string, signal: AbortSignal) => Promise<readonly Person[]> =
    () => Promise.resolve([]);

  @state() private text: string | null = null;
  @state() private open = false;
  @state() private found: readonly Person[] = [];
  @state() private phase: 'loading' | 'ready' | 'failed' = 'loading';
  @state() private active = -1;

  @query('input') private readonly input!: HTMLInputElement;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #abort = new AbortController();

  override focus(): void {
    void this.updateComplete.then(() => {
      this.input.focus();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#abort.abort();
  }

  private pickable(person: Person): boolean {
    return !this.texting || person.untextable === null;
  }

  private show(wait: number): void {
    this.open = true;
    clearTimeout(this.#timer);
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#timer = setTimeout(() => void this.find(this.text ?? '', signal), wait);
  }

  private async find(text: string, signal: AbortSignal): Promise<void> {
    this.phase = 'loading';
    try {
      const found = await this.search(text, signal);
      if (signal.aborted) return;
      this.found = found;
      this.phase = 'ready';
      this.active = text === '' ? -1 : found.findIndex((person) => this.pickable(person));
    } catch {
      if (signal.aborted) return;
      this.found = [];
      this.phase = 'failed';
    }
  }

  private close(): void {
    clearTimeout(this.#timer);
    this.#abort.abort();
    this.open = false;
    this.active = -1;
    this.text = null;
  }

  private pick(person: Person | null): void {
    this.close();
    this.person = person;
    // The field shows what was typed until something else is set.
    this.input.value = person?.label ?? '';
    this.dispatchEvent(new PersonPickEvent(person));
  }

  private onInput(): void {
    this.text = this.input.value;
    this.show(180);
  }

  /** One for the field and its list: an option is picked by its place. */
  private onClick(event: Event): void {
    const { target } = event;
    if (target === this.input && !this.open) this.show(0);
    const option = target instanceof Element ? target.closest('[role="option"]') : null;
    const person = this.found[Number(option?.id.replace('option-', ''))];
    if (option && person && this.pickable(person)) this.pick(person);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.target !== this.input) return;
    const key = keyOf(event);
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault();
      if (!this.open) this.show(0);
      else this.move(key === 'ArrowDown' ? 1 : -1);
    } else if (key === 'Enter' && this.open) {
      event.preventDefault();
      const person = this.found[this.active];
      if (person && this.pickable(person)) this.pick(person);
    } else if (key === 'Escape' && this.open) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
      this.input.value = this.person?.label ?? '';
    }
  }

  private move(by: number): void {
    if (this.found.length === 0) return;
    this.active =
      (this.active + by + this.found.length + (this.active < 0 && by < 0 ? 1 : 0)) % this.found.length;
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector('.active')?.scrollIntoView({ block: 'nearest' });
    });
  }

  private onBlur(): void {
    if (this.text === '' && this.person) this.pick(null);
    this.close();
    this.input.value = this.person?.label ?? '';
  }

  private option(person: Person, index: number): TemplateResult {
    const reason = this.texting && person.untextable ? UNTEXTABLE_WORDS[person.untextable] : null;
    return html`<li
      role="option"
      id="option-${index}"
      class=${index === this.active ? 'active' : ''}
      aria-selected=${person.id === this.person?.id ? 'true' : 'false'}
      aria-disabled=${reason ? 'true' : nothing}
      @mousedown=${(event: Event) => {
        event.preventDefault();
      }}
    >
      <span class="name">${person.label}</span>
      ${person.label === person.maskedPhone ? nothing : html`<span class="phone">${person.maskedPhone}</span>`}
      ${reason ? html`<span class="reason">${icon('slash', 12)}${reason}</span>` : nothing}
    </li>`;
  }

  private list(): TemplateResult {
    if (this.found.length > 0) return html`${this.found.map((person, index) => this.option(person, index))}`;
    const words = {
      loading: 'Searching…',
      failed: 'People could not be loaded. Type again to retry.',
      ready: 'No people match.',
    };
    return html`<li class="nobody" role="option" id="option-none" aria-disabled="true" aria-selected="false">${words[this.phase]}</li>`;
  }

  override render() {
    const control = html`<div class="box" @click=${this.onClick} @keydown=${this.onKey}>
      ${icon(this.person ? 'person' : 'search', 14)}
      <input
        id="input"
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck="false"
        placeholder=${this.placeholder}
        aria-label=${this.hideLabel ? this.label : nothing}
        aria-expanded=${this.open}
        aria-controls="list"
        aria-autocomplete="list"
        aria-activedescendant=${this.open && this.active >= 0 ? `option-${String(this.active)}` : nothing}
        aria-invalid=${this.problem ? 'true' : nothing}
        aria-describedby=${this.problem ? 'input-problem' : nothing}
        .value=${this.text ?? this.person?.label ?? ''}
        @input=${this.onInput}
        @blur=${this.onBlur}
      />
      ${
        this.person
          ? html`<button class="button quiet icon clear" type="button" aria-label="Clear ${this.label}" @click=${() => {
              this.pick(null);
              this.input.focus();
            }}>${icon('close', 12)}</button>`
          : nothing
      }
      <ul id="list" role="listbox" aria-label="People" ?hidden=${!this.open}>${this.open ? this.list() : nothing}</ul>
    </div>`;
    return this.hideLabel
      ? control
      : field({ id: 'input', label: this.label, problem: this.problem }, control);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'person-picker': PersonPicker;
  }
}
