import { html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { announcement } from '../announce.ts';
import { StoreController } from '../store.ts';
import { base } from '../styles/shared.ts';

/**
 * The shell's live region while a modal dialog covers it: what lies behind one is inert, and is not spoken. A dialog
 * holds this while it is open; it says what is announced from then on.
 */
@customElement('live-words')
export class LiveWords extends LitElement {
  static override styles = [base];

  readonly #said = new StoreController(this, announcement);
  #before = announcement.value;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#before = announcement.value;
  }

  override render() {
    const { value } = this.#said;
    return html`<div class="hidden-text" role="status" aria-live="polite">${value === this.#before ? '' : value}</div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'live-words': LiveWords;
  }
}
