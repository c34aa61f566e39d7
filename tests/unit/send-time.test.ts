import { describe, expect, test } from 'vitest';
import { sendAt } from '../../functions/src/contract/messages.ts';
import { sendTimeOf } from '../../functions/src/outbox/send-time.ts';

const now = new Date('2026-01-15T12:00:00.000Z');
const at = (local: string, timeZone: string, from = now) => {
  const time = sendTimeOf({ local, timeZone }, from);
  return time.ok ? time.at.toISOString() : time.message;
};

describe('OUT-8: a scheduled time is a wall-clock time in a named zone', () => {
  test.each([
    ['winter', '2026-01-21T09:30', 'America/New_York', '2026-01-21T14:30:00.000Z'],
    ['summer', '2026-07-21T09:30', 'America/New_York', '2026-07-21T13:30:00.000Z'],
    ['UTC', '2026-07-21T09:30', 'UTC', '2026-07-21T09:30:00.000Z'],
    ['half an hour apart', '2026-07-21T09:30', 'Asia/Kolkata', '2026-07-21T04:00:00.000Z'],
    ['midnight', '2026-07-21T00:00', 'Europe/Berlin', '2026-07-20T22:00:00.000Z'],
    // New York springs forward on 8 March 2026: 02:00 becomes 03:00.
    [
      'just before the hour that is skipped',
      '2026-03-08T01:59',
      'America/New_York',
      '2026-03-08T06:59:00.000Z',
    ],
    ['in the hour that is skipped', '2026-03-08T02:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
    ['just after it', '2026-03-08T03:00', 'America/New_York', '2026-03-08T07:00:00.000Z'],
    // And falls back on 1 November 2026: 02:00 becomes 01:00.
    [
      'in the hour that comes twice, the first',
      '2026-11-01T01:30',
      'America/New_York',
      '2026-11-01T05:30:00.000Z',
    ],
    ['after it', '2026-11-01T02:00', 'America/New_York', '2026-11-01T07:00:00.000Z'],
    ['Berlin, skipped', '2026-03-29T02:15', 'Europe/Berlin', '2026-03-29T01:15:00.000Z'],
    ['Berlin, twice', '2026-10-25T02:15', 'Europe/Berlin', '2026-10-25T00:15:00.000Z'],
    // Lord Howe moves by half an hour.
    ['Lord Howe, skipped', '2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z'],
    ['Lord Howe, twice', '2026-04-05T01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z'],
    ['a leap of the southern summer', '2026-12-21T09:30', 'America/Santiago', '2026-12-21T12:30:00.000Z'],
  ])('%s: %s %s', (_what, local, timeZone, instant) => {
    expect(at(local, timeZone)).toBe(instant);
  });

  test('OUT-8: a zone is kept in its official spelling', () => {
    expect(sendTimeOf({ local: '2026-01-21T09:30', timeZone: 'america/new_york' }, now)).toMatchObject({
      timeZone: 'America/New_York',
    });
  });

  test.each([
    ['in the past', '2026-01-15T06:59', 'America/New_York', 'Choose a time at least a minute ahead.'],
    ['now', '2026-01-15T07:00', 'America/New_York', 'Choose a time at least a minute ahead.'],
    ['in a minute', '2026-01-15T07:01', 'America/New_York', '2026-01-15T12:01:00.000Z'],
    ['in a year', '2027-01-15T07:00', 'America/New_York', '2027-01-15T12:00:00.000Z'],
    ['in 100 years', '2126-01-15T07:00', 'America/New_York', 'Choose a time within a year.'],
    ['in the year 0', '0000-01-15T07:00', 'UTC', 'Choose a time at least a minute ahead.'],
    ['30 February', '2026-02-30T07:00', 'UTC', 'This day does not exist.'],
    ['29 February in a common year', '2026-02-29T07:00', 'UTC', 'This day does not exist.'],
    ['an unknown zone', '2026-02-20T07:00', 'Mars/Olympus', 'This time zone does not exist.'],
  ])('OUT-8: refuses %s', (_what, local, timeZone, told) => {
    expect(at(local, timeZone)).toBe(told);
  });

  test.each([
    '2026-01-21T09:30:00',
    '2026-01-21 09:30',
    '2026-01-21T24:00',
    '2026-13-01T09:30',
    '2026-01-21T09:30Z',
    '12026-01-21T09:30',
    '',
  ])('OUT-8: the contract refuses the time "%s"', (local) => {
    expect(sendAt.safeParse({ local, timeZone: 'UTC' }).success).toBe(false);
  });

  test.each(['', '+05:00', '../etc', 'A'.repeat(65), 'Europe/Berlin\n', 'Zürich'])(
    'bad input: the contract refuses the zone "%s"',
    (timeZone) => {
      expect(sendAt.safeParse({ local: '2026-01-21T09:30', timeZone }).success).toBe(false);
    },
  );
});
