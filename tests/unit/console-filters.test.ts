import { describe, expect, test } from 'vitest';
import { looksLikeNumber, readPeopleSearch } from '../../web/src/data/people-search.ts';
import {
  isFiltered,
  matches,
  readFilters,
  readSearch,
  toQuery,
} from '../../web/src/pages/parts/log-filters.ts';

const filters = (query: string) => readFilters(new URLSearchParams(query), null);

describe('LOG-2: the filters of a log live in the address', () => {
  test('LOG-2: all of them are read from it', () => {
    expect(
      filters('status=failed&userId=u_1&operatorId=op_2&from=2026-11-01&to=2026-11-20&sort=-person&q=van'),
    ).toEqual({
      status: 'failed',
      userId: 'u_1',
      operatorId: 'op_2',
      from: '2026-11-01',
      to: '2026-11-20',
      sort: '-person',
      words: 'van',
      phoneNumber: null,
    });
  });

  test('LOG-2: what makes no sense is as if it were not there', () => {
    const none = {
      status: null,
      userId: null,
      operatorId: null,
      from: null,
      to: null,
      sort: 'time',
      words: null,
      phoneNumber: null,
    };
    expect(filters('status=lost&userId=../x&from=yesterday&sort=colour&q=%20')).toEqual(none);
    expect(isFiltered(filters('sort=-time'))).toBe(false);
    expect(isFiltered(filters('q=van'))).toBe(true);
  });

  test('LOG-2: days are whole days of the viewer, as instants', () => {
    const { from, to } = toQuery(filters('from=2026-11-01&to=2026-11-20'));
    expect(from).toBe(new Date(2026, 10, 1, 0, 0, 0, 0).toISOString());
    expect(to).toBe(new Date(2026, 10, 20, 23, 59, 59, 999).toISOString());
  });
});

describe('LOG-2: a phone number never reaches an address', () => {
  const numbers = ['+1 202 555 0143', '(202) 555-0143', '2025550143', '202.555.0143', '202/555 0143'];
  test.each(numbers)('LOG-2: %s is searched by out of sight', (text) => {
    expect(looksLikeNumber(text)).toBe(true);
    expect(readSearch(text)).toEqual({ q: null, hidden: { words: null, phoneNumber: text } });
  });

  test('LOG-2: nor does a sentence that holds one', () => {
    expect(readSearch('call 202 555 0143')).toEqual({
      q: null,
      hidden: { words: 'call 202 555 0143', phoneNumber: null },
    });
  });

  test('LOG-2: words and short numbers do', () => {
    expect(readSearch(' 14 boxes ')).toEqual({ q: '14 boxes', hidden: null });
    expect(readSearch('')).toEqual({ q: null, hidden: null });
  });
});

describe('PPL-2: what is typed says what is searched by', () => {
  test('PPL-2: four digits, a whole number, else a name', () => {
    expect(readPeopleSearch('0143')).toEqual({ last4: '0143' });
    expect(readPeopleSearch('+1 202 555 0143')).toEqual({ phoneNumber: '+1 202 555 0143' });
    expect(readPeopleSearch(' Ada Lo')).toEqual({ name: 'Ada Lo' });
    expect(readPeopleSearch('  ')).toBeNull();
  });
});

describe('LOG-6: an entry that arrives joins the list when it is what is asked for', () => {
  const entry = {
    id: 'SM1',
    receivedAt: '2026-11-20T12:00:00.000Z',
    userId: 'u_1',
    sender: 'Ada Lovelace',
    body: 'The van is here',
    status: 'registered',
    responded: true,
    responseReason: 'acknowledged',
    responseId: 'r_SM1',
    keyword: null,
    segments: 1,
    media: [],
  } as const;
  const cases: [query: string, joins: boolean][] = [
    ['', true],
    ['status=registered', true],
    ['status=unknown', false],
    ['userId=u_1', true],
    ['userId=u_2', false],
    ['operatorId=op_1', false],
    ['from=2026-11-19', true],
    ['from=2026-11-22', false],
    ['to=2026-11-18', false],
    ['q=van%20here', true],
    ['q=VAN', true],
    ['q=truck', false],
  ];
  test.each(cases)('LOG-6: asked for by "%s": %s', (query, joins) => {
    expect(matches({ ...entry, media: [], irregularities: [] }, entry.receivedAt, filters(query))).toBe(
      joins,
    );
  });

  test('LOG-6: never by a phone number, which only the server can compare', () => {
    const asked = readFilters(new URLSearchParams(), { words: null, phoneNumber: '+12025550143' });
    expect(matches({ ...entry, media: [], irregularities: [] }, entry.receivedAt, asked)).toBe(false);
  });
});
