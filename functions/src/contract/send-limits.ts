import { z } from 'zod';
import { MAX_DAILY_SPEND, MAX_OPERATOR_PER_MINUTE, MAX_PERSON_PER_HOUR, MIN_DAILY_SPEND } from './limits.ts';
import { instant, settingsSeen } from './lists.ts';

const perTime = (most: number) => z.number().int().min(1).max(most).nullable();

/** The sending limits (OUT-11). Null: no limit. */
export const sendLimits = z.object({
  /** Messages that operators may send to one person within any hour. */
  personPerHour: perTime(MAX_PERSON_PER_HOUR),
  /** Messages that one operator may send within any minute. */
  operatorPerMinute: perTime(MAX_OPERATOR_PER_MINUTE),
  /** US dollars that operators' messages of one UTC day may cost, by estimate. */
  dailySpend: z.number().min(MIN_DAILY_SPEND).max(MAX_DAILY_SPEND).multipleOf(0.01).nullable(),
});
export type SendLimits = z.infer<typeof sendLimits>;

export const DEFAULT_SEND_LIMITS: SendLimits = { personPerHour: 10, operatorPerMinute: 60, dailySpend: 50 };

/** With `seen`, refused as SETTINGS_CHANGED when the limits were changed since. */
export const sendLimitsPatch = z
  .strictObject({ ...sendLimits.partial().shape, seen: settingsSeen })
  .refine(({ seen: _seen, ...patch }) => Object.keys(patch).length > 0, 'Change at least one limit.');
export type SendLimitsPatch = z.infer<typeof sendLimitsPatch>;

/** The limits, and how much of the spending is used today. */
export const sendLimitsAnswer = z.object({
  ...sendLimits.shape,
  /** US dollars that today's messages cost so far, by estimate; canceled ones do not count. */
  spentToday: z.number(),
  updatedAt: instant.nullable(),
  /** The operator's name. */
  updatedBy: z.string().nullable(),
});
export type SendLimitsAnswer = z.infer<typeof sendLimitsAnswer>;
