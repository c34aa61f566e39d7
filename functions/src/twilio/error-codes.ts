import { NEVER_SUPPRESSING_CODES, type FailureCategory } from '../contract/consent.ts';

/** What a failure says about: which decides who can mend it. */
export type ErrorCategory =
  'number' | 'consent' | 'carrier' | 'content' | 'sender' | 'account' | 'capacity' | 'provider';

export interface ProviderError {
  category: ErrorCategory;
  /** In plain words, for the log. */
  reason: string;
  /** Whether the same text may be taken later, when it is told in the answer to the send itself. */
  retryable: boolean;
}

const never = (category: ErrorCategory, reason: string): ProviderError => ({
  category,
  reason,
  retryable: false,
});
const later = (category: ErrorCategory, reason: string): ProviderError => ({
  category,
  reason,
  retryable: true,
});

/**
 * Twilio's error codes as data, since Twilio advises against logic on single codes. Meanings: twilio.com/docs/api/errors.
 * `retryable` holds for answers to a send; a code in a status callback tells of a text that was taken, and is final.
 */
export const ERROR_CODES: Readonly<Record<number, ProviderError>> = {
  10001: never('account', 'The provider account is not active.'),
  20003: never('account', 'The provider refused our credentials.'),
  20005: never('account', 'The provider account is suspended.'),
  20404: never('account', 'The provider does not know this account.'),
  20429: later('capacity', 'The provider is getting too many requests.'),
  20500: later('provider', 'The provider has an internal error.'),
  20503: later('provider', 'The provider is not available.'),
  14107: later('capacity', 'Messages leave faster than the sender number allows.'),
  21211: never('number', 'This is not a valid phone number.'),
  21212: never('sender', 'The sender number is not valid.'),
  21217: never('number', 'This is not a valid phone number.'),
  21265: never('number', 'A short code cannot be texted.'),
  21266: never('number', 'Sender and recipient are the same number.'),
  21408: never('account', 'Texts to this country are not enabled for the provider account.'),
  21602: never('content', 'The text is empty.'),
  21603: never('sender', 'No sender number is set.'),
  21604: never('number', 'No recipient is set.'),
  21606: never('sender', 'The sender number does not belong to the provider account, or cannot send texts.'),
  21608: never('account', 'A trial account can only text numbers that are verified with the provider.'),
  21609: never('account', 'The address for delivery reports is not valid.'),
  21610: never('consent', 'This person has opted out of texts with the carrier.'),
  21611: later('capacity', 'The queue of the sender number is full.'),
  21612: never('carrier', 'This number cannot be reached from the sender number.'),
  21614: never('number', 'This number is not a mobile number.'),
  21617: never('content', 'The text is longer than 1,600 characters.'),
  21619: never('content', 'The text is empty.'),
  21635: never('number', 'This number is a landline.'),
  21701: never('sender', 'The messaging service does not exist.'),
  21703: never('sender', 'The messaging service has no sender number.'),
  21704: never('sender', 'The messaging service has no sender number that can reach this country.'),
  30001: later('capacity', 'The queue of the sender number was full.'),
  30002: never('account', 'The provider account is suspended.'),
  30003: never('carrier', 'The phone could not be reached. It may be off or out of coverage.'),
  30004: never('carrier', 'The carrier or the recipient blocks this message.'),
  30005: never('number', 'This number is unknown to the carrier, or no longer in use.'),
  30006: never('number', 'This number is a landline, or its carrier takes no texts.'),
  30007: never('content', 'The carrier filtered this message out as spam or against its rules.'),
  30008: never('carrier', 'The carrier gave no reason.'),
  30019: never('content', 'The message is too large for the carrier.'),
  30022: later('capacity', 'The daily or hourly limit of the sender campaign is reached.'),
  30023: never('capacity', 'The daily limit of the sender brand with this carrier is reached.'),
  30032: never('sender', 'The toll-free sender number is not verified.'),
  30034: never('sender', 'The sender number is not registered for US texts (A2P 10DLC).'),
  30036: never('capacity', 'The message waited too long and expired.'),
  30410: never('provider', 'The provider did not reach the carrier in time.'),
  30450: never('capacity', 'Blocked by the protection against SMS pumping.'),
  30453: never('capacity', 'Blocked by the protection against SMS pumping.'),
  30500: never('provider', 'The provider has an internal error.'),
  30610: never('consent', 'Blocked: it is quiet hours where the recipient is.'),
};

/** The code by which Twilio tells that the recipient has opted out (SUPP-1). */
export const OPTED_OUT_CODE = 21610;

/** What is known of a code; null code: the provider told none. Never throws. */
export function providerError(code: number | null): ProviderError {
  if (code === null) return never('provider', 'The provider gave no reason.');
  const known = Object.hasOwn(ERROR_CODES, code) ? ERROR_CODES[code] : undefined;
  return known ?? never('provider', `The provider refused it with code ${String(code)}.`);
}

/** Codes that mean the number cannot be reached for good: no such number, no mobile number, no longer in use. */
const SUPPRESSING = [21211, 21217, 21265, 21614, 21635, 30005, 30006];
/** Codes that pass by themselves though the text they tell of is lost. */
const PASSING = [30003, 30007, 30008, 30023, 30036, 30410, 30450, 30453, 30500, 30610];

/** Categories by code that an operator has set; codes that are not in it have their default. */
export type CategoryOverrides = Readonly<Record<string, FailureCategory>>;

/** What a code means for the number that was texted, before anybody changes it (SUPP-2). */
export function defaultCategory(code: number): FailureCategory {
  if (code === OPTED_OUT_CODE) return 'opt_out';
  if (SUPPRESSING.includes(code)) return 'suppress';
  return PASSING.includes(code) || providerError(code).retryable ? 'transient' : 'permanent';
}

/** Whether a code may hold texts back from a number at all. */
export function maySuppress(code: number): boolean {
  return !NEVER_SUPPRESSING_CODES.some((each) => each === code);
}

/** What a code means for the number that was texted. Whatever the table says, 30003 and 30007 never hold texts back. */
export function failureCategory(code: number, overrides: CategoryOverrides): FailureCategory {
  const set = Object.hasOwn(overrides, String(code)) ? overrides[String(code)] : undefined;
  const holds = set === 'suppress' || set === 'opt_out';
  return set === undefined || (holds && !maySuppress(code)) ? defaultCategory(code) : set;
}
