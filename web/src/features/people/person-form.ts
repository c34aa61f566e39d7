import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Person, PersonCreate, PersonPatch } from '../../../../functions/src/contract/people.ts';
import { formStyles } from '../../styles/form.ts';
import { base, buttons, fields } from '../../styles/shared.ts';
import '../../components/confirm-dialog.ts';
import { icon } from '../../components/icon.ts';
import '../../components/inline-notice.ts';
import '../../components/modal-dialog.ts';
import {
  checkDraft,
  createOf,
  draftOf,
  patchOf,
  placeProblems,
  type DraftProblems,
  type PersonDraft,
} from './person-draft.ts';
import { textField, type FormPart } from './person-form-fields.ts';
import { consentFields, moreFields, nameFields, statusField } from './person-form-sections.ts';
import './tag-input.ts';
import type { TagInput, TagsChangeEvent } from './tag-input.ts';

/** A new person, or the changes to a known one, to be saved. */
export class PersonSubmitEvent extends Event {
  readonly create: PersonCreate | null;
  readonly patch: PersonPatch | null;
  constructor(wanted: { create?: PersonCreate; patch?: PersonPatch }) {
    super('person-submit');
    this.create = wanted.create ?? null;
    this.patch = wanted.patch ?? null;
  }
}

const country = new Intl.DisplayNames('en', { type: 'region' });
const NONE: DraftProblems = new Map();

/**
 * The dialog in which a person is added (`person` null) or edited. It checks what can be checked here; its owner saves
 * what `person-submit` carries and gives back `problems` (by path, from the server's details) or `problem`, a sentence.
 * `dismiss` asks to be closed; where that would lose changes, the reader has agreed.
 */
@customElement('person-form')
export class PersonForm extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    formStyles,
    css`
      :host {
        --dialog-width: 36rem;
      }
    `,
  ];

  @property({ type: Boolean }) open = false;
  @property({ attribute: false }) person: Person | null = null;
  /** The number to start with, e.g. the one that was searched for. */
  @property({ attribute: false }) phoneNumber = '';
  @property({ attribute: false }) knownTags: readonly string[] = [];
  /** ISO code of the country that numbers without a country code are read in. */
  @property() country = 'US';
  @property({ type: Boolean }) busy = false;
  @property({ attribute: false }) problems: DraftProblems = NONE;
  @property({ attribute: false }) problem: string | null = null;
  /** Who has this number, where somebody has; the label once it is known. */
  @property({ attribute: false }) takenBy: { id: string; label: string | null } | null = null;

  @state() private draft: PersonDraft = draftOf(null);
  @state() private own: DraftProblems = NONE;
  @state() private leaving = false;
  #start = '';

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('open') && this.open) {
      this.draft = draftOf(this.person, this.phoneNumber);
      this.#start = JSON.stringify(this.draft);
      this.own = NONE;
      this.leaving = false;
    }
    if (changed.has('problems')) this.own = placeProblems(this.problems, this.draft);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('problems') && this.problems.size > 0) this.toProblem();
  }

  /** Takes the reader to the first field that is wrong. */
  private toProblem(): void {
    void this.updateComplete.then(() => {
      const wrong = this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"], tag-input.wrong');
      wrong?.closest('details')?.setAttribute('open', '');
      // A field that has the focus already would not be read out again, with its problem.
      wrong?.blur();
      wrong?.focus();
    });
  }

  private readonly set = (changes: Partial<PersonDraft>): void => {
    this.draft = { ...this.draft, ...changes };
  };

  private submit(event: Event): void {
    event.preventDefault();
    if (this.busy) return;
    this.renderRoot.querySelector<TagInput>('tag-input')?.commit();
    this.own = checkDraft(this.draft, { adding: this.person === null, now: new Date() });
    if (this.own.size > 0) {
      this.toProblem();
      return;
    }
    if (this.person === null) {
      this.dispatchEvent(new PersonSubmitEvent({ create: createOf(this.draft) }));
      return;
    }
    const patch = patchOf(this.draft, this.person);
    this.dispatchEvent(patch ? new PersonSubmitEvent({ patch }) : new Event('dismiss'));
  }

  private dismiss(): void {
    if (this.busy) return;
    if (JSON.stringify(this.draft) === this.#start) this.discard();
    else this.leaving = true;
  }

  private discard(): void {
    this.leaving = false;
    this.dispatchEvent(new Event('dismiss'));
  }

  private numberField(part: FormPart): TemplateResult {
    const { person } = this;
    const home = country.of(this.country) ?? this.country;
    const hint = person
      ? `Leave it empty to keep ${person.maskedPhone}.`
      : `Any format. Without a country code, ${home} is assumed.`;
    return html`${textField(part, {
      id: 'phone-number',
      path: 'phoneNumber',
      label: person ? 'New number' : 'Phone number',
      optional: person !== null,
      hint,
      type: 'tel',
      inputmode: 'tel',
      max: 40,
      first: person === null,
      value: part.draft.phoneNumber,
      onInput: (phoneNumber) => {
        this.set({ phoneNumber });
      },
    })}
    ${
      this.takenBy && part.problems.has('phoneNumber')
        ? html`<p class="taken"><a href="/people/${this.takenBy.id}" @click=${() => {
            this.discard();
          }}>View ${this.takenBy.label ?? 'this person'}</a></p>`
        : nothing
    }`;
  }

  private form(): TemplateResult {
    const part: FormPart = { draft: this.draft, problems: this.own, set: this.set };
    const { draft } = this;
    const now = new Date();
    const hasMore =
      draft.timeZone !== '' || draft.language !== '' || draft.notes !== '' || draft.customFields.length > 0;
    const tagProblem = this.own.get('tags') ?? null;
    return html`<form id="form" novalidate @submit=${this.submit}>
      ${this.problem ? html`<inline-notice tone="bad" role="alert">${this.problem}</inline-notice>` : nothing}
      ${this.person ? nothing : this.numberField(part)} ${nameFields(part, this.person !== null)} ${this.person ? this.numberField(part) : nothing}
      <tag-input
        class=${tagProblem ? 'wrong' : ''}
        .tags=${draft.tags}
        .known=${this.knownTags}
        .problem=${tagProblem}
        @tags-change=${(event: TagsChangeEvent) => {
          this.set({ tags: event.tags });
        }}
      ></tag-input>
      ${statusField(part)} ${consentFields(part, now)}
      <details class="more part" ?open=${hasMore && this.person !== null}>
        <summary>${icon('chevron', 12)} Time zone, language, notes, custom fields</summary>
        <div class="inner">${moreFields(part, now)}</div>
      </details>
    </form>`;
  }

  override render() {
    const words = this.person ? 'Save changes' : 'Add person';
    return html`<modal-dialog heading=${this.person ? `Edit ${this.person.label}` : 'Add person'} ?open=${this.open} @dismiss=${this.dismiss}>
        ${this.open ? this.form() : nothing}
        <div slot="footer">
          <button type="button" class="button" aria-disabled=${this.busy} @click=${this.dismiss}>Cancel</button>
          <button form="form" class="button primary" aria-disabled=${this.busy}>${this.busy ? 'Saving…' : words}</button>
        </div>
      </modal-dialog>
      <confirm-dialog heading=${this.person ? 'Discard your changes?' : 'Discard this person?'} confirm="Discard" back="Keep editing" danger ?open=${this.leaving} @confirm=${this.discard} @dismiss=${() => {
        this.leaving = false;
      }}>
        ${this.person ? `Your changes to ${this.person.label} won't be saved.` : `This person won't be added.`}
      </confirm-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'person-form': PersonForm;
  }
}
