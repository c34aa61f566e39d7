import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { keyOf } from '../keys.ts';
import { base, buttons } from '../styles/shared.ts';
import { dialogFrame, dialogStyles } from './dialog-frame.ts';

/** Panels that are open. From 80rem on the page makes room for them (`--docked`). */
const open = new Set<SidePanel>();

/** Below this width the panel covers the screen and is modal. */
const NARROW = window.matchMedia('(max-width: 51.25rem)');

/**
 * Details beside a list: `<side-panel heading="Ada Lovelace" ?open=${id !== null} @dismiss=${close}> … </side-panel>`.
 * Docked beside the list on a wide screen, over part of it on a narrower one (the list stays usable), over all of it on a
 * phone. The heading takes the focus when it opens; closing gives it back. Escape and the cross ask with `dismiss`; the owner sets `open`. `slot="actions"` is for
 * buttons beside the heading, `slot="footer"` for those that stay at the foot.
 */
@customElement('side-panel')
export class SidePanel extends LitElement {
  static override styles = [
    base,
    buttons,
    dialogStyles,
    css`
      dialog {
        --from: translateX(12px);
        position: fixed;
        inset: 0 0 0 auto;
        z-index: 6;
        width: min(100%, var(--panel-width));
        height: 100dvh;
        max-height: none;
        max-width: none;
        margin: 0;
        border: 0;
        border-left: 1px solid var(--line);
      }
      .body {
        flex: 1;
      }
      @media (max-width: 51.25rem) {
        dialog {
          width: 100%;
        }
        dialog[open] {
          border-left: 0;
        }
      }
    `,
  ];

  @property() heading = '';
  @property({ type: Boolean }) open = false;

  @query('dialog') private readonly dialog!: HTMLDialogElement;

  override connectedCallback(): void {
    super.connectedCallback();
    NARROW.addEventListener('change', this.reopen);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    NARROW.removeEventListener('change', this.reopen);
    this.dock(false);
  }

  /** The window became narrow or wide: modal and not modal are two ways of opening. */
  private readonly reopen = (): void => {
    if (!this.dialog.open) return;
    this.dialog.close();
    this.show();
    this.requestUpdate();
  };

  private dock(docked: boolean): void {
    if (docked) open.add(this);
    else open.delete(this);
    document.documentElement.classList.toggle('docked', open.size > 0);
  }

  private show(): void {
    if (NARROW.matches) this.dialog.showModal();
    else this.dialog.show();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('open')) {
      this.dock(this.open);
      if (this.open && !this.dialog.open) this.show();
      if (!this.open && this.dialog.open) this.dialog.close();
    }
    // Who goes through the list by key stays in the list.
    const opened = changed.has('open') || this.dialog.matches(':focus-within');
    if (this.open && opened && (changed.has('open') || changed.has('heading')))
      this.dialog.querySelector('h2')?.focus({ preventScroll: true });
  }

  private readonly dismiss = (event?: Event): void => {
    event?.preventDefault();
    this.dispatchEvent(new Event('dismiss'));
  };

  private onKey(event: KeyboardEvent): void {
    // A modal dialog handles Escape itself, with `cancel`; something open inside has the first claim to the key.
    const within = event
      .composedPath()
      .some((node) => node instanceof HTMLDialogElement && node !== this.dialog);
    if (keyOf(event) === 'Escape' && !within && !event.defaultPrevented && !this.dialog.matches(':modal'))
      this.dismiss(event);
  }

  override render() {
    return html`<dialog class="panel" aria-labelledby="heading" @cancel=${this.dismiss} @keydown=${this.onKey}>
      ${this.open ? dialogFrame({ heading: this.heading, focusHeading: true, modal: NARROW.matches, onClose: this.dismiss }) : nothing}
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'side-panel': SidePanel;
  }
}
