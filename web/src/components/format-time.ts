const dayAndTime = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const withYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
const timeOnly = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const dayOnly = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
/** Each English knows the short names of its own zones: `EST` the one, `CET` the other. */
const zoneNames = ['en-US', 'en-GB', 'en-AU'].map(
  (locale) => new Intl.DateTimeFormat(locale, { timeZoneName: 'short' }),
);
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });

/** The label of the viewer's zone at that time, e.g. `CET` or `GMT+2`. */
export function zoneLabel(at: Date): string {
  const names = zoneNames.map(
    (format) => format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? 'UTC',
  );
  return names.find((name) => !/^GMT[+-]/.test(name)) ?? names[0] ?? 'UTC';
}

/** `20 Nov, 14:32` in the viewer's zone; with the year when it is not this one. Seconds go apart: `:05`. */
export function absoluteTime(at: Date, now: Date): string {
  return (at.getFullYear() === now.getFullYear() ? dayAndTime : withYear).format(at);
}

/** `:05` */
export function secondsOf(at: Date): string {
  return `:${String(at.getSeconds()).padStart(2, '0')}`;
}

/** `2026-11-20 13:32:05 UTC` */
export function utcTime(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** `now`, `5 min. ago`, then the time of today, then the day. */
export function shortTime(at: Date, now: Date): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  if (Math.abs(seconds) < 45) return 'now';
  if (Math.abs(seconds) < 45 * 60) return relative.format(Math.round(seconds / 60), 'minute');
  if (at.toDateString() === now.toDateString()) return timeOnly.format(at);
  return dayOnly.format(at);
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
