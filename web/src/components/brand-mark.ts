import { html, type TemplateResult } from 'lit';

/** Parley's sign: a speech bubble on the accent. */
export function brandMark(size = 22): TemplateResult {
  return html`<svg width=${size} height=${size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <rect width="32" height="32" rx="8" fill="var(--accent)" />
    <path d="M9 10.5A2.5 2.5 0 0 1 11.5 8h9a2.5 2.5 0 0 1 2.5 2.5v6a2.5 2.5 0 0 1-2.5 2.5H15l-4.2 3.6c-.5.4-1.3.1-1.3-.6V18.4A2.5 2.5 0 0 1 9 16.6z" fill="#fff" />
  </svg>`;
}
