import { NEVER_SUPPRESSING_CODES, type FailureCategory } from '../contract/consent.ts';

/** What a failure is about, which decides who can fix it. */
export type ErrorCategory =
  'number' | 'consent' | 'carrier' | 'content' | 'sender' | 'account' | 'capacity' | 'provider';

export interface ProviderError {
  category: ErrorCategory;
  /** In plain language, for operators. */
  reason: string;
  /** Whether the carrier may accept the same message later, when this code answers the send itself. */
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
 * `retryable` holds for answers to a send; a code in a status callback is about a message that was accepted, and is final.
 */
export const ERROR_CODES: Readonly<Record<number, ProviderError>> = {
  10001: never('account', 'The carrier account is not active.'),
  20003: never('account', 'The carrier refused our credentials.'),
  20005: never('account', 'The carrier account is suspended.'),
  20404: never('account', 'The carrier does not know this account.'),
  20429: later('capacity', 'The carrier is receiving too many requests.'),
  20500: later('provider', 'The carrier had an internal error.'),
  20503: later('provider', 'The carrier is not available.'),
  14107: later('capacity', 'Messages are sent faster than the sender number allows.'),
  21211: never('number', 'This is not a valid phone number.'),
  21212: never('sender', 'The sender number is not valid.'),
  21217: never('number', 'This is not a valid phone number.'),
  21265: never('number', 'A short code cannot be texted.'),
  21266: never('number', 'Sender and recipient are the same number.'),
  21408: never('account', 'Messages to this country are not enabled for the carrier account.'),
  21602: never('content', 'The message is empty.'),
  21603: never('sender', 'No sender number is set.'),
  21604: never('number', 'No recipient is set.'),
  21606: never(
    'sender',
    'The sender number does not belong to the carrier account, or cannot send messages.',
  ),
  21608: never('account', 'A trial account can only text numbers that are verified with the carrier.'),
  21609: never('account', 'The address for status callbacks is not valid.'),
  21610: never('consent', 'This person has opted out with the carrier.'),
  21611: later('capacity', 'The queue of the sender number is full.'),
  21612: never('carrier', 'This number cannot be reached from the sender number.'),
  21614: never('number', 'This number is not a mobile number.'),
  21617: never('content', 'The message is longer than 1,600 characters.'),
  21619: never('content', 'The message is empty.'),
  21635: never('number', 'This number is a landline.'),
  21701: never('sender', 'The messaging service does not exist.'),
  21703: never('sender', 'The messaging service has no sender number.'),
  21704: never('sender', 'The messaging service has no sender number that can reach this country.'),
  30001: later('capacity', 'The queue of the sender number was full.'),
  30002: never('account', 'The carrier account is suspended.'),
  30003: never('carrier', 'The phone could not be reached. It may be off or out of range.'),
  30004: never('carrier', 'The recipient or their mobile network blocks messages from this sender.'),
  30005: never('number', 'This number does not exist or is no longer in use.'),
  30006: never('number', 'This number is a landline, or its network does not support text messages.'),
  30007: never(
    'content',
    'The message was filtered as spam or for breaking the rules of the mobile network.',
  ),
  30008: never('carrier', 'The carrier gave no reason.'),
  30019: never('content', 'The message is too large for the recipient’s network.'),
  30022: later('capacity', 'The sending campaign has reached its hourly or daily limit.'),
  30023: never('capacity', 'The sending brand has reached its daily limit with this mobile network.'),
  30032: never('sender', 'The toll-free sender number is not verified.'),
  30034: never('sender', 'The sender number is not registered for messages to US numbers (A2P 10DLC).'),
  30036: never('capacity', 'The message waited too long to be sent and expired.'),
  30410: never('provider', 'The carrier did not reach the recipient’s network in time.'),
  30450: never('capacity', 'Blocked by the carrier’s protection against SMS pumping fraud.'),
  30453: never('capacity', 'Blocked by the carrier’s protection against SMS pumping fraud.'),
  30500: never('provider', 'The carrier had an internal error.'),
  30610: never('consent', 'Blocked: quiet hours apply where the recipient is.'),
};

/** Twilio's code for a recipient who has opted out (SUPP-1). */
const OPTED_OUT_CODE = 21610;

/** What is known about a code; null: the carrier gave none. Never throws. */
export function providerError(code: number | null): ProviderError {
  if (code === null) return never('provider', 'The carrier gave no reason.');
  const known = Object.hasOwn(ERROR_CODES, code) ? ERROR_CODES[code] : undefined;
  return known ?? never('provider', `The message failed with carrier code ${String(code)}.`);
}

/** Codes after which every message to the number fails: no such number, not a mobile number, no longer in use. */
const SUPPRESSING = [21211, 21217, 21265, 21614, 21635, 30005, 30006];
/** Codes of a temporary trouble, though the message they are about has failed. */
const PASSING = [30003, 30007, 30008, 30023, 30036, 30410, 30450, 30453, 30500, 30610];

/** Categories by code that an admin has set; every other code has its default. */
export type CategoryOverrides = Readonly<Record<string, FailureCategory>>;

/** What a code means for the number that was texted, before an admin changes it (SUPP-2). */
export function defaultCategory(code: number): FailureCategory {
  if (code === OPTED_OUT_CODE) return 'opt_out';
  if (SUPPRESSING.includes(code)) return 'suppress';
  return PASSING.includes(code) || providerError(code).retryable ? 'transient' : 'permanent';
}

/** Whether a code may suppress a number or opt anybody out at all. */
export function maySuppress(code: number): boolean {
  return !NEVER_SUPPRESSING_CODES.some((each) => each === code);
}

/** What a code means for the number that was texted. Whatever the table says, 30003 and 30007 never suppress it. */
export function failureCategory(code: number, overrides: CategoryOverrides): FailureCategory {
  const set = Object.hasOwn(overrides, String(code)) ? overrides[String(code)] : undefined;
  const holds = set === 'suppress' || set === 'opt_out';
  return set === undefined || (holds && !maySuppress(code)) ? defaultCategory(code) : set;
}
