import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { MAX_BODY_LENGTH } from '../../../functions/src/contract/delivery.ts';
import { countSegments, type CostlyCharacter } from '../../../functions/src/contract/segments.ts';
import { base, buttons } from '../styles/shared.ts';
import { icon } from './icon.ts';

const whole = new Intl.NumberFormat('en');
const plural = (count: number, one: string, many: string): string =>
  `${whole.format(count)} ${count === 1 ? one : many}`;

function describe(costly: CostlyCharacter): string {
  const shown = costly.text.trim() === '' || costly.name.startsWith('zero') ? '' : `${costly.text} `;
  return `${shown}${costly.name}${costly.count > 1 ? ` ×${String(costly.count)}` : ''}`;
}

/**
 * What a message costs while it is written: characters, encoding, segments, and the characters that force UCS-2 by name.
 * `<segment-counter .text=${body} @simplify=${…}>`; `simplify` asks to write plain characters instead of the costly ones.
 * Nothing of it shows before something is written.
 */
@customElement('segment-counter')
export class SegmentCounter extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        gap: var(--space-2);
        color: var(--ink-2);
        font-size: var(--text-xs);
      }
      .figures {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1) var(--space-3);
        min-height: 1.5em;
        font-variant-numeric: tabular-nums;
      }
      .figures .over {
        color: var(--bad);
        font-weight: var(--weight-medium);
      }
      .figures b {
        color: var(--ink);
        font-weight: var(--weight-medium);
      }
      .costly {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-1) var(--space-2);
        padding: var(--space-2) var(--space-3);
        border-radius: var(--radius);
        background: var(--warn-soft);
        color: var(--ink);
      }
      .costly > svg {
        color: var(--warn);
      }
      .costly p {
        flex: 1 1 14rem;
        text-wrap: pretty;
      }
      .costly mark {
        padding: 0 0.2em;
        border-radius: var(--radius-sm);
        background: var(--mark);
        color: inherit;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property() text = '';

  private simplify(): void {
    this.dispatchEvent(new Event('simplify'));
  }

  private warning(costly: readonly CostlyCharacter[]) {
    const named = costly.slice(0, 6);
    const rest = costly.length - named.length;
    return html`<div class="costly">
      ${icon('alert', 14)}
      <p>
        ${plural(costly.length, 'character makes', 'characters make')} this message cost more (70 characters in a segment instead of 160):
        ${named.map((each, index) => html`${index > 0 ? ', ' : nothing}<mark>${describe(each)}</mark>`)}${rest > 0 ? ` and ${plural(rest, 'other', 'others')}` : nothing}.
      </p>
      ${costly.some((each) => each.plain !== null) ? html`<button class="button" type="button" @click=${this.simplify}>Replace with plain characters</button>` : nothing}
    </div>`;
  }

  private figures(count: ReturnType<typeof countSegments>, over: boolean) {
    return html`<span class=${over ? 'over' : ''}><b>${whole.format(count.length)}</b> of ${plural(MAX_BODY_LENGTH, 'character', 'characters')}${over ? ', too long' : nothing}</span>
      <span><b>${count.encoding}</b></span>
      <span><b>${whole.format(count.segments)}</b> ${count.segments === 1 ? 'segment' : 'segments'}</span>
      <span>${whole.format(count.unitsLeft)} left in this segment</span>`;
  }

  override render() {
    const count = countSegments(this.text);
    const over = count.length > MAX_BODY_LENGTH;
    return html`<div class="figures">${this.text === '' ? nothing : this.figures(count, over)}</div>
      ${count.costly.length > 0 ? this.warning(count.costly) : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'segment-counter': SegmentCounter;
  }
}
