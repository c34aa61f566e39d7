import { z } from 'zod';
import {
  CONSENT_CHANGES,
  CONSENT_EVENT_KINDS,
  CONSENT_SOURCES,
  ERROR_CODE,
  FAILURE_CATEGORIES,
  HOLD_KINDS,
  NEVER_SUPPRESSING_CODES,
  REVOCATION_DECISIONS,
} from './consent.ts';
import { incomingItem } from './messages.ts';
import { instant, opaqueId, pageOf, pageQuery, settingsSeen } from './lists.ts';
import { isLine, LEAST_REASON, MOST, PROBLEMS } from './person-rules.ts';
import { hasVisibleText } from './visible-text.ts';

/** Why, in the operator's words; stored with the opt-out or suppression, in the consent history and in the audit log. */
const reason = z
  .string()
  .trim()
  .min(LEAST_REASON, PROBLEMS.reason)
  .max(MOST.reason)
  .refine(isLine, PROBLEMS.characters)
  .refine(hasVisibleText, PROBLEMS.reason);

/** Any common way of writing a number. */
const phoneNumber = z.string().min(1).max(MOST.phoneNumber);

/** Why a number is not texted. */
const hold = z.object({
  at: instant,
  source: z.enum(CONSENT_SOURCES),
  /** A sentence for people, or null where there was nothing to say. */
  reason: z.string().nullable(),
  /** The carrier's error code that caused it. */
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

/** A person, or a number that nobody need be registered with. Where it is opted out or suppressed already, nothing changes. */
export const suppressionAdd = z
  .strictObject({
    userId: opaqueId.optional(),
    phoneNumber: phoneNumber.optional(),
    kind: z.enum(HOLD_KINDS),
    reason,
  })
  .refine((body) => (body.userId === undefined) !== (body.phoneNumber === undefined), {
    message: 'Name a person or a phone number, not both.',
  });
export type SuppressionAdd = z.infer<typeof suppressionAdd>;

export const suppressionLift = z.strictObject({ id: opaqueId, kind: z.enum(HOLD_KINDS), reason });
export type SuppressionLift = z.infer<typeof suppressionLift>;

/** One change of what a number or a person has consented to. */
const consentEvent = z.object({
  id: z.string(),
  at: instant,
  kind: z.enum(CONSENT_EVENT_KINDS),
  change: z.enum(CONSENT_CHANGES),
  source: z.enum(CONSENT_SOURCES),
  reason: z.string().nullable(),
  errorCode: z.number().int().nullable(),
  operator: z.string().nullable(),
  /** The message that caused it: an incoming one for a keyword, an outgoing one for a failure. */
  messageId: z.string().nullable(),
  /** Whether it concerns the number that the person has now; otherwise one that they had before. */
  currentNumber: z.boolean(),
});
export type ConsentEventItem = z.infer<typeof consentEvent>;

export const consentQuery = z.strictObject(pageQuery);

/** Whether a person is opted out or suppressed now, and the history of their consent, newest first. `id` names the number when either is lifted. */
export const consentHistory = z.object({
  id: z.string(),
  optedOut: hold.nullable(),
  suppressed: hold.nullable(),
  ...pageOf(consentEvent).shape,
});
export type ConsentHistory = z.infer<typeof consentHistory>;

/** An opt-out request: a message that asks to stop in other words than a keyword. Nobody has decided on it yet. */
export const revocationItem = z.object({
  message: incomingItem,
  /** Whether the sender has opted out since, in some other way. */
  optedOut: z.boolean(),
});
export type RevocationItem = z.infer<typeof revocationItem>;

/** Oldest first. */
export const revocationsQuery = z.strictObject(pageQuery);
export const revocationDecide = z.strictObject({
  as: z.enum(REVOCATION_DECISIONS),
  reason: reason.optional(),
});
export type RevocationDecide = z.infer<typeof revocationDecide>;

/** Checks past failures against the current error codes, newest first, at most 200 at a time; `cursor` continues where the last answer ended. */
export const backfillRequest = z.strictObject({
  since: instant,
  /** Answers what would change, and changes nothing. */
  dryRun: z.boolean().default(false),
  cursor: z.string().min(1).max(1024).optional(),
});
export type BackfillRequest = z.infer<typeof backfillRequest>;

export const backfillAnswer = z.object({
  examined: z.number().int(),
  suppressed: z.number().int(),
  optedOut: z.number().int(),
  /** How many changed nothing, by the reason: `category`, `held_already`, `reached_since`, `lifted_since`, `number_changed`, `no_person`. */
  skipped: z.record(z.string(), z.number().int()),
  /** Null when the end was reached. */
  nextCursor: z.string().nullable(),
});
export type BackfillAnswer = z.infer<typeof backfillAnswer>;

const code = z.string().regex(ERROR_CODE, 'An error code has five digits, such as 30005.');
const category = z.enum(FAILURE_CATEGORIES);

const neverSuppresses = (codes: Readonly<Record<string, unknown>>) =>
  NEVER_SUPPRESSING_CODES.every((each) => codes[each] !== 'suppress' && codes[each] !== 'opt_out');

/**
 * Null sets a code back to its default. Codes that are not named stay. With `seen`, refused as SETTINGS_CHANGED when the
 * table was changed since.
 */
export const errorCodesPatch = z.strictObject({
  seen: settingsSeen,
  codes: z
    .record(code, category.nullable())
    .refine((codes) => Object.keys(codes).length > 0, 'Change at least one code.')
    .refine((codes) => Object.keys(codes).length <= 200, 'Change at most 200 codes at a time.')
    .refine(
      neverSuppresses,
      'Codes 30003 and 30007 are temporary failures and cannot suppress a number or opt anybody out.',
    ),
});
export type ErrorCodesPatch = z.infer<typeof errorCodesPatch>;

export const errorCodesAnswer = z.object({
  codes: z.array(
    z.object({
      code: z.number().int(),
      /** In plain words. */
      reason: z.string(),
      category,
      /** What it is before anybody changes it. */
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
