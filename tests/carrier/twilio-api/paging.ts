import { badRequest } from '../carrier-error.ts';

/** One page of a list, and the fields with which Twilio wraps it. */
export interface TwilioPage<T> {
  items: T[];
  envelope: {
    end: number;
    first_page_uri: string;
    next_page_uri: string | null;
    page: number;
    page_size: number;
    previous_page_uri: string | null;
    start: number;
    uri: string;
  };
}

const DEFAULT_SIZE = 50;
const MAX_SIZE = 1000;

/**
 * Cuts a page out of a list. `PageToken` is `PA` and the SID of the last item of the page before, so that new items at
 * the front do not push others from page to page.
 * @throws CarrierError 400 for a size or page that is no number, or a token of an item that is not there.
 */
export function paginate<T extends { sid: string }>(
  all: readonly T[],
  path: string,
  query: URLSearchParams,
): TwilioPage<T> {
  const size = number(query, 'PageSize', DEFAULT_SIZE, 1, MAX_SIZE);
  const page = number(query, 'Page', 0, 0, Number.MAX_SAFE_INTEGER);
  const token = query.get('PageToken');
  const before = token === null ? -1 : all.findIndex((item) => `PA${item.sid}` === token);
  if (token !== null && before === -1) throw badRequest('PageToken is not one of this list.');

  const from = token === null ? page * size : before + 1;
  const items = all.slice(from, from + size);
  const last = items.at(-1);
  const more = from + size < all.length && last !== undefined;
  const uri = (number: number, extra: Record<string, string> = {}): string => {
    const filters = [...query].filter(([name]) => !['PageSize', 'Page', 'PageToken'].includes(name));
    const paging = { PageSize: String(size), Page: String(number), ...extra };
    return `${path}?${new URLSearchParams([...filters, ...Object.entries(paging)]).toString()}`;
  };
  return {
    items,
    envelope: {
      end: Math.max(0, page * size + items.length - 1),
      first_page_uri: uri(0),
      next_page_uri: more ? uri(page + 1, { PageToken: `PA${last.sid}` }) : null,
      page,
      page_size: size,
      previous_page_uri: page > 0 ? uri(page - 1) : null,
      start: page * size,
      uri: uri(page, token === null ? {} : { PageToken: token }),
    },
  };
}

function number(
  query: URLSearchParams,
  name: string,
  otherwise: number,
  least: number,
  most: number,
): number {
  const text = query.get(name);
  if (text === null || text === '') return otherwise;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least)
    throw badRequest(`${name} is not a whole number from ${String(least)} on.`);
  return Math.min(value, most);
}
