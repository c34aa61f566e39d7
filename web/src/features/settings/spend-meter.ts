import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../../styles/shared.ts';
import { clockTime } from '../../components/format-time.ts';
import { icon } from '../../components/icon.ts';
import { dollarWords, spendShare } from './limits-draft.ts';

/** From this share on it is time to look. */
const NEAR = 0.8;

/** What today's messages cost so far, and how near that is to the limit: `<spend-meter .spent=${1.23} .limit=${50}>`. */
@customElement('spend-meter')
export class SpendMeter extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: var(--space-3);
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: space-between;
        gap: var(--space-1) var(--space-4);
      }
      strong {
        font-size: var(--text-xl);
        font-weight: var(--weight-strong);
        letter-spacing: -0.011em;
      }
      .of,
      .about {
        color: var(--ink-2);
        font-size: var(--text-sm);
      }
      .tone {
        display: inline-flex;
        align-items: center;
        gap: var(--space-1);
        font-size: var(--text-sm);
        font-weight: var(--weight-medium);
      }
      .warn {
        color: var(--warn);
      }
      .bad {
        color: var(--bad);
      }
      .track {
        height: 0.5rem;
        overflow: hidden;
        border-radius: var(--radius-full);
        background: var(--active);
      }
      .track div {
        width: var(--share);
        min-width: 0.25rem;
        height: 100%;
        border-radius: var(--radius-full);
        background: var(--accent);
      }
      .track .warn {
        background: var(--warn);
      }
      .track .bad {
        background: var(--bad);
      }
      @media (forced-colors: active) {
        .track {
          border: 1px solid CanvasText;
        }
        .track div {
          background: Highlight;
        }
      }
    `,
  ];

  @property({ attribute: false }) spent = 0;
  @property({ attribute: false }) limit: number | null = null;

  /** The next midnight of UTC, when the count resets, also in the reader's own zone. */
  private get dayEnds(): string {
    const now = new Date();
    const midnight = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1));
    const same = midnight.getHours() === 0 && midnight.getMinutes() === 0;
    return same ? 'midnight UTC' : `midnight UTC (${clockTime(midnight)} your time)`;
  }

  /** By the object model, since the content security policy takes no style attribute. */
  protected override updated(): void {
    const share = spendShare({ spentToday: this.spent, dailySpend: this.limit }) ?? 0;
    this.style.setProperty('--share', `${String(Math.min(100, share * 100))}%`);
  }

  private mark(share: number) {
    if (share >= 1)
      return html`<span class="tone bad">${icon('error', 14)} Limit reached: messages are refused</span>`;
    if (share >= NEAR) return html`<span class="tone warn">${icon('alert', 14)} Nearly reached</span>`;
    return nothing;
  }

  override render() {
    const { spent, limit } = this;
    const share = spendShare({ spentToday: spent, dailySpend: limit });
    const of = limit === null ? 'spent today, no limit' : `of ${dollarWords(limit)} spent today`;
    const tone = share === null || share < NEAR ? '' : share >= 1 ? 'bad' : 'warn';
    return html`<div class="line">
        <p><strong class="num">${dollarWords(spent)}</strong> <span class="of num">${of}</span></p>
        ${share === null ? nothing : this.mark(share)}
      </div>
      ${
        share === null || limit === null
          ? nothing
          : html`<div class="track" role="meter" aria-label="Spent today" aria-valuemin="0" aria-valuemax=${limit} aria-valuenow=${Math.min(spent, limit)} aria-valuetext="${dollarWords(spent)} ${of}">
              <div class=${tone}></div>
            </div>`
      }
      <p class="about">Estimated from accepted messages at list price. Resets at ${this.dayEnds}.</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'spend-meter': SpendMeter;
  }
}
