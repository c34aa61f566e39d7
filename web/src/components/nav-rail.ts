import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base, buttons } from '../styles/shared.ts';
import { brandMark } from './brand-mark.ts';
import { icon, type IconName } from './icon.ts';
import './theme-switch.ts';

export interface NavItem {
  href: string;
  label: string;
  icon: IconName;
  current: boolean;
}

/** Who is signed in, in words for the foot of the navigation. */
export interface NavOperator {
  name: string;
  role: string;
  /** When the session ends, `18:42`. */
  until: string;
}

export const LIVE_WORDS = {
  off: { words: 'Not connected', tone: 'paused' },
  connecting: { words: 'Connecting…', tone: 'connecting' },
  live: { words: 'Live', tone: 'live' },
  paused: { words: 'Updates paused', tone: 'paused' },
} as const;

/** The navigation at the left of a wide screen. `sign-out` asks to be signed out. */
@customElement('nav-rail')
export class NavRail extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        position: sticky;
        top: 0;
        display: flex;
        flex-direction: column;
        gap: var(--space-4);
        height: 100dvh;
        padding: var(--space-3);
        overflow: auto;
        border-right: 1px solid var(--line);
        background: var(--rail);
      }
      .brand {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        min-height: 1.75rem;
        padding: 0 var(--space-2);
        color: var(--ink);
        font-weight: var(--weight-strong);
        letter-spacing: -0.011em;
        text-decoration: none;
      }
      nav ul {
        display: grid;
        gap: 1px;
      }
      .item {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        min-height: 1.875rem;
        padding: 0 var(--space-2);
        border-radius: var(--radius);
        color: var(--ink-2);
        font-size: var(--text-sm);
        font-weight: var(--weight-medium);
        text-decoration: none;
      }
      .item:hover {
        background: var(--hover);
        color: var(--ink);
      }
      .item[aria-current] {
        background: var(--active);
        color: var(--ink);
      }
      .item[aria-current] svg {
        color: var(--accent-ink);
      }
      .foot {
        display: grid;
        gap: var(--space-3);
        margin-top: auto;
      }
      .state {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        padding: 0 var(--space-2);
        color: var(--ink-2);
        font-size: var(--text-xs);
      }
      .dot {
        width: 0.4375rem;
        height: 0.4375rem;
        margin: 0 0.25rem;
        border-radius: 50%;
        border: 1.5px solid var(--ink-3);
      }
      .dot.live {
        border-color: transparent;
        background: var(--good);
      }
      .dot.paused {
        border-color: var(--warn);
      }
      .who {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        padding: var(--space-3) 0 0 var(--space-2);
        border-top: 1px solid var(--line);
      }
      .who div {
        flex: 1;
        min-width: 0;
        font-size: var(--text-xs);
        color: var(--ink-2);
      }
      .who strong {
        display: block;
        overflow: hidden;
        color: var(--ink);
        font-size: var(--text-sm);
        font-weight: var(--weight-medium);
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .tools {
        display: flex;
        align-items: center;
        justify-content: space-between;
        padding-left: var(--space-2);
      }
    `,
  ];

  @property({ attribute: false }) items: readonly NavItem[] = [];
  @property({ attribute: false }) operator: NavOperator | null = null;
  @property() live: keyof typeof LIVE_WORDS = 'off';
  @property({ type: Boolean, attribute: 'can-send' }) canSend = false;

  override render() {
    const live = LIVE_WORDS[this.live];
    return html`<a class="brand" href="/inbox">${brandMark()} Parley</a>
      ${this.canSend ? html`<a class="button" href="/compose">${icon('compose', 14)} New message</a>` : nothing}
      <nav aria-label="Main">
        <ul>
          ${this.items.map((item) => html`<li><a class="item" href=${item.href} aria-current=${item.current ? 'page' : nothing}>${icon(item.icon)}${item.label}</a></li>`)}
        </ul>
      </nav>
      <div class="foot">
        <p class="state"><span class="dot ${live.tone}"></span>${live.words}</p>
        <div class="tools">
          <theme-switch></theme-switch>
          <button class="button quiet icon" aria-label="Sign out" title="Sign out" @click=${() => this.dispatchEvent(new Event('sign-out'))}>${icon('sign-out')}</button>
        </div>
        ${
          this.operator
            ? html`<div class="who">
              <div><strong title=${this.operator.name}>${this.operator.name}</strong>${this.operator.role} · session until ${this.operator.until}</div>
            </div>`
            : nothing
        }
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nav-rail': NavRail;
  }
}
