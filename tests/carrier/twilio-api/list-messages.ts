import type { CarrierMessage } from '../message.ts';
import { badRequest } from '../carrier-error.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Twilio's filters of the message list, newest first: `To`, `From`, and `DateSent` as a day, a time, or a bound
 * (`DateSent>`, `DateSent<`, both inclusive).
 * @throws CarrierError 400 for a date that is none.
 */
export function filterMessages(all: readonly CarrierMessage[], query: URLSearchParams): CarrierMessage[] {
  const to = query.get('To');
  const from = query.get('From');
  const on = instantOf(query, 'DateSent');
  const since = instantOf(query, 'DateSent>');
  const until = instantOf(query, 'DateSent<');
  const untilEnd = until === null ? null : until.wholeDay ? until.time + DAY_MS - 1 : until.time;
  return all
    .filter((message) => {
      if (to !== null && message.to !== to) return false;
      if (from !== null && message.from !== from) return false;
      if (on === null && since === null && untilEnd === null) return true;
      if (message.sentAt === null) return false;
      const sent = Date.parse(message.sentAt);
      if (on !== null && Math.floor(sent / DAY_MS) !== Math.floor(on.time / DAY_MS)) return false;
      return (since === null || sent >= since.time) && (untilEnd === null || sent <= untilEnd);
    })
    .toReversed();
}

function instantOf(query: URLSearchParams, name: string): { time: number; wholeDay: boolean } | null {
  const text = query.get(name);
  if (text === null || text === '') return null;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw badRequest(`${name} is not a date.`);
  return { time, wholeDay: /^\d{4}-\d{2}-\d{2}$/.test(text) };
}
