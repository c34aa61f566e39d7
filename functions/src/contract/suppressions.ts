import { z } from 'zod';
import {
  CONSENT_CHANGES,
  CONSENT_EVENT_KINDS,
  CONSENT_SOURCES,
  FAILURE_CATEGORIES,
  HOLD_KINDS,
  NEVER_SUPPRESSING_CODES,
  REVOCATION_DECISIONS,
} from './consent.ts';
import { incomingItem } from './messages.ts';
import { instant, opaqueId, pageOf, pageQuery, settingsSeen } from './lists.ts';
import { hasVisibleText } from './visible-text.ts';

/** Why, in an operator's own words; kept with the hold, in its event and in the audit log. */
const reason = z
  .string()
  .trim()
  .min(3, 'Say why, in a few words.')
  .max(200)
  .refine(
    (text) => text.isWellFormed() && !/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(text),
    'This holds characters that cannot be kept.',
  )
  .refine(hasVisibleText, 'Say why, in a few words.');

/** Any common way of writing a number. */
const phoneNumber = z.string().min(1).max(40);

/** Why texts to a number are held back. */
export const hold = z.object({
  at: instant,
  source: z.enum(CONSENT_SOURCES),
  /** A sentence for people, or null where there was nothing to say. */
  reason: z.string().nullable(),
  /** The provider's code that brought it about. */
  errorCode: z.number().int().nullable(),
  /** The operator's name, or null. */
  operator: z.string().nullable(),
});
export type HoldItem = z.infer<typeof hold>;

/** One line of the page of opt-outs or of suppressed numbers. */
export const suppressionItem = z.object({
  ...hold.shape,
  /** Of the number; opaque. A number that has opted out and is suppressed has two lines with one id. */
  id: z.string(),
  kind: z.enum(HOLD_KINDS),
  /** Null when nobody is registered with the number. */
  userId: z.string().nullable(),
  /** The person's label, or `Unknown · ` and six characters of the keyed hash. */
  label: z.string(),
  maskedPhone: z.string().nullable(),
});
export type SuppressionItem = z.infer<typeof suppressionItem>;

/** Newest first. */
export const suppressionsQuery = z.strictObject({ ...pageQuery, kind: z.enum(HOLD_KINDS) });
export type SuppressionsQuery = z.infer<typeof suppressionsQuery>;

/** By a whole number; at most one line for each kind. */
export const suppressionSearch = z.strictObject({ phoneNumber });

/** A person, or a number that need not be anybody's yet. Adding what stands already changes nothing and answers what stands. */
export const suppressionAdd = z
  .strictObject({
    userId: opaqueId.optional(),
    phoneNumber: phoneNumber.optional(),
    kind: z.enum(HOLD_KINDS),
    reason,
  })
  .refine((body) => (body.userId === undefined) !== (body.phoneNumber === undefined), {
    message: 'Give a person or a phone number, one of the two.',
  });
export type SuppressionAdd = z.infer<typeof suppressionAdd>;

export const suppressionLift = z.strictObject({ id: opaqueId, kind: z.enum(HOLD_KINDS), reason });
export type SuppressionLift = z.infer<typeof suppressionLift>;

/** One change of what a number or a person has consented to. */
export const consentEvent = z.object({
  id: z.string(),
  at: instant,
  kind: z.enum(CONSENT_EVENT_KINDS),
  change: z.enum(CONSENT_CHANGES),
  source: z.enum(CONSENT_SOURCES),
  reason: z.string().nullable(),
  errorCode: z.number().int().nullable(),
  operator: z.string().nullable(),
  /** The text that brought it about: an incoming one for a keyword, an outgoing one for a failure. */
  messageId: z.string().nullable(),
  /** Whether it happened to the number that the person has now; else to one that they had before. */
  currentNumber: z.boolean(),
});
export type ConsentEventItem = z.infer<typeof consentEvent>;

export const consentQuery = z.strictObject(pageQuery);

/** How a person stands now, and how it came about, newest first. `id` is what a hold is lifted by. */
export const consentHistory = z.object({
  id: z.string(),
  optedOut: hold.nullable(),
  suppressed: hold.nullable(),
  ...pageOf(consentEvent).shape,
});
export type ConsentHistory = z.infer<typeof consentHistory>;

/** A text whose wording revokes consent without a keyword; nobody has decided on it yet. */
export const revocationItem = z.object({
  message: incomingItem,
  /** Whether the sender has opted out since, in some other way. */
  optedOut: z.boolean(),
});
export type RevocationItem = z.infer<typeof revocationItem>;

/** Oldest first: the one that has waited longest. */
export const revocationsQuery = z.strictObject(pageQuery);
export const revocationDecide = z.strictObject({
  as: z.enum(REVOCATION_DECISIONS),
  reason: reason.optional(),
});
export type RevocationDecide = z.infer<typeof revocationDecide>;

/** Looks at past failures again, newest first, at most 200 at a time; `cursor` goes on where the last answer ended. */
export const backfillRequest = z.strictObject({
  since: instant,
  /** Tells what would be done and does nothing. */
  dryRun: z.boolean().default(false),
  cursor: z.string().min(1).max(1024).optional(),
});
export type BackfillRequest = z.infer<typeof backfillRequest>;

export const backfillAnswer = z.object({
  examined: z.number().int(),
  suppressed: z.number().int(),
  optedOut: z.number().int(),
  /** By why nothing followed: `category`, `held_already`, `reached_since`, `lifted_since`, `number_changed`, `no_person`. */
  skipped: z.record(z.string(), z.number().int()),
  /** Null when the end was reached. */
  nextCursor: z.string().nullable(),
});
export type BackfillAnswer = z.infer<typeof backfillAnswer>;

/** Twilio's codes have five digits. */
const code = z.string().regex(/^[1-9]\d{4}$/, 'An error code has five digits.');
const category = z.enum(FAILURE_CATEGORIES);

const neverSuppresses = (codes: Readonly<Record<string, unknown>>) =>
  NEVER_SUPPRESSING_CODES.every((each) => codes[each] !== 'suppress' && codes[each] !== 'opt_out');

/**
 * Null takes an entry back to its default. What is not named stays. With `seen`, refused as SETTINGS_CHANGED when the
 * table was changed since.
 */
export const errorCodesPatch = z.strictObject({
  seen: settingsSeen,
  codes: z
    .record(code, category.nullable())
    .refine((codes) => Object.keys(codes).length > 0, 'Change at least one code.')
    .refine((codes) => Object.keys(codes).length <= 200, 'At most 200 codes at a time.')
    .refine(neverSuppresses, 'Codes 30003 and 30007 pass by themselves and never suppress a number.'),
});
export type ErrorCodesPatch = z.infer<typeof errorCodesPatch>;

export const errorCodesAnswer = z.object({
  codes: z.array(
    z.object({
      code: z.number().int(),
      /** In plain words. */
      reason: z.string(),
      category,
      /** What it is without a change of ours. */
      default: category,
      /** Whether it may be set to `suppress` or `opt_out`. */
      maySuppress: z.boolean(),
    }),
  ),
  updatedAt: instant.nullable(),
  /** The operator's name. */
  updatedBy: z.string().nullable(),
});
export type ErrorCodesAnswer = z.infer<typeof errorCodesAnswer>;
