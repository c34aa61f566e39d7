import { css } from 'lit';

/** In every element that shows text: reset, headings, links, the focus ring, `.hidden-text` for screen readers only. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h1,
  h2,
  h3 {
    font-weight: var(--weight-strong);
    line-height: var(--leading-tight);
    letter-spacing: -0.011em;
  }
  h1 {
    font-size: var(--text-lg);
  }
  h2 {
    font-size: var(--text-md);
  }
  h3 {
    font-size: var(--text-sm);
  }
  h1:focus,
  h2:focus {
    outline: none;
  }
  a {
    color: var(--accent-ink);
    text-underline-offset: 0.2em;
    text-decoration-thickness: 1px;
  }
  code {
    font-family: var(--font-mono);
    font-size: 0.925em;
  }
  svg {
    display: block;
    flex: none;
  }
  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
    border-radius: var(--radius-sm);
  }
  .hidden-text {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .muted {
    color: var(--ink-2);
  }
  .faint {
    color: var(--ink-3);
  }
  .nowrap {
    white-space: nowrap;
  }
  .num {
    font-variant-numeric: tabular-nums;
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
`;

/**
 * `class="button"`, with `primary` (one a view), `danger`, `quiet` (no border) and `icon` (square; needs an aria-label).
 * Works on `button` and `a`.
 */
export const buttons = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--space-2);
    min-height: var(--control);
    padding: 0 var(--space-3);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--raised);
    box-shadow: var(--shadow-sm);
    color: var(--ink);
    font: inherit;
    font-size: var(--text-sm);
    font-weight: var(--weight-medium);
    line-height: 1.2;
    text-decoration: none;
    white-space: nowrap;
    cursor: pointer;
    user-select: none;
    transition: background var(--quick) var(--ease), border-color var(--quick) var(--ease), color var(--quick) var(--ease);
  }
  .button:hover {
    background: var(--hover);
  }
  .button:active {
    background: var(--active);
  }
  .button:focus-visible {
    border-radius: var(--radius);
  }
  .button.primary {
    border-color: transparent;
    background: var(--accent);
    color: var(--ink-on-accent);
  }
  .button.primary:hover {
    background: var(--accent-hover);
  }
  .button.danger {
    border-color: transparent;
    background: var(--bad-strong);
    color: #fff;
  }
  .button.danger:hover {
    filter: brightness(1.08);
  }
  .button.quiet {
    border-color: transparent;
    background: transparent;
    box-shadow: none;
    color: var(--ink-2);
  }
  .button.quiet:hover,
  .button.quiet[aria-expanded='true'] {
    background: var(--hover);
    color: var(--ink);
  }
  .button.icon {
    width: var(--control);
    padding: 0;
  }
  .button:disabled,
  .button[aria-disabled='true'] {
    opacity: 0.55;
    cursor: default;
  }
  @media (forced-colors: active) {
    .button {
      border-color: ButtonText;
    }
  }
`;

/** Label, hint, control and error as `components/field.ts` lays them out; also plain `input`, `select`, `textarea`. */
export const fields = css`
  .field {
    display: grid;
    gap: var(--space-1);
    min-width: 0;
  }
  .field > label,
  .field > .label {
    font-size: var(--text-sm);
    font-weight: var(--weight-medium);
  }
  .field .optional {
    font-weight: 400;
    color: var(--ink-3);
  }
  .field .hint {
    font-size: var(--text-xs);
    color: var(--ink-2);
  }
  .field .problem {
    display: flex;
    gap: var(--space-1);
    font-size: var(--text-xs);
    color: var(--bad);
  }
  .field .problem svg {
    margin-top: 0.1em;
  }
  input:not([type='checkbox'], [type='radio']),
  select,
  textarea {
    width: 100%;
    min-height: var(--control);
    padding: var(--space-1) var(--space-2);
    border: 1px solid var(--line-control);
    border-radius: var(--radius);
    background: var(--raised);
    color: var(--ink);
    font: inherit;
    font-size: var(--text-md);
    transition: border-color var(--quick) var(--ease);
  }
  input::placeholder,
  textarea::placeholder {
    color: var(--ink-3);
    opacity: 1;
  }
  select {
    appearance: none;
    padding-right: var(--space-6);
    background-image: linear-gradient(45deg, transparent 50%, var(--ink-3) 50%), linear-gradient(135deg, var(--ink-3) 50%, transparent 50%);
    background-position: calc(100% - 14px) 52%, calc(100% - 10px) 52%;
    background-size: 4px 4px, 4px 4px;
    background-repeat: no-repeat;
  }
  textarea {
    padding: var(--space-2);
    line-height: var(--leading);
    resize: vertical;
  }
  input:hover,
  select:hover,
  textarea:hover {
    border-color: var(--ink-3);
  }
  input:focus-visible,
  select:focus-visible,
  textarea:focus-visible {
    border-radius: var(--radius);
    border-color: var(--focus);
    outline: 2px solid var(--focus);
    outline-offset: -1px;
  }
  [aria-invalid='true']:not(:focus-visible) {
    border-color: var(--bad);
  }
  input[type='checkbox'],
  input[type='radio'] {
    width: 1rem;
    height: 1rem;
    margin: 0;
    accent-color: var(--accent);
  }
  @media (pointer: coarse) {
    input,
    select,
    textarea {
      font-size: 1rem; /* smaller text makes phones zoom in */
    }
  }
`;
