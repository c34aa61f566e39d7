import { describe, expect, test } from 'vitest';
import {
  clockTime,
  dateTime,
  dateTimeSeconds,
  plannedTime,
  shortTime,
  zoneLabel,
} from '../../web/src/components/format-time.ts';
import { isLate } from '../../web/src/parts/delivery-steps.ts';

/** In the zone of whoever runs this, so that the figures are the same everywhere. */
const at = new Date(2026, 8, 12, 14, 32, 5);

describe('LOG-1: dates and times are written in one way, which is the reader’s', () => {
  test.each([
    ['en-US', 'Sep 12, 2026, 2:32 PM', 'Sep 12, 2026, 2:32:05 PM', '2:32 PM', 'Sat, Sep 12, 2026, 2:32 PM'],
    ['en-GB', '12 Sep 2026, 14:32', '12 Sep 2026, 14:32:05', '14:32', 'Sat, 12 Sep 2026, 14:32'],
    ['de-DE', '12.09.2026, 14:32', '12.09.2026, 14:32:05', '14:32', 'Sa., 12. Sept. 2026, 14:32'],
  ])('LOG-1: in %s', (locale, minute, second, clock, planned) => {
    expect(dateTime(at, locale)).toBe(minute);
    expect(dateTimeSeconds(at, locale)).toBe(second);
    expect(clockTime(at, locale)).toBe(clock);
    expect(plannedTime(at, undefined, locale)).toBe(planned);
  });

  test('LOG-1: what is near is told by how long ago it was', () => {
    const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000);
    expect(shortTime(at, at, 'en-US')).toBe('now');
    expect(shortTime(at, later(5), 'en-US')).toBe('5 min. ago');
    expect(shortTime(at, later(120), 'en-US')).toBe('2:32 PM');
    expect(shortTime(at, later(3 * 24 * 60), 'en-US')).toBe('Sep 12, 2026');
  });

  test('LOG-1: a zone goes by the short name that is used there', () => {
    const winter = new Date('2026-11-21T14:30:00.000Z');
    expect(zoneLabel(winter, 'America/New_York')).toBe('EST');
    expect(zoneLabel(winter, 'Europe/Berlin')).toBe('CET');
    expect(zoneLabel(winter, 'UTC')).toBe('UTC');
  });
});

test.each([
  ['queued', 59, false],
  ['queued', 61, true],
  ['queued', 3 * 3600, true],
  ['held', 3600, false],
  ['scheduled', 3600, false],
  ['sending', 3600, false],
] as const)('OUT-3: a message that is %s for %i seconds is late: %s', (status, seconds, late) => {
  expect(isLate(status, at.toISOString(), new Date(at.getTime() + seconds * 1000))).toBe(late);
});
