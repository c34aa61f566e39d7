import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { base, buttons } from '../styles/shared.ts';
import { icon } from './icon.ts';
import './modal-dialog.ts';
import {
  badge,
  grouped,
  LIVE_WORDS,
  navStyles,
  type NavBadge,
  type NavGroup,
  type NavItem,
  type NavOperator,
} from './nav-rail.ts';
import './theme-switch.ts';

/** What waits behind several entries, together. */
function sumOf(items: readonly NavItem[]): NavBadge | null {
  const badges = items.flatMap((item) => (item.badge ? [item.badge] : []));
  const count = badges.reduce((sum, each) => sum + each.count, 0);
  return count > 0 ? { count, words: badges.map((each) => each.words).join(', ') } : null;
}

/** The navigation at the foot of a narrow screen; More opens what is not in the bar. `sign-out` asks to be signed out. */
@customElement('nav-bar')
export class NavBar extends LitElement {
  static override styles = [
    base,
    buttons,
    navStyles,
    css`
      .item {
        position: relative;
      }
      .item .badge {
        position: absolute;
        top: var(--space-1);
        left: calc(50% + 0.375rem);
      }
      .line .badge {
        margin-left: auto;
      }
      nav {
        position: fixed;
        z-index: 5;
        inset: auto 0 0;
        padding-bottom: env(safe-area-inset-bottom);
        border-top: 1px solid var(--line);
        background: var(--rail);
      }
      nav ul {
        display: grid;
        grid-template-columns: repeat(5, minmax(0, 1fr));
      }
      .item {
        display: grid;
        justify-items: center;
        align-content: center;
        gap: var(--space-half);
        width: 100%;
        min-height: var(--foot, 3.5rem);
        padding: 0 var(--space-half);
        border: 0;
        background: none;
        color: var(--ink-2);
        font: inherit;
        font-size: 0.6875rem;
        font-weight: var(--weight-medium);
        text-decoration: none;
        cursor: pointer;
      }
      .item:focus-visible {
        outline-offset: -3px;
      }
      .item[aria-current],
      .item[aria-expanded='true'] {
        color: var(--accent-ink);
      }
      .sheet {
        display: grid;
        gap: var(--space-4);
      }
      .sheet .heading {
        padding: 0;
      }
      .sheet a.line {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        min-height: 2.75rem;
        color: var(--ink);
        font-weight: var(--weight-medium);
        text-decoration: none;
        border-bottom: 1px solid var(--line);
      }
      .sheet a[aria-current] {
        color: var(--accent-ink);
      }
      .tools {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-3);
      }
      .who {
        color: var(--ink-2);
        font-size: var(--text-sm);
      }
      .who strong {
        color: var(--ink);
        font-weight: var(--weight-medium);
      }
    `,
  ];

  @property({ attribute: false }) groups: readonly NavGroup[] = [];
  @property({ attribute: false }) operator: NavOperator | null = null;
  @property() live: keyof typeof LIVE_WORDS = 'off';
  @property({ type: Boolean, attribute: 'can-send' }) canSend = false;
  @state() private open = false;

  private readonly close = (): void => {
    this.open = false;
  };

  private readonly line = (item: Pick<NavItem, 'href' | 'label' | 'icon' | 'current' | 'badge'>) =>
    html`<a
      class="line"
      href=${item.href}
      aria-current=${item.current ? 'page' : nothing}
      @click=${this.close}
    >${icon(item.icon)}${item.label}${badge(item.badge)}</a>`;

  /** What is under More, without groups that have nothing there. */
  private get rest(): NavGroup[] {
    return this.groups
      .map(({ label, items }) => ({ label, items: items.filter(({ bar }) => !bar) }))
      .filter(({ items }) => items.length > 0);
  }

  private who({ name, role, until }: NavOperator) {
    const live = LIVE_WORDS[this.live].words;
    return html`<p class="who"><strong>${name}</strong><br />${role} · session until ${until}${live === '' ? nothing : ` · ${live}`}</p>`;
  }

  override render() {
    const { rest } = this;
    const within = rest.flatMap(({ items }) => items);
    const current = within.some((item) => item.current);
    return html`<nav aria-label="Main">
        <ul>
          ${this.groups
            .flatMap(({ items }) => items)
            .filter(({ bar }) => bar)
            .map(
              (item) => html`<li><a
                class="item"
                href=${item.href}
                aria-current=${item.current ? 'page' : nothing}
              >${icon(item.icon, 18)}${item.label}${badge(item.badge)}</a></li>`,
            )}
          <li>
            <button
              class="item"
              aria-haspopup="dialog"
              aria-expanded=${this.open}
              aria-current=${current ? 'page' : nothing}
              @click=${() => {
                this.open = true;
              }}
            >${icon('menu', 18)}More${badge(sumOf(within))}</button>
          </li>
        </ul>
      </nav>
      <modal-dialog heading="Menu" ?open=${this.open} @dismiss=${this.close}>
        <div class="sheet">
          ${this.canSend ? this.line({ href: '/compose', label: 'New message', icon: 'compose', current: false, badge: null }) : nothing}
          ${grouped(rest, this.line)}
          <div class="tools">
            <theme-switch></theme-switch>
            <a class="button" href="/team/password" @click=${this.close}>${icon('sliders', 14)} Your settings</a>
            <button class="button" @click=${() => this.dispatchEvent(new Event('sign-out'))}>${icon('sign-out', 14)} Sign out</button>
          </div>
          ${this.operator ? this.who(this.operator) : nothing}
        </div>
      </modal-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nav-bar': NavBar;
  }
}
