import { css } from 'lit';

/** The looks of a log's search and filters; where it is narrow, the filters stand below, once they are opened. */
export const toolbarStyles = css`
  :host {
    display: block;
    container-type: inline-size;
    position: relative;
    z-index: 3;
    border-bottom: 1px solid var(--line);
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2);
    padding: var(--space-3) var(--space-6);
  }
  form {
    position: relative;
    flex: 1 1 14rem;
    min-width: 10rem;
  }
  form svg {
    position: absolute;
    top: 50%;
    left: var(--space-2);
    color: var(--ink-3);
    transform: translateY(-50%);
    pointer-events: none;
  }
  form .search {
    padding-left: 1.9rem;
  }
  .more {
    display: contents;
  }
  .more > * {
    flex: 0 0 auto;
  }
  person-picker {
    width: 11rem;
  }
  .dates {
    display: flex;
    gap: var(--space-2);
  }
  .date {
    display: flex;
    align-items: center;
    gap: var(--space-1);
    color: var(--ink-2);
    font-size: var(--text-xs);
  }
  .date input {
    width: auto;
    font-size: var(--text-sm);
  }
  select {
    font-size: var(--text-sm);
  }
  .problem {
    display: flex;
    gap: var(--space-1);
    padding: 0 var(--space-6) var(--space-3);
    color: var(--bad);
    font-size: var(--text-xs);
  }
  .problem svg {
    margin-top: 0.15em;
  }
  .narrow {
    display: none;
  }
  @container (max-width: 44rem) {
    .bar {
      padding: var(--space-3) var(--space-4);
    }
    form {
      flex-basis: 8rem;
    }
    .narrow {
      display: flex;
    }
    .more {
      display: none;
    }
    .more.open {
      display: grid;
      grid-template-columns: 1fr 1fr;
      align-items: end;
      gap: var(--space-2);
      width: 100%;
    }
    .more.open > *,
    .more.open person-picker {
      width: auto;
      min-width: 0;
    }
    .more.open person-picker,
    .more.open .dates,
    .more.open .wide {
      grid-column: 1 / -1;
    }
    .date {
      display: grid;
      flex: 1;
    }
    .narrow > .field {
      flex: 1;
    }
    .date input {
      width: 100%;
    }
  }
  @container (max-width: 21rem) {
    .more.open {
      grid-template-columns: 1fr;
    }
    .dates {
      flex-wrap: wrap;
    }
  }
`;
