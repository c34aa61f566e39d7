import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { base, buttons } from '../styles/shared.ts';
import { icon } from './icon.ts';
import './live-words.ts';

/** Below this width the panel covers the screen and is modal. */
const NARROW = window.matchMedia('(max-width: 51.25rem)');

/**
 * Details beside a list: `<side-panel heading="Ada Lovelace" ?open=${id !== null} @dismiss=${close}> … </side-panel>`.
 * Beside the list on a wide screen (the list stays usable), over it on a phone. The heading takes the focus when it
 * opens; closing gives it back. Escape and the cross ask with `dismiss`; the owner sets `open`. `slot="actions"` is for
 * buttons beside the heading, `slot="footer"` for those that stay at the foot.
 */
@customElement('side-panel')
export class SidePanel extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      dialog {
        position: fixed;
        inset: 0 0 0 auto;
        z-index: 6;
        width: min(100%, var(--panel-width));
        height: 100dvh;
        max-height: none;
        max-width: none;
        margin: 0;
        padding: 0;
        border: 0;
        border-left: 1px solid var(--line);
        background: var(--raised);
        box-shadow: var(--shadow-lg);
        color: var(--ink);
      }
      dialog[open] {
        display: flex;
        flex-direction: column;
        animation: arrive var(--calm) var(--ease);
      }
      dialog::backdrop {
        background: var(--scrim);
      }
      header {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        min-height: 3.25rem;
        padding: var(--space-2) var(--space-3) var(--space-2) var(--space-5);
        border-bottom: 1px solid var(--line);
      }
      h2 {
        flex: 1;
        min-width: 0;
        font-size: var(--text-lg);
        overflow-wrap: anywhere;
      }
      .body {
        flex: 1;
        overflow: auto;
        padding: var(--space-5);
        overscroll-behavior: contain;
      }
      ::slotted([slot='footer']) {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: var(--space-2);
        padding: var(--space-3) var(--space-5);
        border-top: 1px solid var(--line);
      }
      @keyframes arrive {
        from {
          opacity: 0;
          transform: translateX(12px);
        }
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
  }

  /** The window became narrow or wide: modal and not modal are two ways of opening. */
  private readonly reopen = (): void => {
    if (!this.dialog.open) return;
    this.dialog.close();
    this.show();
    this.requestUpdate();
  };

  private show(): void {
    if (NARROW.matches) this.dialog.showModal();
    else this.dialog.show();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('open')) {
      if (this.open && !this.dialog.open) this.show();
      if (!this.open && this.dialog.open) this.dialog.close();
    }
    if (this.open && (changed.has('open') || changed.has('heading')))
      this.dialog.querySelector('h2')?.focus();
  }

  private dismiss(event?: Event): void {
    event?.preventDefault();
    this.dispatchEvent(new Event('dismiss'));
  }

  private onKey(event: KeyboardEvent): void {
    // A modal dialog handles Escape itself, with `cancel`; something open inside has the first claim to the key.
    const within = event
      .composedPath()
      .some((node) => node instanceof HTMLDialogElement && node !== this.dialog);
    if (event.key === 'Escape' && !within && !event.defaultPrevented && !this.dialog.matches(':modal'))
      this.dismiss(event);
  }

  override render() {
    return html`<dialog aria-labelledby="heading" @cancel=${this.dismiss} @keydown=${this.onKey}>
      ${
        this.open
          ? html`<header>
              <h2 id="heading" tabindex="-1" autofocus>${this.heading}</h2>
              <slot name="actions"></slot>
              <button class="button quiet icon" aria-label="Close" @click=${this.dismiss}>${icon('close')}</button>
            </header>
            <div class="body"><slot></slot></div>
            <slot name="footer"></slot>
            ${NARROW.matches ? html`<live-words></live-words>` : nothing}`
          : nothing
      }
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'side-panel': SidePanel;
  }
}
