import { html, nothing, type TemplateResult } from 'lit';
import type { OutgoingItem } from '../../../../functions/src/contract/messages.ts';
import '../../components/time-stamp.ts';

/** Who changed a message before it was sent, with what stood there earlier; nothing where nobody did. */
export function entryEdits({ edits, operator }: OutgoingItem): TemplateResult | typeof nothing {
  if (edits.length === 0) return nothing;
  return html`<section class="edits" aria-labelledby="edits">
    <h3 id="edits">Edits</h3>
    <p class="by">Written by ${operator}. Earlier versions:</p>
    <ol>
      ${edits.map(
        (edit) => html`<li>
          <p class="by">Changed by ${edit.operator}, <time-stamp at=${edit.at} kind="exact"></time-stamp></p>
          ${edit.dueAt === null ? nothing : html`<p class="by">Was to be sent <time-stamp at=${edit.dueAt} kind="planned"></time-stamp></p>`}
          ${edit.body === null ? nothing : html`<blockquote dir="auto">${edit.body}</blockquote>`}
        </li>`,
      )}
    </ol>
  </section>`;
}
