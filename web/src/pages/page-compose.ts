import { css, html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Person } from '../../../functions/src/contract/people.ts';
import { problemState } from '../components/problem-state.ts';
import { Loader } from '../data/loader.ts';
import { getPerson } from '../data/people.ts';
import type { PersonPickEvent } from '../components/person-picker.ts';
import { navigate, PlaceController, withQuery } from '../router.ts';
import { page } from '../styles/page.ts';
import { base, buttons } from '../styles/shared.ts';
import type { UndoneEvent } from './parts/entry-waiting.ts';
import './parts/message-composer.ts';
import type { MessageComposer, Sent, SentEvent } from './parts/message-composer.ts';
import './parts/sent-entry.ts';

/** A new text to one person (OUT-1); `?to=` names them. What was sent stays below, with how far it is. */
@customElement('page-compose')
export class PageCompose extends LitElement {
  static override styles = [
    base,
    buttons,
    page,
    css`
      .sent {
        display: grid;
        gap: var(--space-3);
        margin-top: var(--space-8);
      }
    `,
  ];

  readonly #place = new PlaceController(this, () => {
    this.follow();
  });
  readonly #person = new Loader<Person>(this);
  @state() private sent: readonly Sent[] = [];
  @query('message-composer') private readonly composer!: MessageComposer | null;

  private follow(): void {
    const to = this.#place.value.query.get('to');
    if (to !== null && to !== this.#person.value?.id)
      void this.#person.load((signal) => getPerson(to, signal));
  }

  private takeBack(event: UndoneEvent): void {
    if (!this.composer) return;
    event.preventDefault();
    this.composer.takeBack(event.body);
  }

  /** Whom it goes to is the address's, so that it outlives a reload together with the text. */
  private onPick({ person }: PersonPickEvent): void {
    if (person) this.#person.set(person);
    navigate(withQuery({ to: person?.id ?? null }, '/compose'), { replace: true });
  }

  private onSent({ sent }: SentEvent): void {
    this.sent = [sent, ...this.sent];
    this.composer?.focus();
  }

  override render() {
    const { phase, problem, value } = this.#person;
    const waiting = phase === 'loading';
    return html`<header class="page-head"><h1 tabindex="-1">New message</h1></header>
      <div class="page-body narrow">
        ${phase === 'failed' && problem ? problemState(problem, () => void this.#person.reload()) : nothing}
        ${waiting || phase === 'failed' ? nothing : html`<message-composer .person=${value} @sent=${this.onSent} @person-pick=${this.onPick}></message-composer>`}
        ${
          this.sent.length > 0
            ? html`<section class="sent" aria-label="Sent just now" @undone=${this.takeBack}>
              ${repeat(
                this.sent,
                (each) => each.accepted.messageId,
                (each) =>
                  html`<sent-entry .entryId=${each.accepted.messageId} .recipient=${each.person.label} .body=${each.body} .accepted=${each.accepted} .timeZone=${each.timeZone}></sent-entry>`,
              )}
            </section>`
            : nothing
        }
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'page-compose': PageCompose;
  }
}
