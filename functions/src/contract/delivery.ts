/** States of an outgoing entry, as they are stored and shown. The legal moves are in outbox/delivery-status.ts. */
export const OUTGOING_STATUSES = [
  'scheduled',
  'held',
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

/** Who moves an outgoing entry: the console or API, Parley's own work, or the carrier's reports. */
export const HISTORY_SOURCES = ['operator', 'auto_reply', 'worker', 'reconciler', 'carrier'] as const;
export type HistorySource = (typeof HISTORY_SOURCES)[number];

/** Why an entry needs an operator's choice, since Parley must not choose by itself (OUT-6). */
export const ATTENTION_REASONS = [
  /** More than one message at the carrier could be this one. */
  'several_matches',
  /** The carrier could not be asked, or its list did not end. */
  'not_answered',
  /** It was sent again once, and its outcome is not known again. */
  'lost_twice',
  /** The carrier accepted it and has reported nothing since. */
  'no_report',
] as const;
export type AttentionReason = (typeof ATTENTION_REASONS)[number];

/** What an operator can decide about an entry of unknown outcome. */
export const RESOLUTIONS = ['sent', 'failed', 'resend'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

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

/** Carrier keywords (IN-7). `revocation` asks to stop in other words: an operator decides. */
export const KEYWORDS = ['stop', 'start', 'help', 'revocation'] as const;
export type Keyword = (typeof KEYWORDS)[number];

/** Why a person cannot be texted; `null` in its place means that they can. */
export const UNTEXTABLE_REASONS = ['inactive', 'opted_out', 'suppressed'] as const;
export type UntextableReason = (typeof UNTEXTABLE_REASONS)[number];

/** Twilio's ceiling for the body of one message, in UTF-16 code units. */
export const MAX_BODY_LENGTH = 1600;
