import type { SendAt } from '../contract/messages.ts';
import { clocksOf, leadProblem, momentAt } from '../contract/zoned-time.ts';

/** When a message is to be sent, or what is wrong with the time that was asked for. */
export type SendTime =
  | { ok: true; at: Date; timeZone: string }
  | { ok: false; path: 'sendAt.local' | 'sendAt.timeZone'; message: string };

/** A wall-clock time in a named zone -> its instant (OUT-8), from a minute to a year ahead of `now`. */
export function sendTimeOf({ local, timeZone }: SendAt, now: Date): SendTime {
  const clocks = clocksOf(timeZone);
  if (clocks === null)
    return { ok: false, path: 'sendAt.timeZone', message: 'This time zone does not exist.' };
  const moment = momentAt(clocks, local);
  if (moment === null) return { ok: false, path: 'sendAt.local', message: 'This day does not exist.' };
  const message = leadProblem(moment.at, now);
  if (message !== null) return { ok: false, path: 'sendAt.local', message };
  return { ok: true, at: moment.at, timeZone: clocks.resolvedOptions().timeZone };
}
