import { MAX_SCHEDULE_DAYS, MIN_SCHEDULE_SECONDS } from '../contract/limits.ts';
import type { SendAt } from '../contract/messages.ts';

/** When a text is to leave, or what is wrong with the time that was asked for. */
export type SendTime =
  | { ok: true; at: Date; timeZone: string }
  | { ok: false; path: 'sendAt.local' | 'sendAt.timeZone'; message: string };

const DAY = 24 * 60 * 60 * 1000;

/**
 * A wall-clock time in a named zone -> its instant (OUT-8), as a calendar does it: a time that a clock change skips is
 * taken as far after the change as it stands after its beginning (02:30 becomes 03:30), and of a time that comes twice
 * the first one counts. From a minute to a year ahead of `now`.
 */
export function sendTimeOf({ local, timeZone }: SendAt, now: Date): SendTime {
  const zone = zoneOf(timeZone);
  if (zone === null) return { ok: false, path: 'sendAt.timeZone', message: 'This time zone is not known.' };
  const wall = Date.parse(`${local}:00.000Z`);
  if (Number.isNaN(wall) || !new Date(wall).toISOString().startsWith(local)) {
    return { ok: false, path: 'sendAt.local', message: 'There is no such day.' };
  }
  const at = instantOf(wall, zone);
  const ahead = at.getTime() - now.getTime();
  if (ahead < MIN_SCHEDULE_SECONDS * 1000) {
    return { ok: false, path: 'sendAt.local', message: 'Choose a time at least a minute ahead.' };
  }
  if (ahead > MAX_SCHEDULE_DAYS * DAY) {
    return { ok: false, path: 'sendAt.local', message: 'Choose a time within a year.' };
  }
  return { ok: true, at, timeZone: zone.resolvedOptions().timeZone };
}

function zoneOf(timeZone: string): Intl.DateTimeFormat | null {
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

/** Milliseconds that the zone's clocks are ahead of UTC at an instant. */
function offsetAt(zone: Intl.DateTimeFormat, instant: number): number {
  const parts = new Map(zone.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(instant / 1000) * 1000;
}

/** No zone changes its clock twice within two days, so the offsets of a day before and after are all there can be. */
function instantOf(wall: number, zone: Intl.DateTimeFormat): Date {
  const before = offsetAt(zone, wall - DAY);
  const after = offsetAt(zone, wall + DAY);
  const fitting = [wall - before, wall - after].filter(
    (instant) => instant + offsetAt(zone, instant) === wall,
  );
  // In a gap neither fits: by the clock before the change it is that far after it.
  return new Date(fitting.length === 0 ? wall - before : Math.min(...fitting));
}
