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
 * What a text costs while it is written: characters, encoding, segments, and the characters that force UCS-2 by name.
 * `<segment-counter .text=${body} @simplify=${…}>`; `simplify` asks to write plain characters instead of the costly ones.
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
        ${plural(costly.length, 'character makes', 'characters make')} this text cost more (70 instead of 160 in a segment):
        ${named.map((each, index) => html`${index > 0 ? ', ' : nothing}<mark>${describe(each)}</mark>`)}${rest > 0 ? ` and ${plural(rest, 'other', 'others')}` : nothing}.
      </p>
      ${costly.some((each) => each.plain !== null) ? html`<button class="button" type="button" @click=${this.simplify}>Use plain ones</button>` : nothing}
    </div>`;
  }

  override render() {
    const count = countSegments(this.text);
    const over = count.length > MAX_BODY_LENGTH;
    return html`<div class="figures">
        <span class=${over ? 'over' : ''}><b>${whole.format(count.length)}</b> of ${plural(MAX_BODY_LENGTH, 'character', 'characters')}${over ? ', too long' : nothing}</span>
        <span><b>${count.encoding}</b></span>
        <span><b>${this.text === '' ? '0' : whole.format(count.segments)}</b> ${count.segments === 1 && this.text !== '' ? 'segment' : 'segments'}</span>
        ${this.text === '' ? nothing : html`<span>${plural(count.unitsLeft, 'character', 'characters')} left in it</span>`}
      </div>
      ${count.costly.length > 0 ? this.warning(count.costly) : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'segment-counter': SegmentCounter;
  }
}
