import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { base, buttons } from '../styles/shared.ts';
import { icon } from './icon.ts';
import './live-words.ts';

/**
 * A native modal dialog: `<modal-dialog heading="Add a person" ?open=${this.adding} @dismiss=${() => (this.adding = false)}>
 * … <div slot="footer">buttons</div></modal-dialog>`. `dismiss` (Escape, the cross, a click beside it) asks to be closed;
 * the owner sets `open`. Keep the element rendered and toggle `open`, so that the focus returns to where it was.
 */
@customElement('modal-dialog')
export class ModalDialog extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      dialog {
        width: min(100% - var(--space-8), var(--dialog-width, 30rem));
        max-height: min(100dvh - var(--space-8), 48rem);
        padding: 0;
        border: 1px solid var(--line);
        border-radius: var(--radius-lg);
        background: var(--raised);
        box-shadow: var(--shadow-lg);
        color: var(--ink);
      }
      dialog[open] {
        display: flex;
        flex-direction: column;
        animation: rise var(--calm) var(--ease);
      }
      dialog::backdrop {
        background: var(--scrim);
      }
      .head {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        padding: var(--space-3) var(--space-3) var(--space-3) var(--space-5);
        border-bottom: 1px solid var(--line);
      }
      h2 {
        flex: 1;
        font-size: var(--text-lg);
      }
      .body {
        overflow: auto;
        padding: var(--space-5);
      }
      ::slotted([slot='footer']) {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: var(--space-2);
        padding: var(--space-3) var(--space-5);
        border-top: 1px solid var(--line);
      }
      @keyframes rise {
        from {
          opacity: 0;
          transform: translateY(6px);
        }
      }
    `,
  ];

  @property() heading = '';
  @property({ type: Boolean }) open = false;

  @query('dialog') private readonly dialog!: HTMLDialogElement;

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('open')) return;
    if (this.open && !this.dialog.open) this.dialog.showModal();
    if (!this.open && this.dialog.open) this.dialog.close();
  }

  private dismiss(event?: Event): void {
    event?.preventDefault();
    this.dispatchEvent(new Event('dismiss'));
  }

  private beside(event: MouseEvent): void {
    if (event.target === this.dialog) this.dismiss();
  }

  override render() {
    return html`<dialog aria-labelledby="heading" @cancel=${this.dismiss} @mousedown=${this.beside}>
      ${
        this.open
          ? html`<div class="head">
              <h2 id="heading">${this.heading}</h2>
              <button class="button quiet icon" aria-label="Close" @click=${this.dismiss}>${icon('close')}</button>
            </div>
            <div class="body"><slot></slot></div>
            <slot name="footer"></slot>
            <live-words></live-words>`
          : nothing
      }
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'modal-dialog': ModalDialog;
  }
}
