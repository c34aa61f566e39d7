/**
 * The closed list of error codes (ACC-5). A code is a stable name that programs and the console may branch on;
 * its HTTP status never differs between routes. `message` is what a person reads when nothing better is known.
 */
export const ERROR_CODES = {
  BAD_REQUEST: { status: 400, message: 'The request could not be understood.' },
  NOT_JSON: { status: 400, message: 'The body is not valid JSON.' },
  VALIDATION_FAILED: { status: 400, message: 'Some fields are not right.' },
  BAD_CURSOR: {
    status: 400,
    message: 'This cursor is not one that Parley gave out. Start from the first page.',
  },
  PHONE_NUMBER_INVALID: { status: 400, message: 'This is not a phone number that can receive texts.' },
  PASSWORD_UNACCEPTABLE: { status: 400, message: 'A password has 12 to 72 bytes.' },
  IDEMPOTENCY_KEY_MISSING: {
    status: 400,
    message: 'Send an Idempotency-Key header, so that a retry cannot send twice.',
  },
  NOT_SIGNED_IN: { status: 401, message: 'Sign in to continue.' },
  SESSION_EXPIRED: { status: 401, message: 'Your session ended after 4 hours. Sign in again.' },
  SESSION_ENDED: { status: 401, message: 'This session was ended. Sign in again.' },
  CREDENTIALS_WRONG: { status: 401, message: 'E-mail or password is wrong.' },
  SIGNATURE_INVALID: { status: 403, message: 'The request is not signed by the carrier.' },
  CROSS_SITE_REFUSED: { status: 403, message: 'Requests from other sites are refused.' },
  PERMISSION_DENIED: { status: 403, message: 'Your role does not allow this.' },
  NOT_YOUR_MESSAGE: {
    status: 403,
    message: 'Only its author or an admin can change or cancel this message.',
  },
  NOT_FOUND: { status: 404, message: 'There is nothing here.' },
  PERSON_NOT_FOUND: { status: 404, message: 'There is no such person.' },
  METHOD_NOT_ALLOWED: { status: 405, message: 'This address does not take that method.' },
  PHONE_NUMBER_TAKEN: { status: 409, message: 'A person with this number exists already.' },
  EMAIL_TAKEN: { status: 409, message: 'An operator with this e-mail exists already.' },
  IDEMPOTENCY_KEY_REUSED: { status: 409, message: 'This Idempotency-Key was used for another message.' },
  PERSON_INACTIVE: { status: 409, message: 'This person is inactive.' },
  PERSON_OPTED_OUT: { status: 409, message: 'This person has opted out of texts.' },
  PERSON_SUPPRESSED: { status: 409, message: 'This number cannot be reached and is suppressed.' },
  MESSAGE_ALREADY_LEFT: { status: 409, message: 'This message was already sent or canceled.' },
  TOO_MANY_EDITS: {
    status: 409,
    message: 'This message was changed as often as possible. Cancel it and write a new one.',
  },
  MESSAGE_NOT_UNCLEAR: {
    status: 409,
    message: 'The outcome of this message is known or still being looked up.',
  },
  ALREADY_DECIDED: { status: 409, message: 'Somebody has decided on this text already.' },
  SETTINGS_CHANGED: {
    status: 409,
    message: 'Somebody has changed these settings meanwhile. Look at them again.',
  },
  LAST_OWNER: { status: 409, message: 'Parley needs at least one active owner.' },
  INVITATION_INVALID: {
    status: 410,
    message: 'This invitation is used, withdrawn or expired. Ask for a new one.',
  },
  BODY_TOO_LARGE: { status: 413, message: 'The body is too large.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, message: 'Send JSON in UTF-8 (Content-Type: application/json).' },
  SIGN_IN_LOCKED: { status: 429, message: 'Too many failed sign-ins. Try again later.' },
  PERSON_RATE_LIMITED: {
    status: 429,
    message:
      'This person has reached the limit of messages within an hour. Messages that failed count, canceled ones do not.',
  },
  OPERATOR_RATE_LIMITED: {
    status: 429,
    message: 'You have reached the limit of messages within a minute. Try again shortly.',
  },
  SPEND_LIMIT_REACHED: {
    status: 429,
    message: 'The daily spending limit is reached. An admin can raise it.',
  },
  INTERNAL: { status: 500, message: 'Something went wrong on our side. Nothing was lost; try again.' },
  SMS_DISABLED: { status: 503, message: 'Sending is disabled. Set SMS_MODE to simulation or live.' },
  UNAVAILABLE: { status: 503, message: 'The service cannot do this right now. Try again in a moment.' },
} as const satisfies Record<string, { status: number; message: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** Every error answer of the API and the webhook has this shape and no other. */
export interface ErrorBody {
  /** HTTP reason in words, e.g. `Bad Request`. */
  error: string;
  errorCode: ErrorCode;
  /** A sentence for people. Never carries a phone number. */
  message: string;
  /** Field problems (`[{path, message}]`) or other facts, such as `{retryAfterSeconds}`. */
  details: unknown;
  /** ISO 8601, UTC. */
  timestamp: string;
  requestId: string;
}
