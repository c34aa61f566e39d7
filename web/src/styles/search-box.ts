import { css } from 'lit';

/** A search field with its icon: `<div class="search">${icon('search', 14)}<input type="search" …></div>`. */
export const searchBox = css`
  .search {
    position: relative;
    flex: 1 1 16rem;
    max-width: 28rem;
  }
  .search > svg {
    position: absolute;
    top: calc(var(--control) / 2);
    left: var(--space-2);
    color: var(--ink-3);
    transform: translateY(-50%);
    pointer-events: none;
  }
  .search input {
    padding-left: 1.9rem;
  }
`;
