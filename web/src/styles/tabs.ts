import { css } from 'lit';

/** Views of one page, as links beside each other: `<nav class="tabs" aria-label="…"><a aria-current="page">…</a></nav>`. */
export const tabs = css`
  .tabs {
    display: flex;
    flex: none;
    gap: var(--space-4);
    overflow-x: auto;
    padding: 0 var(--space-6);
    border-bottom: 1px solid var(--line);
  }
  .tabs a {
    display: inline-flex;
    align-items: center;
    min-height: max(2.5rem, var(--control));
    border-bottom: 2px solid transparent;
    color: var(--ink-2);
    font-size: var(--text-sm);
    font-weight: var(--weight-medium);
    text-decoration: none;
    white-space: nowrap;
  }
  .tabs a:hover {
    color: var(--ink);
  }
  .tabs a[aria-current] {
    border-bottom-color: var(--accent);
    color: var(--ink);
  }
  .tabs a:focus-visible {
    outline-offset: -2px;
  }
  .tabs.small {
    gap: var(--space-half);
    padding: var(--space-half);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--sunken);
  }
  .tabs.small a {
    min-height: calc(var(--control) - 0.5rem);
    padding: 0 var(--space-3);
    border: 0;
    border-radius: var(--radius-sm);
  }
  .tabs.small a[aria-current] {
    background: var(--raised);
    box-shadow: var(--shadow-sm);
  }
  @media (max-width: 51.25rem) {
    .tabs:not(.small) {
      padding-inline: var(--space-4);
    }
  }
  @media (forced-colors: active) {
    .tabs a[aria-current] {
      outline: 1px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
