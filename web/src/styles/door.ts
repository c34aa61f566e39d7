import { css } from 'lit';

/** The pages before the console: one card in the middle of a quiet screen. */
export const door = css`
  :host {
    display: grid;
    min-height: 100dvh;
    padding: var(--space-8) var(--space-4);
    place-items: center;
    background: var(--sunken);
  }
  .door {
    display: grid;
    gap: var(--space-6);
    width: min(100%, 23rem);
  }
  .sign {
    display: grid;
    justify-items: center;
    gap: var(--space-3);
    text-align: center;
  }
  h1 {
    font-size: var(--text-xl);
    letter-spacing: -0.018em;
  }
  .sign p {
    color: var(--ink-2);
    font-size: var(--text-sm);
    text-wrap: balance;
  }
  form {
    display: grid;
    gap: var(--space-4);
    padding: var(--space-6);
    border: 1px solid var(--line);
    border-radius: var(--radius-lg);
    background: var(--raised);
    box-shadow: var(--shadow-md);
  }
  form input {
    min-height: 2.375rem;
  }
  form .button {
    min-height: 2.375rem;
  }
  .show {
    display: flex;
    gap: var(--space-2);
    align-items: center;
    font-size: var(--text-sm);
  }
  .show input {
    min-height: 0;
  }
  .foot {
    display: flex;
    justify-content: center;
  }
  @media (max-width: 24rem) {
    form {
      padding: var(--space-4);
    }
  }
`;
