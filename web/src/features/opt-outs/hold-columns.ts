import { html } from 'lit';
import type { SuppressionItem } from '../../../../functions/src/contract/suppressions.ts';
import { HOLD_WORDS, sourceWords } from '../../components/consent-words.ts';
import type { Column } from '../../components/data-table.ts';
import '../../components/status-mark.ts';
import '../../components/time-stamp.ts';

/** A row. A number can be opted out and suppressed, so the kind is part of the id. */
export interface HoldRow {
  id: string;
  item: SuppressionItem;
}

export const rowOf = (item: SuppressionItem): HoldRow => ({ id: `${item.kind}.${item.id}`, item });
/** The columns of opt-outs and suppressed numbers; `list` is for where both are found. */
export const holdColumns: readonly Column<HoldRow>[] = [
  {
    key: 'who',
    label: 'Person',
    card: 'title',
    cell: ({ item }) => html`<span class="clip strong" dir="auto">${item.label}</span>`,
  },
  {
    key: 'number',
    label: 'Number',
    card: 'body',
    cell: ({ item }) => html`<span class="num muted" dir="ltr">${item.maskedPhone ?? ''}</span>`,
  },
  {
    key: 'list',
    label: 'Status',
    card: 'meta',
    cell: ({ item }) => html`<status-mark .look=${HOLD_WORDS[item.kind].look}></status-mark>`,
  },
  {
    key: 'reason',
    label: 'Reason',
    grow: true,
    card: 'body',
    cell: ({ item }) =>
      html`<span class="clamp" dir="auto">${item.reason ?? html`<span class="faint">No reason given</span>`}</span>`,
  },
  {
    key: 'how',
    label: 'Source',
    card: 'meta',
    cell: ({ item }) => html`<span class="muted">${sourceWords(item)}</span>`,
  },
  {
    key: 'since',
    label: 'Since',
    card: 'aside',
    cell: ({ item }) => html`<time-stamp class="muted" at=${item.at} kind="short" tip="end"></time-stamp>`,
  },
];
