import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { StoreController } from '../store.ts';
import { base } from '../styles/shared.ts';
import { theme, type Theme } from '../theme.ts';
import { icon, type IconName } from './icon.ts';

const CHOICES: readonly { value: Theme; words: string; icon: IconName }[] = [
  { value: 'light', words: 'Light', icon: 'sun' },
  { value: 'dark', words: 'Dark', icon: 'moon' },
  { value: 'system', words: 'Same as system', icon: 'device' },
];

/** Light, dark or the same as the system; remembered in this browser. */
@customElement('theme-switch')
export class ThemeSwitch extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: inline-block;
      }
      fieldset {
        display: inline-flex;
        gap: var(--space-half);
        padding: var(--space-half);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--canvas);
      }
      legend {
        padding: 0;
      }
      label {
        position: relative;
        display: grid;
        place-items: center;
        width: 1.75rem;
        height: 1.5rem;
        border-radius: var(--radius-sm);
        color: var(--ink-3);
        cursor: pointer;
      }
      label:hover {
        color: var(--ink);
      }
      label:has(:checked) {
        background: var(--active);
        color: var(--ink);
      }
      label:has(:focus-visible) {
        outline: 2px solid var(--focus);
        outline-offset: 1px;
      }
      input {
        position: absolute;
        inset: 0;
        margin: 0;
        opacity: 0;
        cursor: pointer;
      }
      @media (pointer: coarse) {
        label {
          width: 2.75rem;
          height: 2.25rem;
        }
      }
      @media (forced-colors: active) {
        label:has(:checked) {
          outline: 1px solid Highlight;
        }
      }
    `,
  ];

  readonly #theme = new StoreController(this, theme);

  override render() {
    return html`<fieldset>
      <legend class="hidden-text">Theme</legend>
      ${CHOICES.map(
        (choice) => html`<label title=${choice.words}>
          <input type="radio" name="theme" aria-label=${choice.words} .checked=${choice.value === this.#theme.value} @change=${() => {
            theme.set(choice.value);
          }} />
          ${icon(choice.icon, 14)}
        </label>`,
      )}
    </fieldset>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'theme-switch': ThemeSwitch;
  }
}
