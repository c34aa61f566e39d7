/**
 * Words of consent and suppression (SUPP-1), apart from the schemas: the webhook records consent, and loads no schema
 * library.
 */

/** Why a number is not texted. The two are kept apart: one is a person's choice, the other a fact of the number. */
export const HOLD_KINDS = ['opted_out', 'suppressed'] as const;
export type HoldKind = (typeof HOLD_KINDS)[number];

/** What a consent event can be about: a hold, or the evidence of consent that is kept of a person (PPL-1). */
export const CONSENT_EVENT_KINDS = ['consent', ...HOLD_KINDS] as const;
export type ConsentEventKind = (typeof CONSENT_EVENT_KINDS)[number];

export const CONSENT_CHANGES = ['added', 'lifted'] as const;
export type ConsentChange = (typeof CONSENT_CHANGES)[number];

/** The person's own text, an operator, what the carrier answered, or a look back at what it had answered before. */
export const CONSENT_SOURCES = ['keyword', 'operator', 'carrier', 'backfill'] as const;
export type ConsentSource = (typeof CONSENT_SOURCES)[number];

/**
 * What a provider's error code means for the number (SUPP-2). `transient`: it may work later. `permanent`: this text will
 * not go, which says nothing about the number. `suppress`: the number cannot be reached for good. `opt_out`: the person
 * has opted out with the carrier.
 */
export const FAILURE_CATEGORIES = ['transient', 'permanent', 'suppress', 'opt_out'] as const;
export type FailureCategory = (typeof FAILURE_CATEGORIES)[number];

/** Codes that no table may hold against a number: a phone that was off, a text that a carrier's filter did not like. */
export const NEVER_SUPPRESSING_CODES = [30003, 30007] as const;

/** What can become of a text whose wording revokes consent without a keyword (IN-7). */
export const REVOCATION_DECISIONS = ['opted_out', 'dismissed'] as const;
export type RevocationDecision = (typeof REVOCATION_DECISIONS)[number];
