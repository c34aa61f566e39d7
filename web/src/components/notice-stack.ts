import { css, html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { dismissNotice, notices, type Notice } from '../announce.ts';
import { StoreController } from '../store.ts';
import { base, buttons } from '../styles/shared.ts';
import { icon } from './icon.ts';

const ICONS = { good: 'check', bad: 'error', info: 'info' } as const;

/** The notices of `notify()`, at the foot of the screen. The live region of the shell says them; this only shows them. */
@customElement('notice-stack')
export class NoticeStack extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        position: fixed;
        z-index: 20;
        bottom: calc(var(--space-4) + var(--foot, 0px) + env(safe-area-inset-bottom));
        left: 50%;
        display: grid;
        gap: var(--space-2);
        width: min(100% - var(--space-8), 26rem);
        transform: translateX(-50%);
        pointer-events: none;
      }
      .notice {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        min-height: 2.5rem;
        padding: var(--space-1) var(--space-1) var(--space-1) var(--space-3);
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--raised);
        box-shadow: var(--shadow-lg);
        font-size: var(--text-sm);
        pointer-events: auto;
        animation: rise var(--calm) var(--ease);
      }
      .text {
        flex: 1;
        padding: var(--space-1) 0;
      }
      .good {
        color: var(--good);
      }
      .bad {
        color: var(--bad);
      }
      .info {
        color: var(--info);
      }
      @keyframes rise {
        from {
          opacity: 0;
          transform: translateY(8px);
        }
      }
    `,
  ];

  readonly #notices = new StoreController(this, notices);

  private one(notice: Notice) {
    return html`<div class="notice">
      <span class=${notice.tone}>${icon(ICONS[notice.tone])}</span>
      <p class="text">${notice.text}${notice.link ? html` <a href=${notice.link.href}>${notice.link.label}</a>` : nothing}</p>
      <button class="button quiet icon" aria-label="Dismiss" @click=${() => {
        dismissNotice(notice.id);
      }}>${icon('close', 14)}</button>
    </div>`;
  }

  override render() {
    return repeat(
      this.#notices.value,
      (notice) => notice.id,
      (notice) => this.one(notice),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'notice-stack': NoticeStack;
  }
}
