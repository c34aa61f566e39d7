import { html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { HOLD_WORDS } from '../../components/consent-words.ts';
import { icon } from '../../components/icon.ts';
import { navigate, PlaceController, withQuery } from '../../router.ts';
import { allowed } from '../../session.ts';
import { page } from '../../styles/page.ts';
import { base, buttons } from '../../styles/shared.ts';
import { tabs } from '../../styles/tabs.ts';
import { cameBack, keepSecret, secretOf } from '../../visits.ts';
import './flagged-list.ts';
import './hold-list.ts';
import type { HoldList, HoldSearchEvent } from './hold-list.ts';
import './past-failures.ts';

/** Under which a step of the browser's history keeps a search, which never becomes part of the address. */
const SEARCH = 'opt-outs-search';

const VIEWS = [
  { kind: 'opted_out', href: '/opt-outs', words: 'Opt-outs' },
  { kind: 'suppressed', href: '/opt-outs?kind=suppressed', words: 'Suppressed numbers' },
  { kind: 'flagged', href: '/opt-outs?kind=flagged', words: 'Needs review' },
  { kind: 'past', href: '/opt-outs?kind=past', words: 'Past failures' },
] as const;

/**
 * Who is not texted, and why (SUPP-1, SUPP-3): opt-outs, suppressed numbers, opt-out requests that need review (IN-7), and
 * for admins the check of past failures.
 */
@customElement('page-opt-outs')
export class PageOptOuts extends LitElement {
  static override styles = [base, buttons, page, tabs];

  readonly #place = new PlaceController<'page-opt-outs'>(this, () => {
    this.follow();
  });
  @state() private search = '';
  #kind: string | null = null;
  @query('hold-list') private readonly list!: HoldList | null;

  /** A step back brings back the search that it had; another list begins without one. */
  private follow(): void {
    const kind = this.#place.value.query.get('kind');
    const kept = cameBack() ? secretOf(SEARCH) : undefined;
    if (cameBack()) this.search = typeof kept === 'string' ? kept : '';
    else if (kind !== this.#kind) this.search = '';
    keepSecret(SEARCH, this.search);
    this.#kind = kind;
  }

  /** On a phone the tabs do not fit side by side. */
  protected override updated(): void {
    this.renderRoot
      .querySelector('.tabs [aria-current]')
      ?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  }

  override render() {
    const id = this.#place.param('holdId');
    const { query } = this.#place.value;
    const view = VIEWS.find((each) => each.kind === query.get('kind')) ?? VIEWS[0];
    const views = allowed('suppressions:manage') ? VIEWS : VIEWS.filter(({ kind }) => kind !== 'past');
    return html`<header class="page-head">
        <h1 tabindex="-1">Opt-outs</h1>
        <div class="actions">
          ${(view.kind === 'opted_out' || view.kind === 'suppressed') && allowed('suppressions:write') ? html`<button class="button primary" @click=${() => this.list?.add()}>${icon('plus', 14)} ${HOLD_WORDS[view.kind].add}</button>` : nothing}
        </div>
      </header>
      <nav class="tabs" aria-label="Opt-outs">
        ${views.map((each) => html`<a href=${each.href} aria-current=${each === view ? 'page' : nothing}>${each.words}</a>`)}
      </nav>
      ${
        view.kind === 'flagged'
          ? html`<flagged-list></flagged-list>`
          : view.kind === 'past'
            ? html`<past-failures .span=${query.get('span')}></past-failures>`
            : html`<hold-list kind=${view.kind} .opened=${id} .search=${this.search} @hold-search=${(
                event: HoldSearchEvent,
              ) => {
                const before = this.search;
                this.search = event.search;
                navigate(withQuery({}), { replace: before !== '' && event.search !== '', always: true });
              }} @lost-row=${() => {
                this.renderRoot.querySelector('h1')?.focus();
              }}></hold-list>`
      }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'page-opt-outs': PageOptOuts;
  }
}
