import { holdsWords, searchWordsOf } from '../../../functions/src/contract/search-words.ts';
import { INCOMING_STATUSES, OUTGOING_STATUSES } from '../../../functions/src/contract/delivery.ts';
import type { IncomingItem, OutgoingItem } from '../../../functions/src/contract/messages.ts';
import type { LogSort } from '../data/messages.ts';
import { looksLikeNumber } from '../data/people-search.ts';

/** What is searched by without standing in the address: phone numbers, and words that hold one. */
export interface HiddenSearch {
  words: string | null;
  phoneNumber: string | null;
}

/** Reads it back from where a step of the browser's history keeps it. */
export function asHiddenSearch(value: unknown): HiddenSearch | null {
  if (typeof value !== 'object' || value === null || !('words' in value) || !('phoneNumber' in value))
    return null;
  const { words, phoneNumber } = value;
  if (typeof words === 'string') return { words, phoneNumber: null };
  return typeof phoneNumber === 'string' ? { words: null, phoneNumber } : null;
}

/** What the reader asks a log for. All but the phone number lives in the address (LOG-2). */
export interface LogFilters {
  status: string | null;
  userId: string | null;
  operatorId: string | null;
  /** Days in the viewer's zone, `2026-11-20`, both included. */
  from: string | null;
  to: string | null;
  sort: LogSort;
  words: string | null;
  /** Never in an address, nor in the browser's history. */
  phoneNumber: string | null;
}

/** Who a message is from, where that is no whole number: `from:12345`, `from: Acme Bank`. */
const FROM = /^from:\s*(\S.*)$/i;
/** Seven digits or more in a row, with what numbers are written with between them. */
const NUMBER_WITHIN = /\d(?:[\s().\-/]*\d){6}/;
const SORTS: readonly LogSort[] = [
  'time',
  '-time',
  'person',
  '-person',
  'operator',
  '-operator',
  'due',
  '-due',
];
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Reads the filters of an address; what does not make sense is as if it were not there. */
export function readFilters(query: URLSearchParams, hidden: HiddenSearch | null): LogFilters {
  const fit = (name: string, shape: RegExp): string | null => {
    const value = query.get(name) ?? '';
    return shape.test(value) ? value : null;
  };
  const status = [...INCOMING_STATUSES, ...OUTGOING_STATUSES].find((each) => each === query.get('status'));
  const words = (query.get('q') ?? '').trim().slice(0, 200);
  return {
    status: status ?? null,
    userId: fit('userId', ID),
    operatorId: fit('operatorId', ID),
    from: fit('from', DAY),
    to: fit('to', DAY),
    sort: sortOf(query.get('sort'), status ?? null),
    words: hidden?.words ?? (words === '' ? null : words),
    phoneNumber: hidden?.phoneNumber ?? null,
  };
}

/** Only scheduled messages have a time that they are due. */
function sortOf(asked: string | null, status: string | null): LogSort {
  const sort = SORTS.find((each) => each === asked) ?? usualSort(status);
  return sort.endsWith('due') && status !== 'scheduled' ? 'time' : sort;
}

/** The order that goes without saying: of scheduled messages the one that is sent first, of all others the newest. */
export function usualSort(status: string | null): LogSort {
  return status === 'scheduled' ? 'due' : 'time';
}

/** What is wrong with a range of days, so that nothing need be asked; null for nothing. Both days are included. */
export function rangeProblem({ from, to }: Pick<LogFilters, 'from' | 'to'>): string | null {
  return from !== null && to !== null && from > to ? 'From is after To.' : null;
}

/** What the search box shows for what is searched by. */
export function searchText({ phoneNumber, words }: Pick<LogFilters, 'phoneNumber' | 'words'>): string {
  if (phoneNumber === null) return words ?? '';
  return looksLikeNumber(phoneNumber) ? phoneNumber : `from:${phoneNumber}`;
}

/** Whether anything but the order is asked for. */
export function isFiltered(filters: LogFilters): boolean {
  const { sort: _order, ...rest } = filters;
  return Object.values(rest).some((value) => value !== null);
}

/**
 * What a search box's text means: words for the address, or a search that must stay out of it. Who may not look numbers
 * up searches by words alone.
 */
export function readSearch(
  text: string,
  mayLookUp = true,
): { q: string | null; hidden: HiddenSearch | null } {
  const trimmed = text.trim();
  if (trimmed === '') return { q: null, hidden: null };
  const sender = FROM.exec(trimmed)?.[1];
  if (mayLookUp && sender !== undefined) return { q: null, hidden: { words: null, phoneNumber: sender } };
  if (mayLookUp && looksLikeNumber(trimmed))
    return { q: null, hidden: { words: null, phoneNumber: trimmed } };
  if (NUMBER_WITHIN.test(trimmed)) return { q: null, hidden: { words: trimmed, phoneNumber: null } };
  return { q: trimmed, hidden: null };
}

function dayStart(day: string, plusDays = 0): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + plusDays);
}

/** The filters as the API takes them; undefined where nothing is asked. */
export function toQuery(filters: LogFilters) {
  const instant = (date: Date): string | undefined =>
    Number.isNaN(date.getTime()) ? undefined : date.toISOString();
  const from = filters.from === null ? undefined : instant(dayStart(filters.from));
  const to = filters.to === null ? undefined : instant(new Date(dayStart(filters.to, 1).getTime() - 1));
  return {
    sort: filters.sort,
    ...(filters.userId !== null && { userId: filters.userId }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}

/** Whether a message that arrived live belongs to what is asked for. By phone number only the server knows. */
export function matches(entry: IncomingItem | OutgoingItem, time: string, filters: LogFilters): boolean {
  const { from, to } = toQuery(filters);
  return (
    filters.phoneNumber === null &&
    (filters.status === null || entry.status === filters.status) &&
    (filters.userId === null || entry.userId === filters.userId) &&
    (filters.operatorId === null || ('operatorId' in entry && entry.operatorId === filters.operatorId)) &&
    (from === undefined || time >= from) &&
    (to === undefined || time <= to) &&
    (filters.words === null || holdsWords(entry.body, searchWordsOf(filters.words)))
  );
}
