import { MAX_SCHEDULE_DAYS, MIN_SCHEDULE_SECONDS } from './limits.ts';

/**
 * Wall-clock times in named zones (OUT-8). Pure: the composer shows by it what the server will decide. It is half a
 * kilobyte, where Temporal's polyfill would be seven in the browser; a property test holds it to what Temporal says.
 */

const DAY = 24 * 60 * 60 * 1000;

/** A wall-clock time as an instant. `change`: what a change of the clocks does to it. */
export interface Moment {
  at: Date;
  change: 'skipped' | 'twice' | null;
}

/** The clocks of a zone, by its IANA name; null where there is no such zone. */
export function clocksOf(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return null;
  }
}

/** Milliseconds that clocks are ahead of UTC at an instant. */
export function offsetAt(clocks: Intl.DateTimeFormat, instant: number): number {
  const parts = new Map(clocks.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const [year, month, day] = [part('year'), part('month') - 1, part('day')];
  const wall = Date.UTC(year, month, day, part('hour'), part('minute'), part('second'));
  return wall - Math.floor(instant / 1000) * 1000;
}

/**
 * `2026-11-21T09:30` as an instant, as a calendar takes it: a time that a clock change skips is as far after the change as
 * it stands after its beginning (02:30 becomes 03:30), and of a time that comes twice the first one counts. Null where
 * there is no such day.
 */
export function momentAt(clocks: Intl.DateTimeFormat, local: string): Moment | null {
  const wall = Date.parse(`${local}:00.000Z`);
  if (Number.isNaN(wall) || !new Date(wall).toISOString().startsWith(local)) return null;
  // No zone changes its clocks twice within two days, so these are all the offsets there can be.
  const before = wall - offsetAt(clocks, wall - DAY);
  const after = wall - offsetAt(clocks, wall + DAY);
  const fitting = [...new Set([before, after])].filter(
    (instant) => instant + offsetAt(clocks, instant) === wall,
  );
  // In a gap neither fits: by the clock before the change it is that far after it.
  const at = new Date(fitting.length === 0 ? before : Math.min(...fitting));
  return { at, change: fitting.length === 0 ? 'skipped' : fitting.length === 2 ? 'twice' : null };
}

/** What is wrong with sending at `at`, from a minute to a year ahead; null when nothing is. */
export function leadProblem(at: Date, now: Date): string | null {
  const ahead = at.getTime() - now.getTime();
  if (ahead < MIN_SCHEDULE_SECONDS * 1000) return 'Choose a time at least a minute ahead.';
  return ahead > MAX_SCHEDULE_DAYS * DAY ? 'Choose a time within a year.' : null;
}
