/**
 * The closed list of error codes (ACC-5). A code is a stable name that programs and the console may branch on; its HTTP
 * status is the same on every route. `message` says what is wrong and, where something helps, what to do; a route may give
 * one that says more.
 */
export const ERROR_CODES = {
  BAD_REQUEST: { status: 400, message: 'The request could not be understood.' },
  NOT_JSON: { status: 400, message: 'The request body is not valid JSON.' },
  VALIDATION_FAILED: { status: 400, message: 'Some fields are wrong. Correct them and try again.' },
  BAD_CURSOR: {
    status: 400,
    message: 'This cursor does not belong to this list. Start from the first page.',
  },
  PHONE_NUMBER_INVALID: {
    status: 400,
    message: 'This is not a phone number that can receive messages. Check its digits.',
  },
  PASSWORD_UNACCEPTABLE: {
    status: 400,
    message: 'Use a password of at least 12 characters and at most 72 bytes.',
  },
  IDEMPOTENCY_KEY_MISSING: {
    status: 400,
    message: 'Send an Idempotency-Key header, so that a retry cannot send the message twice.',
  },
  CREDENTIALS_MIXED: {
    status: 400,
    message: 'Send either the cookie of a session or the credentials of a program, not both.',
  },
  NOT_SIGNED_IN: { status: 401, message: 'Sign in to continue.' },
  SESSION_EXPIRED: { status: 401, message: 'Your session ended after 4 hours. Sign in again.' },
  SESSION_ENDED: { status: 401, message: 'This session was ended. Sign in again.' },
  CREDENTIALS_WRONG: { status: 401, message: 'E-mail or password is wrong.' },
  SIGNATURE_INVALID: { status: 403, message: 'This request is not signed by the carrier.' },
  CROSS_SITE_REFUSED: { status: 403, message: 'Requests from other websites are refused.' },
  PERMISSION_DENIED: { status: 403, message: 'You do not have access to this. Ask an admin.' },
  NOT_YOUR_MESSAGE: {
    status: 403,
    message: 'Only its author or an admin can change or cancel this message.',
  },
  VIA_HOSTING_ONLY: {
    status: 403,
    message: 'The API answers at the address of the console only, not at that of its function.',
  },
  NOT_FOUND: { status: 404, message: 'This was not found. Check the address, or reload the page.' },
  PERSON_NOT_FOUND: { status: 404, message: 'This person was not found.' },
  METHOD_NOT_ALLOWED: { status: 405, message: 'This address does not support that method.' },
  PHONE_NUMBER_TAKEN: { status: 409, message: 'Someone already has this number.' },
  EMAIL_TAKEN: { status: 409, message: 'Another operator already has this e-mail address.' },
  IDEMPOTENCY_KEY_REUSED: {
    status: 409,
    message: 'This Idempotency-Key was used for another message. Use a new one.',
  },
  PERSON_INACTIVE: { status: 409, message: 'This person is inactive and cannot be texted.' },
  PERSON_OPTED_OUT: { status: 409, message: 'This person has opted out and cannot be texted.' },
  PERSON_SUPPRESSED: { status: 409, message: 'This number is suppressed and cannot be texted.' },
  MESSAGE_ALREADY_LEFT: { status: 409, message: 'This message was already sent or canceled.' },
  TOO_MANY_EDITS: {
    status: 409,
    message: 'This message was changed as often as possible. Cancel it and write a new one.',
  },
  MESSAGE_NOT_UNCLEAR: {
    status: 409,
    message: 'The outcome of this message is known or still being looked up.',
  },
  ALREADY_DECIDED: { status: 409, message: 'Someone has already decided on this message.' },
  SETTINGS_CHANGED: {
    status: 409,
    message: 'Someone else has changed these settings. Look at the new values, then try again.',
  },
  LAST_OWNER: {
    status: 409,
    message: 'Parley needs at least one active owner. Make someone else an owner first.',
  },
  INVITATION_INVALID: {
    status: 410,
    message: 'This link was used before, replaced or has expired. Ask an admin for a new one.',
  },
  BODY_TOO_LARGE: { status: 413, message: 'The request body is too large.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, message: 'Send JSON in UTF-8 (Content-Type: application/json).' },
  SIGN_IN_LOCKED: { status: 429, message: 'Too many failed sign-ins. Try again later.' },
  SIGN_IN_BUSY: { status: 429, message: 'Many sign-ins are being checked right now. Try again in a moment.' },
  ROUTE_BUSY: { status: 429, message: 'This is being asked for a lot right now. Try again in a moment.' },
  LOOKUP_LIMITED: {
    status: 429,
    message: 'You have looked up as many phone numbers as one operator may for now. Try again later.',
  },
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
  INTERNAL: { status: 500, message: 'Something went wrong on our side. Nothing was lost. Try again.' },
  SMS_DISABLED: { status: 503, message: 'Sending is disabled. Set SMS_MODE to simulation or live.' },
  UNAVAILABLE: { status: 503, message: 'Parley cannot do this right now. Try again in a moment.' },
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
