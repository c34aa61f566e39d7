import { css } from 'lit';

/** The looks of the person picker: a field with its list below. */
export const pickerStyles = css`
  :host {
    display: block;
    position: relative;
  }
  .box {
    position: relative;
  }
  .box > svg {
    position: absolute;
    top: 50%;
    left: var(--space-2);
    color: var(--ink-3);
    transform: translateY(-50%);
    pointer-events: none;
  }
  .box input {
    padding-left: 1.9rem;
    padding-right: calc(var(--control) + var(--space-1));
  }
  .box .clear {
    position: absolute;
    top: 0;
    right: 0;
  }
  [role='listbox'] {
    position: absolute;
    z-index: 8;
    top: calc(100% + var(--space-1));
    left: 0;
    right: 0;
    max-height: 19rem;
    overflow: auto;
    padding: var(--space-1);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--raised);
    box-shadow: var(--shadow-md);
    font-size: var(--text-sm);
  }
  [role='option'],
  .nobody {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 var(--space-3);
    padding: 0.4375rem var(--space-2);
    border-radius: var(--radius-sm);
    cursor: pointer;
  }
  [role='option'].active {
    background: var(--hover);
    box-shadow: inset 0 0 0 1px var(--line-strong);
  }
  [role='option'][aria-disabled='true'] {
    cursor: default;
    color: var(--ink-3);
  }
  [role='option'] .name {
    font-weight: var(--weight-medium);
    overflow-wrap: anywhere;
  }
  [role='option'] .phone {
    color: var(--ink-3);
    font-variant-numeric: tabular-nums;
  }
  [role='option'] .reason {
    display: inline-flex;
    align-items: center;
    gap: var(--space-1);
    margin-left: auto;
    color: var(--ink-2);
    font-size: var(--text-xs);
  }
  .nobody {
    color: var(--ink-2);
    cursor: default;
  }
`;
