import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { base, buttons } from '../styles/shared.ts';
import { dialogFrame, dialogStyles } from './dialog-frame.ts';

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
    dialogStyles,
    css`
      dialog {
        --from: translateY(6px);
        width: min(100% - var(--space-8), var(--dialog-width, 30rem));
        max-height: min(100dvh - var(--space-8), 48rem);
        border: 1px solid var(--line);
        border-radius: var(--radius-lg);
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

  private readonly dismiss = (event?: Event): void => {
    event?.preventDefault();
    this.dispatchEvent(new Event('dismiss'));
  };

  private beside(event: MouseEvent): void {
    if (event.target === this.dialog) this.dismiss();
  }

  override render() {
    return html`<dialog aria-labelledby="heading" @cancel=${this.dismiss} @mousedown=${this.beside}>
      ${this.open ? dialogFrame({ heading: this.heading, focusHeading: false, modal: true, onClose: this.dismiss }) : nothing}
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'modal-dialog': ModalDialog;
  }
}
