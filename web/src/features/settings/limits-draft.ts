import {
  MAX_DAILY_SPEND,
  MAX_OPERATOR_PER_MINUTE,
  MAX_PERSON_PER_HOUR,
  MIN_DAILY_SPEND,
} from '../../../../functions/src/contract/limits.ts';
import type { SendLimits } from '../../../../functions/src/contract/send-limits.ts';

export type LimitName = keyof SendLimits;

/** One limit as the form holds it: the number as it is typed, or no limit. */
export interface LimitDraft {
  typed: string;
  none: boolean;
}
export type LimitsDraft = Readonly<Record<LimitName, LimitDraft>>;

export const LIMIT_NAMES: readonly LimitName[] = ['personPerHour', 'operatorPerMinute', 'dailySpend'];

const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

/** US dollars for people, `$50.00`; part of a cent is rounded up. */
export function dollarWords(amount: number): string {
  return dollars.format(Math.ceil(Math.round(amount * 1e6) / 1e4) / 100);
}

/** A limit in words: `10 messages`, `$50.00`, `No limit`. */
export function limitWords(name: LimitName, limit: number | null): string {
  if (limit === null) return 'No limit';
  if (name === 'dailySpend') return dollarWords(limit);
  return limit === 1 ? '1 message' : `${limit.toLocaleString('en')} messages`;
}

/** What the form starts with. */
export function draftOf(limits: SendLimits): LimitsDraft {
  const one = (name: LimitName): LimitDraft => {
    const limit = limits[name];
    return { typed: limit === null ? '' : String(limit), none: limit === null };
  };
  return {
    personPerHour: one('personPerHour'),
    operatorPerMinute: one('operatorPerMinute'),
    dailySpend: one('dailySpend'),
  };
}

/** What was typed, as limits, and what is wrong with it, by field. */
export function readDraft(draft: LimitsDraft): {
  limits: Partial<SendLimits>;
  problems: ReadonlyMap<LimitName, string>;
} {
  const limits: Partial<SendLimits> = {};
  const problems = new Map<LimitName, string>();
  for (const name of LIMIT_NAMES) {
    const { typed, none } = draft[name];
    const read = none ? null : name === 'dailySpend' ? readDollars(typed) : readCount(name, typed);
    if (typeof read === 'string') problems.set(name, read);
    else limits[name] = read;
  }
  return { limits, problems };
}

function readCount(name: LimitName, typed: string): number | string {
  const most = name === 'personPerHour' ? MAX_PERSON_PER_HOUR : MAX_OPERATOR_PER_MINUTE;
  const text = typed.trim();
  const count = Number(text);
  const fits = /^\d{1,9}$/.test(text) && count >= 1 && count <= most;
  return fits ? count : `Enter a whole number from 1 to ${most.toLocaleString('en')}, or choose No limit.`;
}

function readDollars(typed: string): number | string {
  const text = typed.trim().replace(/^\$\s*/, '');
  const amount = Number(text);
  const fits = /^\d{1,9}(?:\.\d{1,2})?$/.test(text) && amount >= MIN_DAILY_SPEND && amount <= MAX_DAILY_SPEND;
  return fits
    ? amount
    : `Enter an amount from ${dollars.format(MIN_DAILY_SPEND)} to ${dollars.format(MAX_DAILY_SPEND)}, such as 25 or 7.50, or choose No limit.`;
}

/** What differs from the current limits, in the order of the form. */
export function changesOf(
  standing: SendLimits,
  wanted: Partial<SendLimits>,
): { name: LimitName; from: number | null; to: number | null }[] {
  return LIMIT_NAMES.flatMap((name) => {
    const [from, to] = [standing[name], wanted[name]];
    return to === undefined || to === from ? [] : [{ name, from, to }];
  });
}

/** The share of the daily limit that is spent: 1 is all of it, and it can be more; null without a limit. */
export function spendShare({ spentToday, dailySpend }: { spentToday: number; dailySpend: number | null }) {
  return dailySpend === null ? null : spentToday / dailySpend;
}
