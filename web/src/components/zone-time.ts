import { MAX_SCHEDULE_DAYS, MIN_SCHEDULE_SECONDS } from '../../../functions/src/contract/limits.ts';

/**
 * Wall-clock times in named zones, for the composer (OUT-8). Pure. The server decides by the same rule, and its answer
 * tells the instant: a time that a clock change skips is taken as far after the change, and of one that comes twice the
 * first counts.
 */

const DAY_MS = 24 * 60 * 60 * 1000;

/** `change`: what a change of the clocks does to a wall-clock time on that day. */
export interface Moment {
  at: Date;
  change: 'skipped' | 'twice' | null;
}

/** The zone of this browser. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Milliseconds that clocks in a zone are ahead of UTC at an instant. */
function offsetAt(zone: Intl.DateTimeFormat, instant: number): number {
  const parts = new Map(zone.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return (
    Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) -
    Math.floor(instant / 1000) * 1000
  );
}

function clockOf(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
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

/** `2026-11-21T09:30` in a zone as an instant; null where it is none. */
export function momentOf(local: string, timeZone: string): Moment | null {
  const zone = clockOf(timeZone);
  const wall = Date.parse(`${local}:00.000Z`);
  if (zone === null || Number.isNaN(wall)) return null;
  // No zone changes its clocks twice within two days, so these are all the offsets there can be.
  const before = wall - offsetAt(zone, wall - DAY_MS);
  const after = wall - offsetAt(zone, wall + DAY_MS);
  const fitting = [...new Set([before, after])].filter(
    (instant) => instant + offsetAt(zone, instant) === wall,
  );
  const [first = before] = fitting.sort((a, b) => a - b);
  return {
    at: new Date(first),
    change: fitting.length === 0 ? 'skipped' : fitting.length === 2 ? 'twice' : null,
  };
}

/** What a clock in a zone shows at an instant: `2026-11-21T09:30`, as native fields want it. */
export function localTimeIn(at: Date, timeZone: string): string {
  const zone = clockOf(timeZone);
  return zone ? new Date(at.getTime() + offsetAt(zone, at.getTime())).toISOString().slice(0, 16) : '';
}

/** `EST`, `CET`; each English knows the short names of its own zones. */
function zoneShort(at: Date, timeZone: string): string {
  const names = ['en-US', 'en-GB', 'en-AU'].map(
    (locale) =>
      new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'short' })
        .formatToParts(at)
        .find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC',
  );
  return names.find((name) => !/^GMT[+-]/.test(name)) ?? names[0] ?? 'UTC';
}

/** `Sat 21 Nov 2026, 09:30 EST` */
export function wordsIn(at: Date, timeZone: string): string {
  const day = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  })
    .format(at)
    .replace(',', '');
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);
  return `${day}, ${time} ${zoneShort(at, timeZone)}`;
}

/** What a change of the clocks means for the chosen time, in a sentence; null where there is none. */
export function changeWords(local: string, timeZone: string): string | null {
  const moment = momentOf(local, timeZone);
  if (!moment?.change) return null;
  const [asked, taken] = [local.slice(11), localTimeIn(moment.at, timeZone).slice(11)];
  return moment.change === 'skipped'
    ? `Clocks there go forward that day: ${asked} is skipped, so it leaves at ${taken}.`
    : `Clocks there go back that day: ${asked} comes twice, and it leaves the first time.`;
}

/** What is wrong with a time to send at, or null. */
export function sendTimeProblem(
  { local, timeZone }: { local: string; timeZone: string },
  now: Date,
): string | null {
  const moment = momentOf(local, timeZone);
  if (!moment) return 'Choose a day and a time.';
  const ahead = moment.at.getTime() - now.getTime();
  if (ahead < MIN_SCHEDULE_SECONDS * 1000) return 'Choose a time at least a minute ahead.';
  return ahead > MAX_SCHEDULE_DAYS * DAY_MS ? 'Choose a time within a year.' : null;
}

/** Nine in the morning of the next day there: where a choice begins. */
export function tomorrowMorning(timeZone: string, now: Date): string {
  return `${localTimeIn(new Date(now.getTime() + DAY_MS), timeZone).slice(0, 10)}T09:00`;
}
