import { css } from 'lit';

/**
 * The frame of a page: `<header class="page-head"><h1 tabindex="-1">…</h1><div class="actions">…</div></header>`,
 * then `.toolbar` (filters) and `.page-body`. The page fills the column beside the rail and scrolls as the document does.
 */
export const page = css`
  :host {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 100%;
  }
  .page-head {
    position: sticky;
    top: 0;
    z-index: 4;
    display: flex;
    align-items: center;
    gap: var(--space-3);
    min-height: 3.25rem;
    padding: var(--space-2) var(--space-6);
    border-bottom: 1px solid var(--line);
    background: var(--canvas);
  }
  .page-head .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: var(--space-2);
    margin-left: auto;
  }
  .page-head .count {
    color: var(--ink-3);
    font-size: var(--text-sm);
    font-variant-numeric: tabular-nums;
  }
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2);
    padding: var(--space-3) var(--space-6);
    border-bottom: 1px solid var(--line);
  }
  .page-body {
    flex: 1;
    min-width: 0;
    padding: var(--space-6);
  }
  .page-body.flush {
    padding: 0;
  }
  .page-body.narrow {
    width: 100%;
    max-width: 46rem;
  }
  .stack {
    display: grid;
    gap: var(--space-4);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2);
  }
  .card {
    border: 1px solid var(--line);
    border-radius: var(--radius-lg);
    background: var(--raised);
  }
  .facts {
    display: grid;
    grid-template-columns: minmax(6.5rem, max-content) minmax(0, 1fr);
    gap: var(--space-2) var(--space-4);
    font-size: var(--text-sm);
  }
  .facts dt {
    color: var(--ink-3);
  }
  .facts dd {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  @media (min-width: 51.3125rem) {
    .narrow-only {
      display: none; /* the rail shows it */
    }
  }
  @media (max-width: 51.25rem) {
    .page-head {
      top: 0;
      padding-inline: var(--space-4);
    }
    .toolbar {
      padding-inline: var(--space-4);
    }
    .page-body:not(.flush) {
      padding: var(--space-4);
    }
  }
`;
