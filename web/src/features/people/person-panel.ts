import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Person } from '../../../../functions/src/contract/people.ts';
import { announce, notify } from '../../announce.ts';
import '../../components/confirm-dialog.ts';
import { icon } from '../../components/icon.ts';
import '../../components/loading-rows.ts';
import './person-details.ts';
import { problemState } from '../../components/problem-state.ts';
import '../../components/reason-dialog.ts';
import type { ReasonEvent } from '../../components/reason-dialog.ts';
import '../../components/side-panel.ts';
import { Attempt } from '../../data/attempt.ts';
import { Loader } from '../../data/loader.ts';
import { changePerson, getPerson, revealPerson } from '../../data/people.ts';
import { allowed } from '../../session.ts';
import { base, buttons } from '../../styles/shared.ts';
import '../../parts/consent-history.ts';

/** A person was changed here. */
export class PersonChangeEvent extends Event {
  readonly person: Person;
  constructor(person: Person) {
    super('person-change');
    this.person = person;
  }
}

/** Asks for the form that edits this person. */
export class PersonEditEvent extends Event {
  readonly person: Person;
  constructor(person: Person) {
    super('person-edit');
    this.person = person;
  }
}

/** How long a revealed number is shown. */
const SHOWN_MS = 60_000;

/** The opened person, beside the list. `known` is what the list knows already, shown until the rest is loaded. */
@customElement('person-panel')
export class PersonPanel extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      .start {
        margin-right: auto;
      }
    `,
  ];

  @property({ attribute: false }) personId: string | null = null;
  @property({ attribute: false }) known: Person | null = null;

  readonly #person = new Loader<Person>(this);
  @state() private asking: 'reveal' | 'status' | null = null;
  readonly #attempt = new Attempt(this);
  @state() private number: string | null = null;
  #hideTimer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.hide();
  }

  /** Shows what a form has saved. */
  take(person: Person): void {
    if (person.id === this.personId) this.#person.set(person);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('personId')) return;
    this.hide();
    this.asking = null;
    const id = this.personId;
    if (id === null) return;
    if (this.known?.id === id) this.#person.set(this.known);
    void this.#person.load((signal) => getPerson(id, signal), { keep: this.known?.id === id });
  }

  private open(dialog: 'reveal' | 'status'): void {
    this.#attempt.clear();
    this.asking = dialog;
  }

  private readonly close = (): void => {
    this.asking = null;
  };

  private hide(): void {
    clearTimeout(this.#hideTimer);
    this.number = null;
  }

  private async reveal({ reason }: ReasonEvent): Promise<void> {
    const id = this.personId;
    if (id === null) return;
    const answer = await this.#attempt.run(() => revealPerson(id, reason), this.close);
    if (!answer || this.personId !== id) return;
    this.number = answer.value.phoneNumber;
    announce('The number is shown for one minute.');
    this.#hideTimer = setTimeout(() => {
      this.hide();
      announce('The number is hidden again.');
    }, SHOWN_MS);
  }

  private async turn(person: Person): Promise<void> {
    const status = person.status === 'active' ? 'inactive' : 'active';
    const answer = await this.#attempt.run(() => changePerson(person.id, { status }), this.close);
    if (!answer) return;
    const changed = answer.value;
    this.take(changed);
    this.dispatchEvent(new PersonChangeEvent(changed));
    notify('good', `${changed.label} is now ${changed.status}.`);
  }

  private footer(person: Person) {
    const active = person.status === 'active';
    const [mayEdit, mayWrite] = [
      allowed('people:write'),
      allowed('messages:send') && person.untextable === null,
    ];
    if (!mayEdit && !mayWrite) return nothing;
    return html`<div slot="footer">
      ${
        mayEdit
          ? html`<button class="button quiet start" @click=${() => {
              this.open('status');
            }}>${active ? 'Deactivate' : 'Activate'}</button>
            <button class="button" @click=${() => this.dispatchEvent(new PersonEditEvent(person))}>Edit</button>`
          : nothing
      }
      ${
        mayWrite
          ? html`<a class="button primary" href="/compose?to=${person.id}">${icon('compose', 14)} Write message</a>`
          : nothing
      }
    </div>`;
  }

  private dialogs(person: Person) {
    const active = person.status === 'active';
    const { busy, problem } = this.#attempt;
    return html`<reason-dialog
        heading="Reveal the number of ${person.label}?"
        confirm="Reveal number"
        need="Say why you need the number."
        ?open=${this.asking === 'reveal'}
        ?busy=${busy}
        .problem=${problem}
        @reason=${this.reveal}
        @dismiss=${this.close}
      >
        <p>You will see the number for one minute. The audit log keeps for good that you saw it, and why.</p>
      </reason-dialog>
      <confirm-dialog
        heading="${active ? 'Deactivate' : 'Activate'} ${person.label}?"
        confirm=${active ? 'Deactivate' : 'Activate'}
        ?danger=${active}
        ?open=${this.asking === 'status'}
        ?busy=${busy}
        .problem=${problem?.message ?? null}
        @confirm=${() => void this.turn(person)}
        @dismiss=${this.close}
      >
        ${
          active
            ? 'Their messages are still logged but get no reply, and nobody can text them. Nothing is deleted. You can activate them again.'
            : 'Their messages get a reply again. They can be texted unless they have opted out or their number is suppressed.'
        }
      </confirm-dialog>`;
  }

  override render() {
    const { value: person, phase, problem } = this.#person;
    const shown = person?.id === this.personId ? person : null;
    const heading = shown?.label ?? (phase === 'failed' ? 'Person' : 'Loading…');
    return html`<side-panel heading=${heading} ?open=${this.personId !== null} @dismiss=${() => this.dispatchEvent(new Event('dismiss'))}>
        ${
          shown
            ? html`<person-details
              .person=${shown}
              ?can-reveal=${allowed('people:reveal')}
              .revealed=${this.number}
              @reveal=${() => {
                this.open('reveal');
              }}
              @hide=${() => {
                this.hide();
              }}
            >
              <consent-history .userId=${shown.id} stamp=${`${shown.updatedAt} ${shown.untextable ?? ''}`}></consent-history>
            </person-details>`
            : phase === 'failed' && problem
              ? problemState(problem, () => void this.#person.reload())
              : html`<loading-rows count="4"></loading-rows>`
        }
        ${shown ? this.footer(shown) : nothing}
      </side-panel>
      ${shown ? this.dialogs(shown) : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'person-panel': PersonPanel;
  }
}
