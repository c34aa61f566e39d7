import { css, html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { problemState } from '../../components/problem-state.ts';
import type { PersonPickEvent } from '../../components/person-picker.ts';
import { navigate, PlaceController, withQuery } from '../../router.ts';
import { page } from '../../styles/page.ts';
import { base, buttons } from '../../styles/shared.ts';
import type { UndoneEvent } from '../../parts/entry-waiting.ts';
import { isSettled } from '../../parts/delivery-steps.ts';
import type { EntryChangeEvent } from '../../parts/entry-change.ts';
import { LivePerson } from '../../parts/live-person.ts';
import '../../parts/message-composer.ts';
import type { MessageComposer, Sent, SentEvent } from '../../parts/message-composer.ts';
import '../../parts/sent-entry.ts';

/** A new message to one person (OUT-1); `?to=` names them. What was sent stays below, with its delivery. */
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

  readonly #place = new PlaceController<'page-compose'>(this, () => {
    this.follow();
  });
  readonly #person = new LivePerson(this);
  @state() private sent: readonly Sent[] = [];
  @query('message-composer') private readonly composer!: MessageComposer | null;

  private follow(): void {
    const to = this.#place.value.query.get('to');
    this.#person.show(to);
  }

  private takeBack(event: UndoneEvent): void {
    if (!this.composer) return;
    event.preventDefault();
    this.composer.takeBack(event.body);
  }

  /** The recipient stands in the address, so that it outlives a reload together with the draft. */
  private onPick({ person }: PersonPickEvent): void {
    this.#person.show(person?.id ?? null, person ?? undefined);
    navigate(withQuery({ to: person?.id ?? null }, '/compose'), { replace: true });
  }

  private onSent({ sent }: SentEvent): void {
    this.sent = [sent, ...this.sent];
    this.composer?.focus();
  }

  /** A message that failed may mean that the person cannot be texted any more. */
  private onChange({ entry }: EntryChangeEvent): void {
    if (isSettled(entry.status)) this.#person.refresh();
  }

  override render() {
    const { problem, value } = this.#person;
    const known = value !== null || this.#place.value.query.get('to') === null;
    return html`<header class="page-head"><h1 tabindex="-1">New message</h1></header>
      <div class="page-body narrow">
        ${problem ? problemState(problem, this.#person.refresh) : nothing}
        ${known ? html`<message-composer .person=${value} @sent=${this.onSent} @person-pick=${this.onPick} @person-check=${this.#person.refresh}></message-composer>` : nothing}
        ${
          this.sent.length > 0
            ? html`<section class="sent" aria-label="Your latest messages" @undone=${this.takeBack} @entry-change=${this.onChange}>
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
