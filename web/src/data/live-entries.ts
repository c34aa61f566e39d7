import { incomingFromDocument, outgoingFromDocument } from '../../../functions/src/contract/live.ts';
import type { IncomingItem, OutgoingItem } from '../../../functions/src/contract/messages.ts';
import type { Stop } from './live-controller.ts';
import { watchDocument, watchQuery, type OnRows } from './watch-query.ts';

/** Entries are stamped before they are committed, so one with an earlier time may come a little after a later one. */
const OVERLAP_MS = 30_000;

/**
 * Incoming entries newer than a known one (its `receivedAt`), newest first, as they arrive. Entries never change, so
 * only new ones come, though a few may be known already: merge by id.
 */
export function watchIncoming(newerThan: string | null, onRows: OnRows<IncomingItem>): Stop {
  const since = newerThan && new Date(Date.parse(newerThan) - OVERLAP_MS).toISOString();
  return watchQuery(
    {
      collection: 'incomingMessages',
      where: since === null ? [] : [{ field: 'receivedAt', is: '>', time: since }],
      orderBy: { field: 'receivedAt', direction: 'desc' },
      from: incomingFromDocument,
    },
    onRows,
  );
}

/** The newest outgoing entries, and each again whenever its delivery moves: merge by id. */
export function watchOutgoing(onRows: OnRows<OutgoingItem>): Stop {
  return watchQuery(
    {
      collection: 'outgoingMessages',
      orderBy: { field: 'queuedAt', direction: 'desc' },
      from: outgoingFromDocument,
    },
    onRows,
  );
}

/** One outgoing entry, however old, whenever its delivery moves. */
export function watchOutgoingEntry(id: string, onEntry: (entry: OutgoingItem) => void): Stop {
  return watchDocument('outgoingMessages', id, outgoingFromDocument, onEntry);
}
