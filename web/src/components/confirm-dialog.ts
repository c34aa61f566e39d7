import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { base, buttons } from '../styles/shared.ts';
import './inline-notice.ts';
import './modal-dialog.ts';

/**
 * Asks before something is done: `<confirm-dialog heading="Deactivate Ada?" confirm="Deactivate" danger ?open=… ?busy=…
 * problem=… @confirm=… @dismiss=…>What will happen.</confirm-dialog>`. While `busy` it can neither be confirmed twice nor closed;
 * with `final` the problem does not pass, and all there is to do is to close it.
 */
@customElement('confirm-dialog')
export class ConfirmDialog extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      .content {
        display: grid;
        gap: var(--space-3);
        font-size: var(--text-md);
        text-wrap: pretty;
      }
    `,
  ];

  @property() heading = '';
  @property() confirm = 'Confirm';
  /** The button that changes nothing. */
  @property() back = 'Cancel';
  @property({ type: Boolean }) open = false;
  @property({ type: Boolean }) danger = false;
  @property({ type: Boolean }) busy = false;
  /** Why it did not work the last time. */
  @property() problem: string | null = null;
  /** Trying again would not help. */
  @property({ type: Boolean }) final = false;
  @query('.back') private readonly backButton!: HTMLElement | null;

  protected override updated(changed: PropertyValues<this>): void {
    // The button that had the focus is gone.
    if (changed.has('final') && this.final && this.open) this.backButton?.focus();
  }

  private dismiss(): void {
    if (!this.busy) this.dispatchEvent(new Event('dismiss'));
  }

  private accept(): void {
    if (!this.busy) this.dispatchEvent(new Event('confirm'));
  }

  override render() {
    return html`<modal-dialog heading=${this.heading} ?open=${this.open} @dismiss=${this.dismiss}>
      <div class="content">
        <slot></slot>
        ${this.problem ? html`<inline-notice tone="bad" role="alert">${this.problem}</inline-notice>` : nothing}
      </div>
      <div slot="footer">
        <button class="button back" ?autofocus=${this.danger || this.final} @click=${this.dismiss} aria-disabled=${this.busy}>${this.final ? 'Close' : this.back}</button>
        ${
          this.final
            ? nothing
            : html`<button class="button ${this.danger ? 'danger' : 'primary'}" ?autofocus=${!this.danger} @click=${this.accept} aria-disabled=${this.busy}>
                ${this.busy ? 'Working…' : this.confirm}
              </button>`
        }
      </div>
    </modal-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'confirm-dialog': ConfirmDialog;
  }
}
