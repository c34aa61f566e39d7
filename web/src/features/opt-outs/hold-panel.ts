import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { SuppressionItem } from '../../../../functions/src/contract/suppressions.ts';
import { notify } from '../../announce.ts';
import { HOLD_WORDS, sourceWords } from '../../components/consent-words.ts';
import '../../components/reason-dialog.ts';
import type { ReasonEvent } from '../../components/reason-dialog.ts';
import '../../components/side-panel.ts';
import '../../components/status-mark.ts';
import '../../components/time-stamp.ts';
import '../../components/view-state.ts';
import { Attempt } from '../../data/attempt.ts';
import { liftHold } from '../../data/suppressions.ts';
import { allowed } from '../../session.ts';
import { page } from '../../styles/page.ts';
import { panelStyles } from '../../styles/panel.ts';
import { base, buttons } from '../../styles/shared.ts';
import '../../parts/consent-history.ts';

/** An opt-out or a suppression was lifted. */
export class LiftedEvent extends Event {
  readonly item: SuppressionItem;
  constructor(item: SuppressionItem) {
    super('lifted');
    this.item = item;
  }
}

/** The opened opt-out or suppressed number, beside the list; admins lift it here. */
@customElement('hold-panel')
export class HoldPanel extends LitElement {
  static override styles = [
    base,
    buttons,
    page,
    panelStyles,
    css`
      consent-history {
        margin-top: var(--space-6);
      }
    `,
  ];

  @property({ type: Boolean }) open = false;
  /** Null while `open` when the list has no such row. */
  @property({ attribute: false }) item: SuppressionItem | null = null;
  @state() private asking = false;
  readonly #attempt = new Attempt(this);

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('open') || changed.has('item')) this.asking = false;
  }

  private async lift({ reason }: ReasonEvent): Promise<void> {
    const { item } = this;
    if (!item) return;
    const { id, kind, label } = item;
    if (!(await this.#attempt.run(() => liftHold({ id, kind, reason }), this.close))) return;
    notify('good', `${label} ${HOLD_WORDS[kind].lifted}`);
    this.dispatchEvent(new LiftedEvent(item));
  }

  private readonly close = (): void => {
    this.asking = false;
  };

  private details(item: SuppressionItem) {
    const { look } = HOLD_WORDS[item.kind];
    return html`<dl class="facts">
        <dt>Status</dt>
        <dd><status-mark .look=${look}></status-mark><p>${look.meaning}</p></dd>
        <dt>Person</dt>
        <dd>${item.userId ? html`<a href="/people/${item.userId}">${item.label}</a>` : html`${item.label}<p>Nobody is registered with this number.</p>`}</dd>
        ${item.maskedPhone ? html`<dt>Number</dt><dd class="num" dir="ltr">${item.maskedPhone}</dd>` : nothing}
        <dt>Since</dt>
        <dd><time-stamp at=${item.at} kind="both" focusable></time-stamp></dd>
        <dt>Source</dt>
        <dd>${sourceWords(item)}${item.errorCode === null ? nothing : html`<p>Code ${item.errorCode}</p>`}</dd>
        <dt>Reason</dt>
        <dd dir="auto">${item.reason ?? html`<span class="faint">No reason given</span>`}</dd>
      </dl>
      ${allowed('suppressions:manage') ? nothing : html`<p class="why">An admin can lift ${item.kind === 'opted_out' ? 'this opt-out' : 'this suppression'}.</p>`}
      ${item.userId ? html`<consent-history .userId=${item.userId}></consent-history>` : nothing}`;
  }

  private dialog(item: SuppressionItem) {
    return html`<reason-dialog
      heading="${HOLD_WORDS[item.kind].lift} of ${item.label}?"
      confirm=${HOLD_WORDS[item.kind].lift}
      ?open=${this.asking}
      ?busy=${this.#attempt.busy}
      .problem=${this.#attempt.problem}
      @reason=${this.lift}
      @dismiss=${this.close}
    >
      ${
        item.kind === 'opted_out'
          ? html`<p>They asked not to be texted. Lift this only if they have told you that they want messages again.</p>`
          : html`<p>The number can be texted again. If the next message fails for the same reason, the number is suppressed again.</p>`
      }
    </reason-dialog>`;
  }

  override render() {
    const { item } = this;
    return html`<side-panel heading=${item?.label ?? 'Not found'} ?open=${this.open} @dismiss=${() => this.dispatchEvent(new Event('dismiss'))}>
        ${
          item
            ? this.details(item)
            : html`<view-state kind="not-found" heading="Not in this list">It may have been lifted, or be further down the list. Search for the person or the number.</view-state>`
        }
        ${
          item && allowed('suppressions:manage')
            ? html`<div slot="footer"><button class="button" @click=${() => {
                this.#attempt.clear();
                this.asking = true;
              }}>${HOLD_WORDS[item.kind].lift}</button></div>`
            : nothing
        }
      </side-panel>
      ${item ? this.dialog(item) : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'hold-panel': HoldPanel;
  }
}
