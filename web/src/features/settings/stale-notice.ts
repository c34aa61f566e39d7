import { html, nothing, type TemplateResult } from 'lit';
import '../../components/inline-notice.ts';
import '../../components/time-stamp.ts';

/** Says that what is shown may be out of date, and why it could not be updated (the host needs `buttons` and `page`). */
export function staleNotice(
  since: Date | null,
  problem: { message: string } | null,
  retry: () => void,
): TemplateResult | typeof nothing {
  if (since === null || problem === null) return nothing;
  return html`<inline-notice tone="warn" role="alert">
    <p>This was last updated <time-stamp at=${since.toISOString()}></time-stamp>. ${problem.message}</p>
    <p class="row"><button class="button" @click=${retry}>Try again</button></p>
  </inline-notice>`;
}
