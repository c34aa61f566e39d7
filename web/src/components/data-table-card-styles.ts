import { css } from 'lit';

/** A row as a card, where there is no room for columns. */
export const cards = css`
  td time-stamp {
    width: auto;
    white-space: nowrap;
  }
  table,
  tbody {
    display: block;
  }
  thead {
    display: none; /* its buttons must not take the focus unseen; pages offer the order among their filters */
  }
  tbody tr {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: var(--space-1) var(--space-3);
    padding: var(--space-3) var(--space-4);
    border-bottom: 1px solid var(--line);
  }
  tbody tr:hover,
  tbody tr:has(.row-link:focus-visible) {
    background: var(--hover);
  }
  tbody tr.selected {
    background: var(--selected);
    box-shadow: inset 2px 0 0 var(--accent);
  }
  tbody tr.selected td:first-child {
    box-shadow: none;
  }
  tbody td,
  tbody td:first-child,
  tbody td:last-child,
  tbody tr:hover td,
  tbody tr.selected td,
  tr:has(.row-link:focus-visible) td {
    padding: 0;
    border: 0;
    background: none;
  }
  td.title {
    order: 1;
    flex: 1 1 40%;
    min-width: 0;
    font-weight: var(--weight-medium);
  }
  td.aside {
    order: 2;
    margin-left: auto;
    color: var(--ink-2);
  }
  td.body {
    order: 3;
    flex: 0 0 100%;
    min-width: 0;
    white-space: normal;
  }
  td.meta {
    order: 4;
  }
  td.plenty.meta {
    display: block;
  }
  td.hide {
    display: none;
  }
  td:last-child::after {
    display: none;
  }
  .card-only {
    display: inline;
  }
  .clip {
    max-width: 100%;
  }
`;
