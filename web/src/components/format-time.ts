/**
 * Dates and times in the reader's own way of writing them, which is the browser's, as native date and time fields have
 * it. The one place where the console formats them. Pure; tests give the locale.
 */

type Locale = string | undefined;

const MEDIUM = { dateStyle: 'medium', timeStyle: 'short' } as const;
const CLOCK = { timeStyle: 'short' } as const;
const DAY = { dateStyle: 'medium' } as const;
const WITH_WEEKDAY = {
  weekday: 'short',
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
} as const;

const known = new Map<string, Intl.DateTimeFormat>();

/** Making one takes far longer than using it. */
function formatter(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = JSON.stringify([locale, options]);
  const found = known.get(name) ?? new Intl.DateTimeFormat(locale, options);
  known.set(name, found);
  return found;
}

function format(at: Date, locale: Locale, options: Intl.DateTimeFormatOptions): string {
  return (
    formatter(locale, options)
      .formatToParts(at)
      // British English alone writes one month with four letters.
      .map(({ type, value }) => (type === 'month' && value === 'Sept' ? 'Sep' : value))
      .join('')
      // Narrow spaces before AM and PM read as ordinary ones everywhere else.
      .replaceAll('\u202f', ' ')
  );
}

/** The label of a zone (the reader's by default) at that time, e.g. `CET` or `GMT+2`; each English knows its own zones. */
export function zoneLabel(at: Date, timeZone?: string): string {
  const names = ['en-US', 'en-GB', 'en-AU'].map(
    (locale) =>
      formatter(locale, { timeZoneName: 'short', ...(timeZone !== undefined && { timeZone }) })
        .formatToParts(at)
        .find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC',
  );
  return names.find((name) => !/^GMT[+-]/.test(name)) ?? names[0] ?? 'UTC';
}

/** `Nov 20, 2026, 2:32 PM` or `20 Nov 2026, 14:32`, in the reader's zone. */
export function dateTime(at: Date, locale?: Locale): string {
  return format(at, locale, MEDIUM);
}

/** The same to the second: `Nov 20, 2026, 2:32:05 PM`. */
export function dateTimeSeconds(at: Date, locale?: Locale): string {
  return format(at, locale, { ...MEDIUM, timeStyle: 'medium' });
}

/** `Fri, Nov 20, 2026, 2:32 PM` in a zone (the reader's by default), for what is planned. */
export function plannedTime(at: Date, timeZone?: string, locale?: Locale): string {
  return format(at, locale, { ...WITH_WEEKDAY, ...(timeZone !== undefined && { timeZone }) });
}

/** `2:32 PM` or `14:32` */
export function clockTime(at: Date, locale?: Locale): string {
  return format(at, locale, CLOCK);
}

/** `Fri, 2:32 PM` in a zone: what a clock shows there. */
export function clockThere(at: Date, timeZone: string, locale?: Locale): string {
  return format(at, locale, { weekday: 'short', hour: 'numeric', minute: '2-digit', timeZone });
}

/** `2026-11-20 13:32:05 UTC`, as logs have it. */
export function utcTime(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });

/** `now`, `5 min. ago`, then the time of today, then the day. */
export function shortTime(at: Date, now: Date, locale?: Locale): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  if (Math.abs(seconds) < 45) return 'now';
  if (Math.abs(seconds) < 45 * 60) return relative.format(Math.round(seconds / 60), 'minute');
  if (at.toDateString() === now.toDateString()) return clockTime(at, locale);
  return format(at, locale, DAY);
}

/** `5 min. ago`, `3 hr. ago`, `2 days ago`; for beside an absolute time. */
export function relativeTime(at: Date, now: Date): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  const steps: [Intl.RelativeTimeFormatUnit, number][] = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ];
  const [unit, size] = steps.find(([, each]) => Math.abs(seconds) >= each) ?? ['second', 1];
  return Math.abs(seconds) < 10 ? 'just now' : relative.format(Math.round(seconds / size), unit);
}

/** A span such as `3:07` (minutes and seconds), for what counts down. */
export function clockSpan(totalSeconds: number): string {
  const seconds = Math.max(0, Math.ceil(totalSeconds));
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`;
}
