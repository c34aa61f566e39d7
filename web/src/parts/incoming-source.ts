import type { IncomingStatus } from '../../../functions/src/contract/delivery.ts';
import type { IncomingItem, IncomingSort } from '../../../functions/src/contract/messages.ts';
import { watchIncoming } from '../data/live-entries.ts';
import { listIncoming, searchIncoming } from '../data/messages.ts';
import { ListMemory } from '../data/paged-list.ts';
import { toQuery, type LogFilters } from './log-filters.ts';
import type { LogSource } from './log-list.ts';

const INCOMING_SORTS: readonly IncomingSort[] = ['time', '-time', 'person', '-person'];

const statusOf = (filters: LogFilters): { status?: IncomingStatus } =>
  filters.status === 'registered' || filters.status === 'unknown' ? { status: filters.status } : {};

const sortOf = ({ sort }: LogFilters): IncomingSort => INCOMING_SORTS.find((each) => each === sort) ?? 'time';

/** Incoming entries, for the log and the inbox. */
export const incomingSource: LogSource<IncomingItem> = {
  fetch: (filters, cursor, signal) => {
    const asked = {
      ...toQuery(filters),
      ...statusOf(filters),
      sort: sortOf(filters),
      ...(cursor !== undefined && { cursor }),
    };
    const { words, phoneNumber } = filters;
    if (phoneNumber !== null) return searchIncoming({ ...asked, phoneNumber }, signal);
    return words === null ? listIncoming(asked, signal) : searchIncoming({ ...asked, words }, signal);
  },
  memory: new ListMemory(),
  watch: watchIncoming,
  timeOf: (row) => row.receivedAt,
};
