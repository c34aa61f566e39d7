import { css } from 'lit';

/** An element that is a side panel with its dialogs: no box of its own; what explains a fact, and why something may not be. */
export const panelStyles = css`
  :host {
    display: contents;
  }
  .facts p,
  .why {
    color: var(--ink-2);
    font-size: var(--text-xs);
  }
  .why {
    margin-top: var(--space-5);
    font-size: var(--text-sm);
  }
`;
