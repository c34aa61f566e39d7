import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../../components/icon.ts';
import '../../components/view-state.ts';
import { PlaceController } from '../../router.ts';
import { page } from '../../styles/page.ts';
import { base, buttons } from '../../styles/shared.ts';
import { tabs } from '../../styles/tabs.ts';
import './code-list.ts';
import './limits-form.ts';

const VIEWS = [
  { tab: 'limits', href: '/settings/limits', words: 'Sending limits' },
  { tab: 'error-codes', href: '/settings/error-codes', words: 'Error codes' },
] as const;

/** Settings of the whole team: the sending limits (OUT-11) and what error codes mean for a number (SUPP-2). */
@customElement('page-settings')
export class PageSettings extends LitElement {
  static override styles = [base, buttons, page, tabs];

  readonly #place = new PlaceController<'page-settings'>(this);

  private view(tab: string): TemplateResult {
    const { query } = this.#place.value;
    switch (tab) {
      case 'limits':
        return html`<limits-form></limits-form>`;
      case 'error-codes':
        return html`<code-list .search=${query.get('q') ?? ''} .show=${query.get('show')} .opened=${query.get('code')}></code-list>`;
      default:
        return html`<view-state kind="not-found">There is no such settings page. <a slot="actions" class="button" href="/settings">View sending limits</a></view-state>`;
    }
  }

  override render() {
    const tab = this.#place.param('tab') ?? 'limits';
    return html`<header class="page-head">
        <h1 tabindex="-1">Settings</h1>
        <div class="actions"><a class="button quiet" href="/team/password">${icon('person', 14)} Your settings</a></div>
      </header>
      <nav class="tabs" aria-label="Settings">
        ${VIEWS.map((each) => html`<a href=${each.href} aria-current=${each.tab === tab ? 'page' : nothing}>${each.words}</a>`)}
      </nav>
      ${this.view(tab)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'page-settings': PageSettings;
  }
}
