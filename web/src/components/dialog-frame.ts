import { css, html, nothing, type TemplateResult } from 'lit';
import { icon } from './icon.ts';
import './live-words.ts';

/** What a modal dialog and a side panel share: a head with a way out, a body that scrolls, a foot for buttons. */
export const dialogStyles = css`
  dialog {
    padding: 0;
    background: var(--raised);
    box-shadow: var(--shadow-lg);
    color: var(--ink);
  }
  dialog[open] {
    display: flex;
    flex-direction: column;
    animation: arrive var(--calm) var(--ease);
  }
  dialog::backdrop {
    background: var(--scrim);
  }
  .head {
    display: flex;
    flex: none;
    align-items: center;
    gap: var(--space-2);
    min-height: 3.25rem;
    padding: var(--space-2) var(--space-3) var(--space-2) var(--space-5);
    border-bottom: 1px solid var(--line);
  }
  h2 {
    flex: 1;
    min-width: 0;
    font-size: var(--text-lg);
    overflow-wrap: anywhere;
  }
  .body {
    overflow: auto;
    padding: var(--space-5);
    overscroll-behavior: contain;
  }
  ::slotted([slot='footer']) {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--space-2);
    padding: var(--space-3) var(--space-5);
    border-top: 1px solid var(--line);
  }
  @keyframes arrive {
    from {
      opacity: 0;
      transform: var(--from);
    }
  }
`;

/**
 * The inside of an open `<dialog aria-labelledby="heading">`, with the slots `actions` (beside the heading), the body's
 * own and `footer`. `focusHeading`: opening puts the focus on the heading, for what is read rather than filled in.
 * `modal`: words for screen readers must come from within, since all else is out of their reach.
 */
export function dialogFrame(frame: {
  heading: string;
  focusHeading: boolean;
  modal: boolean;
  onClose: () => void;
}): TemplateResult {
  const { heading, focusHeading, modal, onClose } = frame;
  return html`<div class="head">
      <h2 id="heading" tabindex=${focusHeading ? '-1' : nothing} ?autofocus=${focusHeading}>${heading}</h2>
      <slot name="actions"></slot>
      <button class="button quiet icon" aria-label="Close" @click=${onClose}>${icon('close')}</button>
    </div>
    <div class="body"><slot></slot></div>
    <slot name="footer"></slot>
    ${modal ? html`<live-words></live-words>` : nothing}`;
}
