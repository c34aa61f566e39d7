import { html, nothing, type TemplateResult } from 'lit';
import './inline-notice.ts';
import './time-stamp.ts';

/** Says that what is shown may be behind, and why it could not be asked for again (the host needs `buttons`). */
export function staleNotice(
  since: Date | null,
  problem: { message: string } | null,
  retry: () => void,
): TemplateResult | typeof nothing {
  if (since === null || problem === null) return nothing;
  return html`<inline-notice tone="warn" role="alert">
    What you see is of <time-stamp at=${since.toISOString()}></time-stamp>. ${problem.message}
    <button class="button" @click=${retry}>Try again</button>
  </inline-notice>`;
}
