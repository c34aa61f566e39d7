import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles/shared.ts';
import { absoluteTime, relativeTime, secondsOf, shortTime, utcTime, zoneLabel } from './format-time.ts';

/** All stamps on screen renew what they say together, twice a minute. */
const onScreen = new Set<TimeStamp>();
setInterval(() => {
  for (const stamp of onScreen) stamp.requestUpdate();
}, 30_000);

/**
 * A time in the viewer's zone, with the zone's label; UTC shows on hover, and on focus with `focusable`.
 * `<time-stamp at=${item.receivedAt}>` in full; `kind="short"` for lists (`5 min. ago`, then the time, then the day);
 * `kind="both"` in full and how long ago. Inside a link that has the focus, set `--time-tip: visible` to show UTC there;
 * `--time-seconds: none` where there is little room.
 */
@customElement('time-stamp')
export class TimeStamp extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        position: relative;
        display: inline-block;
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      :host([kind='both']) {
        white-space: normal;
      }
      .seconds {
        display: var(--time-seconds, inline);
      }
      .zone,
      .ago {
        color: var(--ink-3);
        font-size: 0.9em;
      }
      .tip {
        position: absolute;
        z-index: 5;
        bottom: calc(100% + 4px);
        left: 0;
        visibility: var(--time-tip, hidden);
        padding: var(--space-half) var(--space-2);
        border-radius: var(--radius-sm);
        background: var(--ink);
        color: var(--canvas);
        font-size: var(--text-xs);
        line-height: 1.5;
        white-space: nowrap;
        pointer-events: none;
      }
      :host(:hover) .tip,
      time:focus-visible + .tip {
        visibility: visible;
      }
      :host([tip='end']) .tip {
        left: auto;
        right: 0;
      }
    `,
  ];

  /** An instant in ISO 8601. */
  @property() at = '';
  @property({ reflect: true }) kind: 'full' | 'short' | 'both' = 'full';
  /** Lets the keyboard reach it; leave out inside links and buttons. */
  @property({ type: Boolean }) focusable = false;
  /** Which edge the hint with UTC keeps to; `end` at the right of the screen. */
  @property({ reflect: true }) tip: 'start' | 'end' = 'start';

  override connectedCallback(): void {
    super.connectedCallback();
    onScreen.add(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    onScreen.delete(this);
  }

  override render() {
    const at = new Date(this.at);
    if (Number.isNaN(at.getTime())) return nothing;
    const now = new Date();
    const text =
      this.kind === 'short'
        ? shortTime(at, now)
        : html`${absoluteTime(at, now)}<span class="seconds">${secondsOf(at)}</span> <span class="zone">${zoneLabel(at)}</span>${this.kind === 'both' ? html` <span class="ago">· ${relativeTime(at, now)}</span>` : nothing}`;
    const hint =
      this.kind === 'short'
        ? `${absoluteTime(at, now)}${secondsOf(at)} ${zoneLabel(at)} · ${utcTime(at)}`
        : utcTime(at);
    return html`<time datetime=${this.at} tabindex=${this.focusable ? 0 : nothing}>${text}</time><span class="tip" aria-hidden="true">${hint}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'time-stamp': TimeStamp;
  }
}
