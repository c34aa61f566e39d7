import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles/shared.ts';
import {
  dateTime,
  dateTimeSeconds,
  plannedTime,
  relativeTime,
  shortTime,
  utcTime,
  zoneLabel,
} from './format-time.ts';

/** All stamps on screen renew what they say together, twice a minute. */
const onScreen = new Set<TimeStamp>();
setInterval(() => {
  for (const stamp of onScreen) stamp.requestUpdate();
}, 30_000);

/**
 * A time in the viewer's zone and way of writing, with the zone's label; to the second and in UTC on hover, and on focus
 * with `focusable`. `<time-stamp at=${item.receivedAt}>` to the minute; `kind="short"` for narrow lists (`5 min. ago`,
 * then the time, then the day); `kind="planned"` with the
 * day of the week; `kind="exact"` to the second, for details; `kind="both"` the same and how long ago. Inside
 * a link that has the focus, set `--time-tip: visible` to show the hint there.
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
  @property({ reflect: true }) kind: 'full' | 'short' | 'exact' | 'both' | 'planned' = 'full';
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
    const { kind } = this;
    const zone = html` <span class="zone">${zoneLabel(at)}</span>`;
    const text =
      kind === 'short'
        ? shortTime(at, now)
        : kind === 'full' || kind === 'planned'
          ? html`${kind === 'full' ? dateTime(at) : plannedTime(at)}${zone}`
          : html`${dateTimeSeconds(at)}${zone}${kind === 'both' ? html` <span class="ago">· ${relativeTime(at, now)}</span>` : nothing}`;
    const exact = kind === 'exact' || kind === 'both';
    const hint = exact ? utcTime(at) : `${dateTimeSeconds(at)} ${zoneLabel(at)} · ${utcTime(at)}`;
    return html`<time datetime=${this.at} tabindex=${this.focusable ? 0 : nothing}>${text}</time><span class="tip" aria-hidden="true">${hint}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'time-stamp': TimeStamp;
  }
}
