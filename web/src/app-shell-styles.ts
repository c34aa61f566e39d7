import { css } from 'lit';

/** The frame around every page: rail, page, and the bar at the foot of a narrow screen. */
export const shellStyles = css`
  :host {
    display: block;
    min-height: 100dvh;
  }
  .frame {
    display: grid;
    grid-template-columns: var(--rail-width) minmax(0, 1fr);
  }
  main {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 100dvh;
    padding-right: var(--docked, 0px);
  }
  .denied {
    display: flex;
    flex-direction: column;
    padding: var(--space-4) var(--space-6);
  }
  .denied view-state {
    flex: 1;
  }
  main > :last-child {
    flex: 1;
  }
  .opening {
    display: grid;
    place-items: center;
    min-height: 100dvh;
    color: var(--ink-2);
    font-size: var(--text-sm);
    animation: opening 0s 600ms both;
  }
  /* Only a server that has to start first takes so long that this is worth showing. */
  @keyframes opening {
    from {
      visibility: hidden;
    }
  }
  nav-bar {
    display: none;
  }
  .skip {
    position: fixed;
    z-index: 30;
    top: var(--space-2);
    left: var(--space-2);
  }
  .skip:not(:focus) {
    clip-path: inset(50%);
    pointer-events: none;
  }
  .offline {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    padding: var(--space-2) var(--space-6);
    background: var(--warn-soft);
    color: var(--ink);
    font-size: var(--text-sm);
  }
  .offline svg {
    color: var(--warn);
  }
  @media (max-width: 51.25rem) {
    :host {
      --foot: 3.5rem; /* of the notices as well, which stand above it */
    }
    .frame {
      display: block;
      padding-bottom: calc(var(--foot) + env(safe-area-inset-bottom));
    }
    main {
      min-height: calc(100dvh - var(--foot));
    }
    nav-rail {
      display: none;
    }
    nav-bar {
      display: block;
    }
    .offline {
      padding-inline: var(--space-4);
    }
  }
`;
