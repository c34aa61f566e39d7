import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { RESOLUTIONS, type Resolution } from '../../../../functions/src/contract/delivery.ts';
import type { OutgoingItem } from '../../../../functions/src/contract/messages.ts';
import { notify } from '../../announce.ts';
import { ATTENTION_WORDS, RESOLUTION_WORDS } from './attention-words.ts';
import '../../components/confirm-dialog.ts';
import '../../components/inline-notice.ts';
import { isFinal } from '../../parts/refusal-words.ts';
import '../../components/time-stamp.ts';
import { Attempt } from '../../data/attempt.ts';
import { getOutgoing, resolveOutgoing } from '../../data/messages.ts';
import { allowed } from '../../session.ts';
import { base, buttons } from '../../styles/shared.ts';
import { EntryChangeEvent } from '../../parts/entry-change.ts';

/** A message whose outcome Parley could not find out (OUT-6): says why, and takes an operator's decision. */
@customElement('entry-attention')
export class EntryAttention extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: contents;
      }
      confirm-dialog {
        position: absolute; /* no room in the layout of the host */
      }
      .content {
        display: grid;
        gap: var(--space-2);
      }
      .choices {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      .since {
        color: var(--ink-2);
        font-size: var(--text-xs);
      }
    `,
  ];

  @property({ attribute: false }) entry!: OutgoingItem;
  @state() private asking: Resolution | null = null;
  readonly #attempt = new Attempt(this);

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.get('entry') && changed.get('entry')?.id !== this.entry.id) this.asking = null;
  }

  /** What the carrier has accepted is not sent again, nor is an automatic reply. */
  private get choices(): readonly Resolution[] {
    const { status, operatorId } = this.entry;
    return status === 'unconfirmed' && operatorId !== null
      ? RESOLUTIONS
      : RESOLUTIONS.filter((each) => each !== 'resend');
  }

  private async resolve(as: Resolution): Promise<void> {
    const { id } = this.entry;
    const answer = await this.#attempt.run(() => resolveOutgoing(id, as), this.close);
    if (!answer) {
      await this.look(id);
      return;
    }
    notify('good', RESOLUTION_WORDS[as].done);
    this.dispatchEvent(new EntryChangeEvent(answer.value));
  }

  /** Somebody else decided, or the carrier reported: it is not as it was taken to be. */
  private async look(id: string): Promise<void> {
    const entry = this.final ? await getOutgoing(id).catch(() => null) : null;
    if (entry) this.dispatchEvent(new EntryChangeEvent(entry));
  }

  private get final(): boolean {
    const { problem } = this.#attempt;
    return problem !== null && isFinal(problem);
  }

  private readonly close = (): void => {
    this.asking = null;
  };

  private question({ reason, since }: NonNullable<OutgoingItem['attention']>) {
    return html`<inline-notice tone="warn">
      <div class="content">
        <p><strong>It is not known whether this message was sent.</strong> ${ATTENTION_WORDS[reason]}</p>
        <p class="since">Since <time-stamp at=${since} kind="both"></time-stamp></p>
        ${
          allowed('messages:send')
            ? html`<div class="choices" role="group" aria-label="Was it sent?">
              ${this.choices.map(
                (each) =>
                  html`<button class="button" @click=${() => {
                    this.#attempt.clear();
                    this.asking = each;
                  }}>${RESOLUTION_WORDS[each].choice}</button>`,
              )}
            </div>`
            : html`<p>An operator has to decide whether it was sent.</p>`
        }
      </div>
    </inline-notice>`;
  }

  override render() {
    const { attention } = this.entry;
    const asked = RESOLUTION_WORDS[this.asking ?? 'sent'];
    return html`${attention ? this.question(attention) : nothing}
      <confirm-dialog
        heading=${asked.heading}
        confirm=${asked.choice}
        ?danger=${this.asking === 'resend'}
        ?final=${this.final}
        ?open=${this.asking !== null}
        ?busy=${this.#attempt.busy}
        .problem=${this.#attempt.problem?.message ?? null}
        @confirm=${() => {
          if (this.asking) void this.resolve(this.asking);
        }}
        @dismiss=${this.close}
      >
        <p>${asked.meaning}</p>
        <p>Your name and decision are kept in the history.</p>
      </confirm-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'entry-attention': EntryAttention;
  }
}
