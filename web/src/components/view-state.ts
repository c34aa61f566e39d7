import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles/shared.ts';
import { icon, type IconName } from './icon.ts';

const KINDS = {
  empty: { icon: 'inbox', heading: 'Nothing here yet' },
  'no-match': { icon: 'search', heading: 'Nothing matches' },
  error: { icon: 'alert', heading: 'This could not be loaded' },
  denied: { icon: 'lock', heading: 'Your role does not allow this' },
  offline: { icon: 'offline', heading: 'You are offline' },
  'not-found': { icon: 'question', heading: 'Not found' },
} as const satisfies Record<string, { icon: IconName; heading: string }>;

export type ViewKind = keyof typeof KINDS;

/**
 * What a view shows instead of its content: `<view-state kind="empty" heading="No messages yet">Say what to do.
 * <button slot="actions" class="button">…</button></view-state>`. See also `problemState` for failed requests.
 */
@customElement('view-state')
export class ViewState extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        justify-items: center;
        align-content: center;
        gap: var(--space-2);
        max-width: 26rem;
        margin: 0 auto;
        padding: var(--space-12) var(--space-4);
        text-align: center;
      }
      .icon {
        display: grid;
        place-items: center;
        width: 2.5rem;
        height: 2.5rem;
        margin-bottom: var(--space-2);
        border: 1px solid var(--line);
        border-radius: var(--radius-lg);
        background: var(--raised);
        box-shadow: var(--shadow-sm);
        color: var(--ink-3);
      }
      .icon.error {
        color: var(--bad);
      }
      .icon.denied,
      .icon.offline {
        color: var(--warn);
      }
      p {
        color: var(--ink-2);
        font-size: var(--text-sm);
        text-wrap: pretty;
      }
      slot[name='actions'] {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: var(--space-2);
        margin-top: var(--space-2);
      }
    `,
  ];

  @property() kind: ViewKind = 'empty';
  @property() heading: string | null = null;
  @property() icon: IconName | null = null;

  override render() {
    const look = KINDS[this.kind];
    return html`<div class="icon ${this.kind}">${icon(this.icon ?? look.icon, 18)}</div>
      <h2>${this.heading ?? look.heading}</h2>
      <p><slot></slot></p>
      <slot name="actions"></slot>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'view-state': ViewState;
  }
}
