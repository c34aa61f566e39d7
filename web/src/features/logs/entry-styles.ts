import { css } from 'lit';

/** Message details: the words first, then the facts. */
export const entryStyles = css`
  :host {
    display: grid;
    gap: var(--space-5);
  }
  .text {
    padding: var(--space-3) var(--space-4);
    border: 1px solid var(--line);
    border-radius: var(--radius-lg);
    background: var(--sunken);
    font-size: var(--text-md);
    line-height: 1.55;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .text.empty {
    color: var(--ink-3);
    font-style: italic;
  }
  .facts {
    display: grid;
    grid-template-columns: minmax(5.5rem, max-content) minmax(0, 1fr);
    gap: var(--space-2) var(--space-4);
    font-size: var(--text-sm);
  }
  dt {
    color: var(--ink-3);
  }
  dd {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .edits,
  .edits ol {
    display: grid;
    gap: var(--space-3);
  }
  .edits .by {
    color: var(--ink-2);
    font-size: var(--text-xs);
  }
  .edits blockquote {
    margin: var(--space-1) 0 0;
    padding-left: var(--space-3);
    border-left: 2px solid var(--line-strong);
    font-size: var(--text-sm);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  dd p {
    color: var(--ink-2);
    font-size: var(--text-xs);
  }
`;
