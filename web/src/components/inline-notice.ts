import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles/shared.ts';
import { icon, type IconName } from './icon.ts';

const ICONS = { good: 'check', warn: 'alert', bad: 'error', info: 'info' } as const satisfies Record<
  string,
  IconName
>;

/**
 * A sentence or two within a page or form: `<inline-notice tone="bad">…</inline-notice>`. Add `role="alert"` on the
 * element when it appears as the answer to something the reader did.
 */
@customElement('inline-notice')
export class InlineNotice extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: var(--space-2);
        padding: var(--space-2) var(--space-3);
        border-radius: var(--radius);
        background: var(--info-soft);
        color: var(--ink);
        font-size: var(--text-sm);
        text-wrap: pretty;
      }
      .icon {
        padding-top: 0.125rem;
        color: var(--info);
      }
      :host([tone='good']) {
        background: var(--good-soft);
      }
      :host([tone='good']) .icon {
        color: var(--good);
      }
      :host([tone='warn']) {
        background: var(--warn-soft);
      }
      :host([tone='warn']) .icon {
        color: var(--warn);
      }
      :host([tone='bad']) {
        background: var(--bad-soft);
      }
      :host([tone='bad']) .icon {
        color: var(--bad);
      }
    `,
  ];

  @property({ reflect: true }) tone: keyof typeof ICONS = 'info';

  override render() {
    return html`<span class="icon">${icon(ICONS[this.tone])}</span>
      <div><slot></slot></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'inline-notice': InlineNotice;
  }
}
