import { css } from 'lit';
import { cards } from './data-table-card-styles.ts';

/** The table's looks. */
export const tableStyles = css`
  :host {
    display: block;
    container: table / inline-size;
    overflow-x: clip;
  }
  :host([slim]) {
    container-name: slim;
  }
  /* As wide as its content, so that what belongs together stands together; the lines go on to the edge. */
  table {
    min-width: min(100%, 40rem);
    border-collapse: separate;
    border-spacing: 0;
    font-size: var(--text-sm);
    transition: opacity var(--calm) var(--ease);
  }
  :host([dimmed]) tbody {
    opacity: 0.5;
  }
  th {
    position: sticky;
    z-index: 2;
    top: 3.25rem; /* below the head of the page */
    background: var(--canvas);
    padding: var(--space-2) var(--space-3);
    border-bottom: 1px solid var(--line);
    color: var(--ink-2);
    font-size: var(--text-xs);
    font-weight: var(--weight-medium);
    text-align: left;
    white-space: nowrap;
  }
  td {
    padding: 0.5625rem var(--space-3);
    border-bottom: 1px solid var(--line);
    vertical-align: top;
    line-height: 1.45;
    white-space: nowrap;
  }
  th:first-child,
  td:first-child {
    padding-left: var(--space-6);
  }
  th:last-child,
  td:last-child {
    padding-right: var(--space-6);
  }
  th:last-child::after,
  td:last-child::after {
    position: absolute;
    top: 0;
    bottom: -1px;
    left: 100%;
    width: 100vw;
    border-bottom: 1px solid var(--line);
    background: inherit;
    content: '';
  }
  td:last-child {
    position: relative;
  }
  .grow {
    white-space: normal;
  }
  .cap,
  .measure {
    max-width: var(--reading-width);
  }
  .measure {
    display: block;
    height: 0;
    overflow: hidden;
    font-size: var(--text-sm);
    visibility: hidden;
    white-space: normal;
  }
  /* As wide as a line may be, and free to break: it gives the column its width, whatever the rows hold. */
  .measure::before {
    content: '00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 ';
  }
  tbody tr {
    scroll-margin: 6rem 0 2rem;
  }
  .sort {
    display: inline-flex;
    align-items: center;
    gap: var(--space-1);
    min-height: 1.5rem;
    margin: 0 calc(var(--space-1) * -1);
    padding: 0 var(--space-1);
    border: 0;
    border-radius: var(--radius-sm);
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  .sort:hover,
  th[aria-sort] .sort {
    color: var(--ink);
  }
  tr.leads {
    cursor: pointer;
  }
  tbody tr:hover td {
    background: var(--hover);
  }
  tbody tr.selected td {
    background: var(--selected);
  }
  tbody tr.selected td:first-child {
    box-shadow: inset 2px 0 0 var(--accent);
  }
  .row-link {
    color: inherit;
    text-decoration: none;
  }
  .row-link:focus-visible {
    --time-tip: visible;
  }
  tr:has(.row-link:focus-visible) td {
    background: var(--hover);
  }
  .new {
    display: inline-flex;
    align-items: center;
    gap: var(--space-1);
    margin-left: var(--space-2);
    color: var(--accent-ink);
    font-size: var(--text-xs);
    font-weight: var(--weight-medium);
    animation: settle 600ms var(--ease);
  }
  .new::before {
    width: 0.375rem;
    height: 0.375rem;
    border-radius: 50%;
    background: var(--accent);
    content: '';
  }
  @keyframes settle {
    from {
      opacity: 0;
    }
  }
  .strong {
    font-weight: var(--weight-medium);
  }
  .clip {
    display: inline-block;
    vertical-align: bottom;
    max-width: 13rem;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .clamp {
    display: -webkit-box;
    text-align: left; /* also where the writing runs the other way: the column keeps its edge */
    overflow: hidden;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }
  .empty {
    color: var(--ink-3);
    font-style: italic;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1);
  }
  .chip {
    padding: 0 var(--space-2);
    border-radius: var(--radius-full);
    background: var(--muted-soft);
    color: var(--ink-2);
    font-size: var(--text-xs);
    line-height: 1.6;
  }
  .chip.warn {
    background: var(--warn-soft);
    color: var(--warn);
  }
  .note {
    display: block;
    color: var(--ink-2);
    font-size: var(--text-xs);
  }
  .note.bad {
    color: var(--bad);
  }
  .note.warn {
    color: var(--warn);
  }
  .card-only {
    display: none;
  }
  .button.small {
    min-height: 1.625rem;
    margin-block: -0.25rem;
    font-size: var(--text-xs);
  }
  @media (pointer: coarse) {
    .button.small {
      min-height: 2.25rem;
    }
  }
  .end {
    display: flex;
    justify-content: center;
    padding: var(--space-4);
  }
  tbody tr.space,
  tbody tr.space td {
    visibility: hidden;
    overflow-anchor: none; /* it grows and shrinks; the browser must hold on to rows */
    padding: 0;
    border: 0;
    background: none;
  }
  tbody tr.space td::after {
    display: none;
  }

  @container (max-width: 62rem) {
    .plenty {
      display: none;
    }
    .wrap {
      white-space: normal;
    }
    .clip {
      max-width: 9rem;
    }
    /* The day above the time. */
    td time-stamp {
      width: 6.75rem;
      white-space: normal;
    }
  }
  @container table (max-width: 47rem) {
    ${cards}
  }
  @container slim (max-width: 34rem) {
    ${cards}
  }
`;
