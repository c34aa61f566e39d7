import { css } from 'lit';

/** A form in a dialog: fields below or beside each other, choices as cards, parts that open. Add it to `fields`. */
export const formStyles = css`
  form {
    display: grid;
    gap: var(--space-4);
  }
  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 12rem), 1fr));
    gap: var(--space-4);
    align-items: start;
  }
  .part {
    display: grid;
    gap: var(--space-4);
    min-width: 0;
    padding-top: var(--space-4);
    border-top: 1px solid var(--line);
  }
  legend {
    padding: 0;
    font-size: var(--text-sm);
    font-weight: var(--weight-medium);
  }
  .part > legend {
    float: left;
    margin-bottom: calc(var(--space-2) * -1);
    font-weight: var(--weight-strong);
  }
  .field > legend {
    margin-bottom: var(--space-1);
  }
  .check {
    display: flex;
    gap: var(--space-2);
    align-items: center;
    min-height: 1.5rem;
    font-size: var(--text-md);
  }
  .check input {
    flex: none;
  }
  .choices {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 12rem), 1fr));
    gap: var(--space-2);
  }
  .choice {
    display: flex;
    gap: var(--space-2);
    padding: var(--space-2) var(--space-3);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    font-size: var(--text-sm);
    cursor: pointer;
  }
  .choice strong {
    font-weight: var(--weight-medium);
  }
  .choice input {
    flex: none;
    margin-top: 0.1875rem;
  }
  .choice:has(:checked) {
    border-color: var(--accent);
    background: var(--selected);
  }
  .choice:has(:focus-visible) {
    outline: 2px solid var(--focus);
    outline-offset: 1px;
  }
  .choice :focus-visible {
    outline: none;
  }
  .custom {
    display: grid;
    grid-template-columns: minmax(0, 2fr) minmax(0, 3fr) auto;
    gap: var(--space-1);
  }
  summary {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    font-size: var(--text-sm);
    font-weight: var(--weight-strong);
    cursor: pointer;
    list-style: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary svg {
    color: var(--ink-3);
    transition: transform var(--quick) var(--ease);
  }
  details[open] > summary svg {
    transform: rotate(90deg);
  }
  details .inner {
    display: grid;
    gap: var(--space-4);
  }
`;
