import { html, nothing, type TemplateResult } from 'lit';
import type { Person } from '../../../../functions/src/contract/people.ts';
import type { Column } from '../../components/data-table.ts';
import '../../components/status-mark.ts';
import { textableLook } from './textable-look.ts';
import '../../components/time-stamp.ts';

const SHOWN_TAGS = 3;

function tagsCell({ tags }: Person): TemplateResult | typeof nothing {
  if (tags.length === 0) return nothing;
  const rest = tags.length - SHOWN_TAGS;
  return html`<span class="chips">
    ${tags.slice(0, SHOWN_TAGS).map((tag) => html`<span class="chip">${tag}</span>`)}
    ${rest > 0 ? html`<span class="chip" title=${tags.slice(SHOWN_TAGS).join(', ')}>+${rest}</span>` : nothing}
  </span>`;
}

/** The columns of the list of people. */
export const peopleColumns: readonly Column<Person>[] = [
  {
    key: 'name',
    label: 'Name',
    card: 'title',
    cell: (row) =>
      row.label === row.maskedPhone
        ? html`<span class="empty">No name</span>`
        : html`<span class="clip strong" dir="auto">${row.label}</span>`,
  },
  {
    key: 'number',
    label: 'Number',
    card: 'body',
    cell: (row) => html`<span class="num muted" dir="ltr">${row.maskedPhone}</span>`,
  },
  { key: 'tags', label: 'Tags', card: 'meta', cell: (row) => html`${tagsCell(row)}` },
  {
    key: 'texting',
    label: 'Texting',
    card: 'aside',
    cell: (row) => html`<status-mark .look=${textableLook(row.untextable)}></status-mark>`,
  },
  {
    key: 'changed',
    label: 'Changed',
    card: 'hide',
    cell: (row) => html`<time-stamp class="muted" at=${row.updatedAt} kind="short" tip="end"></time-stamp>`,
  },
];
