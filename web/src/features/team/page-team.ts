import { html, LitElement, nothing } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { icon } from '../../components/icon.ts';
import { PlaceController } from '../../router.ts';
import { allowed } from '../../session.ts';
import { page } from '../../styles/page.ts';
import { base, buttons } from '../../styles/shared.ts';
import { tabs } from '../../styles/tabs.ts';
import './own-password.ts';
import './own-undo.ts';
import './team-operators.ts';
import type { TeamOperators } from './team-operators.ts';
import './team-sessions.ts';

const VIEWS = [
  { href: '/team', words: 'Operators' },
  { href: '/team/sessions', words: 'Sessions' },
  { href: '/team/password', words: 'Your settings' },
] as const;

/** Operators, live sessions, and one's own settings. `/team/<id>` opens an operator. */
@customElement('page-team')
export class PageTeam extends LitElement {
  static override styles = [base, buttons, page, tabs];

  readonly #place = new PlaceController<'page-team'>(this);
  @query('team-operators') private readonly operators!: TeamOperators | null;

  override render() {
    const { query } = this.#place.value;
    const view = VIEWS.find(({ href }) => this.#place.at(href)) ?? VIEWS[0];
    return html`<header class="page-head">
        <h1 tabindex="-1">Team</h1>
        <div class="actions">
          ${
            view === VIEWS[0] && allowed('team:write')
              ? html`<button class="button primary" @click=${() => this.operators?.invite()}>${icon('plus', 14)} Invite</button>`
              : nothing
          }
        </div>
      </header>
      <nav class="tabs" aria-label="Team">
        ${VIEWS.map((each) => html`<a href=${each.href} aria-current=${each === view ? 'page' : nothing}>${each.words}</a>`)}
      </nav>
      ${
        view.href === '/team/sessions'
          ? html`<team-sessions ?all=${query.get('all') === 'true' && allowed('sessions:any')}></team-sessions>`
          : view.href === '/team/password'
            ? html`${allowed('messages:send') ? html`<own-undo></own-undo>` : nothing}<own-password></own-password>`
            : html`<team-operators .operatorId=${this.#place.param('operatorId')}></team-operators>`
      }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'page-team': PageTeam;
  }
}
