import {
  clocksOf,
  leadProblem,
  momentAt,
  offsetAt,
  type Moment,
} from '../../../functions/src/contract/zoned-time.ts';
import { plannedTime, zoneLabel } from './format-time.ts';

/** Wall-clock times in named zones in words, for the composer (OUT-8). Pure. */

const DAY_MS = 24 * 60 * 60 * 1000;

/** The zone of this browser. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** `2026-11-21T09:30` in a zone as an instant; null where it is none. */
export function momentOf(local: string, timeZone: string): Moment | null {
  const clocks = clocksOf(timeZone);
  return clocks && momentAt(clocks, local);
}

/** What a clock in a zone shows at an instant: `2026-11-21T09:30`, as native fields want it. */
export function localTimeIn(at: Date, timeZone: string): string {
  const clocks = clocksOf(timeZone);
  return clocks ? new Date(at.getTime() + offsetAt(clocks, at.getTime())).toISOString().slice(0, 16) : '';
}

/** `Sat, Nov 21, 2026, 9:30 AM EST`, as the reader writes it */
export function wordsIn(at: Date, timeZone: string, locale?: string): string {
  return `${plannedTime(at, timeZone, locale)} ${zoneLabel(at, timeZone)}`;
}

/** What a change of the clocks means for the chosen time, in a sentence; null where there is none. */
export function changeWords(local: string, timeZone: string): string | null {
  const moment = momentOf(local, timeZone);
  if (!moment?.change) return null;
  const [asked, taken] = [local.slice(11), localTimeIn(moment.at, timeZone).slice(11)];
  return moment.change === 'skipped'
    ? `Clocks there go forward that day: ${asked} is skipped, so it is sent at ${taken}.`
    : `Clocks there go back that day: ${asked} comes twice, and it is sent the first time.`;
}

/** What is wrong with a time to send at, or null. */
export function sendTimeProblem(
  { local, timeZone }: { local: string; timeZone: string },
  now: Date,
): string | null {
  const moment = momentOf(local, timeZone);
  return moment ? leadProblem(moment.at, now) : 'Choose a day and a time.';
}

/** Nine in the morning of the next day there: where a choice begins. */
export function tomorrowMorning(timeZone: string, now: Date): string {
  return `${localTimeIn(new Date(now.getTime() + DAY_MS), timeZone).slice(0, 10)}T09:00`;
}
