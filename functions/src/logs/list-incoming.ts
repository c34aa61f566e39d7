import type { Page } from '../contract/lists.ts';
import { incomingFromDocument } from '../contract/live.ts';
import type { IncomingItem, IncomingQuery } from '../contract/messages.ts';
import { cursorScope } from '../platform/cursor.ts';
import { readLog, type LogDeps } from './read-log.ts';

/** A page of the incoming log. Throws BAD_CURSOR. */
export async function listIncoming(deps: LogDeps, query: IncomingQuery): Promise<Page<IncomingItem>> {
  const { status, userId, sort, limit, cursor } = query;
  return readLog(deps, {
    log: 'incoming',
    filter: { status, userId, ...timesOf(query) },
    sort,
    limit,
    cursor,
    scope: cursorScope('incoming', query),
    toItem: incomingFromDocument,
  });
}

/** `from` counts, `to` does not. */
export function timesOf(query: { from?: string | undefined; to?: string | undefined }): {
  from: Date | undefined;
  to: Date | undefined;
} {
  const date = (text: string | undefined) => (text === undefined ? undefined : new Date(text));
  return { from: date(query.from), to: date(query.to) };
}
