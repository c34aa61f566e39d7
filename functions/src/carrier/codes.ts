import { NEVER_SUPPRESSING_CODES, type FailureCategory } from '../contract/consent.ts';
import type { OutgoingStatus } from '../contract/delivery.ts';

/** The states that a carrier can report; the others are Parley's own. */
export type CarrierStatus = Exclude<
  OutgoingStatus,
  'scheduled' | 'held' | 'queued' | 'sending' | 'unconfirmed'
>;

/** What a failure is about, which decides who can fix it. */
export type ErrorCategory =
  'number' | 'consent' | 'carrier' | 'content' | 'sender' | 'account' | 'capacity' | 'provider';

/** What one error code of a carrier means. */
export interface ProviderError {
  category: ErrorCategory;
  /** In plain language, for operators. */
  reason: string;
  /** Whether the carrier may accept the same message later, when this code answers the send itself. */
  retryable: boolean;
}

/** What a carrier's statuses and error codes mean in Parley's words: data of the carrier's folder. Nothing here throws. */
export interface CarrierCodes {
  /** Every error code with a meaning of its own. */
  readonly known: readonly number[];
  /** In any case. Null for a status that is not known, such as one that the carrier adds, or one of incoming messages. */
  status(word: string): CarrierStatus | null;
  /** Null: the carrier gave no code. A code that is not known is one of the provider's, and final. */
  error(code: number | null): ProviderError;
  /** What a code means for the number that was texted, before an admin changes it (SUPP-2). */
  category(code: number): FailureCategory;
}

/** Categories by code that an admin has set; every other code has its default. */
export type CategoryOverrides = Readonly<Record<string, FailureCategory>>;

/** Whether a code may suppress a number or opt anybody out at all. */
export function maySuppress(code: number): boolean {
  return !NEVER_SUPPRESSING_CODES.some((each) => each === code);
}

/** What a code means for the number that was texted. Whatever the table says, 30003 and 30007 never suppress it. */
export function failureCategory(
  codes: Pick<CarrierCodes, 'category'>,
  code: number,
  overrides: CategoryOverrides,
): FailureCategory {
  const set = Object.hasOwn(overrides, String(code)) ? overrides[String(code)] : undefined;
  const holds = set === 'suppress' || set === 'opt_out';
  return set === undefined || (holds && !maySuppress(code)) ? codes.category(code) : set;
}
