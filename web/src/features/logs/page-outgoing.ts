import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { OUTGOING_STATUSES } from '../../../../functions/src/contract/delivery.ts';
import type { OutgoingItem } from '../../../../functions/src/contract/messages.ts';
import type { Column } from '../../components/data-table.ts';
import { icon } from '../../components/icon.ts';
import '../../components/status-mark.ts';
import '../../components/time-stamp.ts';
import { watchOutgoing } from '../../data/live-entries.ts';
import { getOutgoing, listOutgoing, searchOutgoing } from '../../data/messages.ts';
import { ListMemory } from '../../data/paged-list.ts';
import { allowed } from '../../session.ts';
import { toQuery, type LogFilters } from '../../parts/log-filters.ts';
import { LogPage, type LogKind } from './log-page.ts';
import './outgoing-entry.ts';
import { isLate } from '../../parts/delivery-steps.ts';

const columns: readonly Column<OutgoingItem>[] = [
  {
    key: 'recipient',
    label: 'To',
    sort: 'person',
    card: 'title',
    cell: (row) => html`<span class="clip strong">${row.recipient}</span>`,
  },
  {
    key: 'body',
    label: 'Message',
    grow: true,
    card: 'body',
    cell: (row) =>
      html`<span class="clamp" dir="auto">${row.body}</span>${row.errorReason ? html`<span class="note bad">${row.errorReason}</span>` : nothing}`,
  },
  {
    key: 'operator',
    label: 'Operator',
    room: 'plenty',
    sort: 'operator',
    card: 'meta',
    cell: (row) => html`<span class="clip muted">${row.operator}</span>`,
  },
];
const segments: Column<OutgoingItem> = {
  key: 'segments',
  label: 'Segments',
  room: 'plenty',
  card: 'hide',
  cell: (row) => html`<span class="num muted">${row.segments}</span>`,
};
const queued: Column<OutgoingItem> = {
  key: 'time',
  label: 'Queued',
  sort: 'time',
  natural: 'descending',
  card: 'aside',
  cell: (row) => html`<time-stamp at=${row.queuedAt} tip="end"></time-stamp>`,
};
/** In the place of `queued` where only scheduled messages are asked for. */
const due: Column<OutgoingItem> = {
  key: 'due',
  label: 'Sends',
  sort: 'due',
  card: 'aside',
  cell: (row) => html`<time-stamp at=${row.dueAt ?? ''} kind="planned" tip="end"></time-stamp>`,
};

/** `noted`: with what there is to add. */
const statusColumn = (noted: boolean): Column<OutgoingItem> => ({
  key: 'status',
  label: 'Status',
  card: 'meta',
  cell: (row) => html`<status-mark status=${row.status}></status-mark>${noted ? statusNote(row) : nothing}`,
});

/** What the status alone does not say: when it is sent, or that it should have been. */
function statusNote({ status, dueAt, attention, history }: OutgoingItem) {
  if (attention) return html`<span class="note warn">Needs review</span>`;
  if (status === 'scheduled' && dueAt !== null)
    return html`<span class="note"><time-stamp at=${dueAt} kind="planned" tip="end"></time-stamp></span>`;
  return isLate(status, history.at(-1)?.at ?? null, new Date())
    ? html`<span class="note warn">Not sent yet</span>`
    : nothing;
}

function asked(filters: LogFilters, cursor: string | undefined) {
  const status = OUTGOING_STATUSES.find((each) => each === filters.status);
  return {
    ...toQuery(filters),
    ...(status && { status }),
    ...(filters.operatorId !== null && { operatorId: filters.operatorId }),
    ...(cursor !== undefined && { cursor }),
  };
}

/** The log of what went out, and how far it got (LOG-1, LOG-2, LOG-6, OUT-4). */
@customElement('page-outgoing')
export class PageOutgoing extends LogPage<OutgoingItem> {
  protected override readonly kind: LogKind<OutgoingItem> = {
    log: 'outgoing',
    title: 'Outgoing',
    label: 'Outgoing messages',
    columns: ({ status }) =>
      status === 'scheduled'
        ? [...columns, statusColumn(false), segments, due]
        : [...columns, statusColumn(true), segments, queued],
    fetch: (filters, cursor, signal) => {
      const { words, phoneNumber } = filters;
      if (phoneNumber !== null) return searchOutgoing({ ...asked(filters, cursor), phoneNumber }, signal);
      return words === null
        ? listOutgoing(asked(filters, cursor), signal)
        : searchOutgoing({ ...asked(filters, cursor), words }, signal);
    },
    watch: (_newerThan, onRows) => watchOutgoing(onRows),
    memory: new ListMemory(),
    timeOf: (row) => row.queuedAt,
    one: getOutgoing,
    headingOf: (row) => `To ${row.recipient}`,
    details: (row) => html`<outgoing-entry .entry=${row}></outgoing-entry>`,
    footer: (row) =>
      // An automatic reply was nobody's, and a scheduled message is changed where it stands.
      allowed('messages:send') && row.operatorId !== null && row.status !== 'scheduled'
        ? html`<div slot="footer"><a class="button" href="/compose?to=${row.userId}">${icon('compose', 14)} New message</a></div>`
        : nothing,
    empty: 'Messages that you send, and automatic replies, appear here with their delivery status.',
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'page-outgoing': PageOutgoing;
  }
}
