import { describe, expect, test } from 'vitest';
import { isFinal, refusalWords } from '../../web/src/parts/refusal-words.ts';
import { costWords } from '../../web/src/parts/cost-words.ts';
import { spanWords } from '../../web/src/features/logs/span-words.ts';
import {
  changeWords,
  localTimeIn,
  momentOf,
  sendTimeProblem,
  wordsIn,
} from '../../web/src/components/zone-time.ts';
import { sendTimeOf } from '../../functions/src/outbox/send-time.ts';

const NOW = new Date('2026-11-20T12:00:00.000Z');

describe('OUT-8: a wall-clock time in a named zone', () => {
  test.each([
    ['an ordinary one', '2026-11-21T09:30', 'America/New_York', '2026-11-21T14:30:00.000Z', null],
    ['one that is skipped', '2027-03-14T02:30', 'America/New_York', '2027-03-14T07:30:00.000Z', 'skipped'],
    ['one that comes twice', '2027-11-07T01:30', 'America/New_York', '2027-11-07T05:30:00.000Z', 'twice'],
    [
      'a change of half an hour',
      '2027-04-04T01:45',
      'Australia/Lord_Howe',
      '2027-04-03T14:45:00.000Z',
      'twice',
    ],
    [
      'one east of UTC that is skipped',
      '2027-03-28T02:15',
      'Europe/Berlin',
      '2027-03-28T01:15:00.000Z',
      'skipped',
    ],
  ])('%s', (_what, local, timeZone, at, change) => {
    expect(momentOf(local, timeZone)).toEqual({ at: new Date(at), change });
  });

  test.each([
    ['2026-11-21T09:30', 'America/New_York'],
    ['2027-03-14T02:30', 'America/New_York'],
    ['2027-11-07T01:30', 'America/New_York'],
    ['2027-04-04T01:45', 'Australia/Lord_Howe'],
    ['2027-03-28T02:15', 'Europe/Berlin'],
    ['2027-01-01T00:00', 'Pacific/Kiritimati'],
  ])('the console shows the instant that the server takes for %s in %s', (local, timeZone) => {
    expect(sendTimeOf({ local, timeZone }, NOW)).toMatchObject({
      ok: true,
      at: momentOf(local, timeZone)?.at,
    });
  });

  test('none where there is no such day or zone', () => {
    expect(momentOf('T09:30', 'America/New_York')).toBeNull();
    expect(momentOf('2026-11-21T09:30', 'Mars/Olympus')).toBeNull();
  });

  test('a change of the clocks is pointed out', () => {
    expect(changeWords('2027-03-14T02:30', 'America/New_York')).toBe(
      'Clocks there go forward that day: 02:30 is skipped, so it is sent at 03:30.',
    );
    expect(changeWords('2027-11-07T01:30', 'America/New_York')).toBe(
      'Clocks there go back that day: 01:30 comes twice, and it is sent the first time.',
    );
    expect(changeWords('2027-11-08T01:30', 'America/New_York')).toBeNull();
  });

  test('an instant in words and as fields want it', () => {
    const at = new Date('2026-11-21T14:30:00.000Z');
    expect(wordsIn(at, 'America/New_York', 'en-US')).toBe('Sat, Nov 21, 2026, 9:30 AM EST');
    expect(wordsIn(at, 'Europe/Berlin', 'en-GB')).toBe('Sat, 21 Nov 2026, 15:30 CET');
    expect(wordsIn(new Date('2026-09-12T13:30:00.000Z'), 'Europe/Berlin', 'en-GB')).toBe(
      'Sat, 12 Sep 2026, 15:30 CEST',
    );
    expect(localTimeIn(at, 'Europe/Berlin')).toBe('2026-11-21T15:30');
  });

  test.each([
    ['2026-11-20T12:00', 'Choose a time at least a minute ahead.'],
    ['2028-01-01T12:00', 'Choose a time within a year.'],
    ['T', 'Choose a day and a time.'],
    ['2027-02-31T09:30', 'Choose a day and a time.'],
    ['2026-11-20T12:01', null],
  ])('%s is refused with %s', (local, words) => {
    expect(sendTimeProblem({ local, timeZone: 'UTC' }, NOW)).toBe(words);
  });
});

describe('OUT-11: a refused send', () => {
  test('says when it is allowed again', () => {
    const refusal = { errorCode: 'OPERATOR_RATE_LIMITED', message: 'Too many.', retryAfterSeconds: 42 };
    expect(refusalWords(refusal, NOW)).toBe('Too many. You can send it in 42 seconds.');
    expect(refusalWords({ ...refusal, retryAfterSeconds: 1500 }, NOW)).toMatch(
      /^Too many\. You can send it after \d{1,2}:\d\d(?: [AP]M)?, in 25 minutes\.$/,
    );
    expect(refusalWords({ ...refusal, retryAfterSeconds: 12 * 3600 }, NOW)).toMatch(/in 12 hours\.$/);
  });

  test('for another reason than a limit is shown as the server says it', () => {
    expect(
      refusalWords({ errorCode: 'PERSON_INACTIVE', message: 'Inactive.', retryAfterSeconds: null }, NOW),
    ).toBe('Inactive.');
  });
});

describe('OUT-2: a refusal that trying again cannot mend', () => {
  test.each([
    ['PERSON_OPTED_OUT', 409, true],
    ['PERSON_SUPPRESSED', 409, true],
    ['PERSON_INACTIVE', 409, true],
    ['PERSON_NOT_FOUND', 404, true],
    ['PERMISSION_DENIED', 403, true],
    ['VALIDATION_FAILED', 400, true],
    ['SMS_DISABLED', 503, true],
    ['PERSON_RATE_LIMITED', 429, false],
    ['SPEND_LIMIT_REACHED', 429, false],
    ['UNAVAILABLE', 503, false],
    ['INTERNAL', 500, false],
    ['SESSION_EXPIRED', 401, false],
    ['OFFLINE', 0, false],
    ['UNREADABLE', 502, false],
  ])('%s (%i): %s', (errorCode, status, final) => {
    expect(isFinal({ errorCode, status })).toBe(final);
  });
});

test.each([
  [1, 'About $0.008'],
  [2, 'About $0.017'],
  [11, 'About $0.091'],
])('OUT-1: %i segments cost %s', (segments, words) => {
  expect(costWords(segments)).toBe(words);
});

test.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [1250, '1.2 s'],
  [59_999, '59.9 s'],
  [65_000, '1 min 5 s'],
  [7_800_000, '2 h 10 min'],
  [273_600_000, '3 d 4 h'],
])('CONV-5: %i ms read as %s', (milliseconds, words) => {
  expect(spanWords(milliseconds)).toBe(words);
});
