import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base, buttons } from '../styles/shared.ts';
import { brandMark } from './brand-mark.ts';
import { icon, type IconName } from './icon.ts';
import './theme-switch.ts';

/** How much waits behind an item. */
export interface NavBadge {
  count: number;
  /** In words, for those who do not see it: `2 opt-out requests need review`. */
  words: string;
}

export interface NavItem {
  href: string;
  label: string;
  icon: IconName;
  current: boolean;
  badge: NavBadge | null;
  /** Also in the bar at the foot of a narrow screen. */
  bar: boolean;
}

/** Entries of one subject, under its heading. */
export interface NavGroup {
  label: string;
  items: readonly NavItem[];
}

/** Who is signed in, in words for the foot of the navigation. */
export interface NavOperator {
  name: string;
  role: string;
  /** When the session ends, `18:42`. */
  until: string;
}

export const LIVE_WORDS = {
  /** Connecting, and not for long yet: no word. */
  soon: { words: '', tone: 'soon' },
  off: { words: 'Not connected', tone: 'paused' },
  connecting: { words: 'Connecting…', tone: 'connecting' },
  live: { words: 'Live', tone: 'live' },
  paused: { words: 'Updates paused', tone: 'paused' },
} as const;

/** A figure at the end of an item, with its words for screen readers. */
export function badge(shown: NavBadge | null): TemplateResult | typeof nothing {
  return shown
    ? html`<span class="badge num" aria-hidden="true" title=${shown.words}>${shown.count > 99 ? '99+' : shown.count}</span><span class="hidden-text">, ${shown.words}</span>`
    : nothing;
}

/** The entries of each subject under its heading; `line` draws one. */
export function grouped(
  groups: readonly NavGroup[],
  line: (item: NavItem) => TemplateResult,
): TemplateResult[] {
  return groups.map(
    ({ label, items }, index) => html`<div>
      <p class="heading" id="group-${index}">${label}</p>
      <ul aria-labelledby="group-${index}">${items.map((item) => html`<li>${line(item)}</li>`)}</ul>
    </div>`,
  );
}

/** Of badges and headings, for both navigations. */
export const navStyles = css`
  .heading {
    padding: 0 var(--space-2);
    color: var(--ink-2);
    font-size: var(--text-xs);
    line-height: 1.5rem;
  }
  .badge {
    min-width: 1.25rem;
    padding: 0 var(--space-1);
    border-radius: var(--radius-full);
    background: var(--warn-soft);
    color: var(--warn);
    font-size: var(--text-xs);
    line-height: 1.25rem;
    text-align: center;
  }
`;

/** The navigation at the left of a wide screen. `sign-out` asks to be signed out. */
@customElement('nav-rail')
export class NavRail extends LitElement {
  static override styles = [
    base,
    buttons,
    navStyles,
    css`
      .badge {
        margin-left: auto;
      }
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
      nav {
        display: grid;
        gap: var(--space-3);
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
        min-height: 1.125rem;
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
      .dot.soon {
        visibility: hidden;
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
        width: 100%;
        padding: var(--space-2);
        border: 0;
        border-radius: var(--radius);
        background: none;
        color: var(--ink-2);
        font: inherit;
        font-size: var(--text-xs);
        text-align: left;
        cursor: pointer;
      }
      .who:hover,
      .who:has(+ :popover-open) {
        background: var(--hover);
      }
      .who > span {
        display: block;
        flex: 1;
        min-width: 0;
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
      .menu {
        position: fixed;
        inset: auto auto 4.25rem var(--space-3);
        width: calc(var(--rail-width) - 2 * var(--space-3));
        margin: 0;
        padding: var(--space-3);
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--raised);
        box-shadow: var(--shadow-md);
        color: var(--ink);
      }
      .menu:popover-open {
        display: grid;
        gap: var(--space-3);
      }
    `,
  ];

  @property({ attribute: false }) groups: readonly NavGroup[] = [];
  @property({ attribute: false }) operator: NavOperator | null = null;
  @property() live: keyof typeof LIVE_WORDS = 'off';
  @property({ type: Boolean, attribute: 'can-send' }) canSend = false;

  override render() {
    const live = LIVE_WORDS[this.live];
    return html`<a class="brand" href="/inbox">${brandMark()} Parley</a>
      ${this.canSend ? html`<a class="button" href="/compose">${icon('compose', 14)} New message</a>` : nothing}
      <nav aria-label="Main">
        ${grouped(
          this.groups,
          (item) => html`<a
            class="item"
            href=${item.href}
            aria-current=${item.current ? 'page' : nothing}
          >${icon(item.icon)}${item.label}${badge(item.badge)}</a>`,
        )}
      </nav>
      <div class="foot">
        <p class="state"><span class="dot ${live.tone}"></span>${live.words}</p>
        ${this.operator ? this.menu(this.operator) : nothing}
      </div>`;
  }

  /** A link inside does not close it by itself. */
  private close(): void {
    this.renderRoot.querySelector<HTMLElement>('.menu')?.hidePopover();
  }

  /** What is about the one who is signed in stands behind their name. */
  private menu({ name, role, until }: NavOperator) {
    return html`<div>
      <button class="who" popovertarget="menu">
        <span><strong title=${name}>${name}</strong><span title="When your session ends">${role} · until ${until}</span></span>
        ${icon('more')}
      </button>
      <div class="menu" id="menu" popover role="group" aria-label="Your menu">
        <theme-switch></theme-switch>
        <a class="button" href="/team/password" @click=${this.close}>${icon('sliders', 14)} Your settings</a>
        <button class="button" @click=${() => this.dispatchEvent(new Event('sign-out'))}>${icon('sign-out', 14)} Sign out</button>
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nav-rail': NavRail;
  }
}
