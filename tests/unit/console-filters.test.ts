import { describe, expect, test } from 'vitest';
import { looksLikeNumber, readPeopleSearch } from '../../web/src/data/people-search.ts';
import {
  asHiddenSearch,
  isFiltered,
  matches,
  rangeProblem,
  readFilters,
  readSearch,
  searchText,
  toQuery,
} from '../../web/src/parts/log-filters.ts';

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

describe('OUT-8: scheduled messages are listed by when they are sent', () => {
  test.each([
    ['status=scheduled', 'due'],
    ['status=scheduled&sort=-due', '-due'],
    ['status=scheduled&sort=time', 'time'],
    ['status=scheduled&sort=person', 'person'],
    ['', 'time'],
    ['sort=due', 'time'],
    ['status=delivered&sort=-due', 'time'],
  ])('OUT-8: "%s" is sorted by %s', (query, sort) => {
    expect(filters(query).sort).toBe(sort);
  });
});

describe('LOG-2: a range of days that ends before it begins is not asked for', () => {
  test.each([
    ['from=2027-01-01&to=2026-01-01', 'From is after To.'],
    ['from=2026-11-21&to=2026-11-20', 'From is after To.'],
    ['from=2026-11-20&to=2026-11-20', null],
    ['from=2026-11-20', null],
    ['to=2026-11-20', null],
    ['', null],
  ])('LOG-2: "%s": %s', (query, problem) => {
    expect(rangeProblem(filters(query))).toBe(problem);
  });
});

describe('LOG-2: a search that is kept out of the address is kept with its step of the history', () => {
  test.each([
    [
      { words: null, phoneNumber: '+1 202 555 0143' },
      { words: null, phoneNumber: '+1 202 555 0143' },
    ],
    [
      { words: 'call 202 555 0143', phoneNumber: null },
      { words: 'call 202 555 0143', phoneNumber: null },
    ],
    [null, null],
    [undefined, null],
    ['words', null],
    [{ words: 7, phoneNumber: {} }, null],
  ])('LOG-2: %j is read back as %j', (kept, search) => {
    expect(asHiddenSearch(kept)).toEqual(search);
  });
});

describe('LOG-2: messages are found by a sender that is no whole number', () => {
  test.each([
    ['from:12345', '12345'],
    ['From: Acme Bank', 'Acme Bank'],
  ])('LOG-2: %s', (text, sender) => {
    expect(readSearch(text)).toEqual({ q: null, hidden: { words: null, phoneNumber: sender } });
    expect(searchText({ words: null, phoneNumber: sender })).toBe(`from:${sender}`);
  });

  test('LOG-2: a word that begins like this is a word', () => {
    expect(readSearch('from')).toEqual({ q: 'from', hidden: null });
    expect(readSearch('from:')).toEqual({ q: 'from:', hidden: null });
    expect(searchText({ words: 'van', phoneNumber: null })).toBe('van');
    expect(searchText({ words: null, phoneNumber: '+1 202 555 0143' })).toBe('+1 202 555 0143');
  });
});

describe('PRIV-3: who may not look numbers up searches by words alone', () => {
  test('PRIV-3: a number is searched for as words, and still stays out of the address', () => {
    expect(readSearch('+1 202 555 0143', false)).toEqual({
      q: null,
      hidden: { words: '+1 202 555 0143', phoneNumber: null },
    });
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
    irregularities: [],
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
