/** States of an outgoing entry, as they are stored and shown. The legal moves are in messaging/delivery-status.ts. */
export const OUTGOING_STATUSES = [
  'queued',
  'sending',
  'unconfirmed',
  'accepted',
  'sent',
  'delivered',
  'read',
  'undelivered',
  'failed',
  'canceled',
] as const;
export type OutgoingStatus = (typeof OUTGOING_STATUSES)[number];

export const INCOMING_STATUSES = ['registered', 'unknown'] as const;
export type IncomingStatus = (typeof INCOMING_STATUSES)[number];

/** Why an incoming message was, or was not, answered by Parley. */
export const RESPONSE_REASONS = [
  'acknowledged',
  'unknown_sender',
  'inactive',
  'loop_guard',
  'keyword',
] as const;
export type ResponseReason = (typeof RESPONSE_REASONS)[number];

/** Carrier keywords (IN-7). `revocation` is a free-form wording that an operator should look at. */
export const KEYWORDS = ['stop', 'start', 'help', 'revocation'] as const;
export type Keyword = (typeof KEYWORDS)[number];

/** Why a person cannot be texted; `null` in its place means that they can. */
export const UNTEXTABLE_REASONS = ['inactive', 'opted_out', 'suppressed'] as const;
export type UntextableReason = (typeof UNTEXTABLE_REASONS)[number];

/** Twilio's ceiling for the body of one message, in UTF-16 code units. */
export const MAX_BODY_LENGTH = 1600;
