import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles/shared.ts';

/** Grey bars in the place of rows that are on their way; they show only after a moment, so that fast answers do not flash. */
@customElement('loading-rows')
export class LoadingRows extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        animation: appear 0s 150ms both;
      }
      .line {
        display: grid;
        grid-template-columns: 7rem 9rem minmax(0, 1fr) 5rem;
        gap: var(--space-6);
        align-items: center;
        height: 2.75rem;
        padding: 0 var(--space-6);
        border-bottom: 1px solid var(--line);
      }
      .bar {
        height: 0.625rem;
        border-radius: var(--radius-full);
        background: var(--active);
        animation: breathe 1.6s var(--ease) infinite alternate;
      }
      .line:nth-child(3n) .bar:nth-child(3) {
        width: 62%;
      }
      .line:nth-child(3n + 1) .bar:nth-child(3) {
        width: 84%;
      }
      .line:nth-child(3n + 2) .bar:nth-child(3) {
        width: 46%;
      }
      @keyframes appear {
        from {
          visibility: hidden;
        }
      }
      @keyframes breathe {
        from {
          opacity: 1;
        }
        to {
          opacity: 0.45;
        }
      }
      @media (max-width: 40rem) {
        .line {
          grid-template-columns: 40% minmax(0, 1fr);
          height: 4.5rem;
          padding: 0 var(--space-4);
        }
        .bar:nth-child(n + 3) {
          display: none;
        }
      }
    `,
  ];

  @property({ type: Number }) count = 8;

  override render() {
    const lines = Array.from({ length: this.count });
    return html`<p class="hidden-text" role="status">Loading…</p>
      <div aria-hidden="true">
        ${lines.map(() => html`<div class="line"><span class="bar"></span><span class="bar"></span><span class="bar"></span><span class="bar"></span></div>`)}
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'loading-rows': LoadingRows;
  }
}
