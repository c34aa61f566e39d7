import type { Page } from '../contract/lists.ts';
import { outgoingFromDocument } from '../contract/live.ts';
import type { OutgoingItem, OutgoingQuery } from '../contract/messages.ts';
import { cursorScope } from '../platform/cursor.ts';
import { timesOf } from './list-incoming.ts';
import { readLog, type LogDeps } from './read-log.ts';

/** A page of the outgoing log. Throws BAD_CURSOR. */
export async function listOutgoing(deps: LogDeps, query: OutgoingQuery): Promise<Page<OutgoingItem>> {
  const { status, userId, operatorId, sort, limit, cursor } = query;
  return readLog(deps, {
    log: 'outgoing',
    filter: { status, userId, operatorId, ...timesOf(query) },
    sort,
    limit,
    cursor,
    scope: cursorScope('outgoing', query),
    toItem: outgoingFromDocument,
  });
}
