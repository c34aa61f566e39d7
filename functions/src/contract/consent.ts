/**
 * Words of consent and suppression (SUPP-1), apart from the schemas: the webhook records consent, and loads no schema
 * library.
 */

/** Why a number is not texted. The two are kept apart: one is a person's choice, the other a fact of the number. */
export const HOLD_KINDS = ['opted_out', 'suppressed'] as const;
export type HoldKind = (typeof HOLD_KINDS)[number];

/** What a consent event is about: an opt-out, a suppression, or the record of a person's consent (PPL-1). */
export const CONSENT_EVENT_KINDS = ['consent', ...HOLD_KINDS] as const;
export type ConsentEventKind = (typeof CONSENT_EVENT_KINDS)[number];

export const CONSENT_CHANGES = ['added', 'lifted'] as const;
export type ConsentChange = (typeof CONSENT_CHANGES)[number];

/** A message of the person, an operator, an error code of the carrier, or the check of past failures. */
export const CONSENT_SOURCES = ['keyword', 'operator', 'carrier', 'backfill'] as const;
export type ConsentSource = (typeof CONSENT_SOURCES)[number];

/**
 * What a carrier's error code means for the number (SUPP-2). `transient`: the next message may arrive. `permanent`: this
 * message fails, which says nothing about the number. `suppress`: messages to the number fail for good. `opt_out`: the
 * person has opted out with the carrier.
 */
export const FAILURE_CATEGORIES = ['transient', 'permanent', 'suppress', 'opt_out'] as const;
export type FailureCategory = (typeof FAILURE_CATEGORIES)[number];

/** Codes that never suppress a number, whatever the table says: a phone that is off, a message that a filter stopped. */
export const NEVER_SUPPRESSING_CODES = [30003, 30007] as const;

/** A carrier's error code as Twilio writes them: five digits. */
export const ERROR_CODE = /^[1-9]\d{4}$/;

/** What an operator can decide about an opt-out request (IN-7). */
export const REVOCATION_DECISIONS = ['opted_out', 'dismissed'] as const;
export type RevocationDecision = (typeof REVOCATION_DECISIONS)[number];
