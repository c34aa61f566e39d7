import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { IncomingItem } from '../../../../functions/src/contract/messages.ts';
import type { Column } from '../../components/data-table.ts';
import { icon } from '../../components/icon.ts';
import '../../components/status-mark.ts';
import '../../components/time-stamp.ts';
import { getIncoming } from '../../data/messages.ts';
import { allowed } from '../../session.ts';
import './incoming-entry.ts';
import { incomingSource } from '../../parts/incoming-source.ts';
import { LogPage, type LogKind } from './log-page.ts';
import { KEYWORD_WORDS } from '../../parts/response-words.ts';

const columns: readonly Column<IncomingItem>[] = [
  {
    key: 'sender',
    label: 'From',
    sort: 'person',
    card: 'title',
    cell: (row) => html`<span class="clip strong">${row.sender}</span>`,
  },
  { key: 'body', label: 'Message', grow: true, card: 'body', cell: text },
  {
    key: 'status',
    label: 'Status',
    card: 'meta',
    cell: (row) => html`<status-mark status=${row.status}></status-mark>`,
  },
  {
    key: 'responded',
    label: 'Automatic reply',
    room: 'plenty',
    card: 'meta',
    cell: (row) =>
      html`<span class="muted"><span class="card-only">Automatic reply: </span>${row.responded ? 'Sent' : 'None'}</span>`,
  },
  {
    key: 'segments',
    label: 'Segments',
    room: 'plenty',
    card: 'hide',
    cell: (row) => html`<span class="num muted">${row.segments}</span>`,
  },
  {
    key: 'time',
    label: 'Received',
    sort: 'time',
    natural: 'descending',
    card: 'aside',
    cell: (row) => html`<time-stamp at=${row.receivedAt} tip="end"></time-stamp>`,
  },
];

function text(row: IncomingItem) {
  const words =
    row.body.trim() === ''
      ? html`<span class="empty">Empty message</span>`
      : html`<span class="clamp" dir="auto">${row.body}</span>`;
  const media = row.media.length === 1 ? '1 attachment' : `${String(row.media.length)} attachments`;
  const unread = row.irregularities.length > 0;
  const chips = row.keyword ?? (row.media.length > 0 || unread);
  return html`${words}${
    chips
      ? html`<span class="chips">
        ${row.keyword ? html`<span class="chip ${row.keyword === 'revocation' ? 'warn' : ''}">${KEYWORD_WORDS[row.keyword]}</span>` : nothing}
        ${row.media.length > 0 ? html`<span class="chip">${media}</span>` : nothing}
        ${unread ? html`<span class="chip warn">Partly unreadable</span>` : nothing}
      </span>`
      : nothing
  }`;
}

/** The log of what came in (LOG-1, LOG-2, LOG-6). */
@customElement('page-incoming')
export class PageIncoming extends LogPage<IncomingItem> {
  protected override readonly kind: LogKind<IncomingItem> = {
    log: 'incoming',
    title: 'Incoming',
    label: 'Incoming messages',
    columns: () => columns,
    ...incomingSource,
    one: getIncoming,
    headingOf: (row) => row.sender,
    details: (row) => html`<incoming-entry .entry=${row}></incoming-entry>`,
    footer: (row) =>
      row.userId && allowed('messages:send')
        ? html`<div slot="footer"><a class="button primary" href="/compose?to=${row.userId}">${icon('reply', 14)} Reply</a></div>`
        : nothing,
    empty: 'Messages to your number appear here the moment they arrive.',
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'page-incoming': PageIncoming;
  }
}
