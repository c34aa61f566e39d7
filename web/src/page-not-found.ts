import { html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import './components/view-state.ts';
import { page } from './styles/page.ts';
import { base, buttons } from './styles/shared.ts';

/** An address that leads nowhere. */
@customElement('page-not-found')
export class PageNotFound extends LitElement {
  static override styles = [base, buttons, page];

  override render() {
    return html`<header class="page-head"><h1 tabindex="-1">Not found</h1></header>
      <view-state kind="not-found">There is no page at this address. Check it for typing errors.
        <a slot="actions" class="button" href="/inbox">Go to the inbox</a>
      </view-state>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'page-not-found': PageNotFound;
  }
}
