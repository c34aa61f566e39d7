/**
 * Limits that the console shows as well as the server holds. They live apart from the schemas so that the console can
 * import them without the schema library.
 */

/** bcrypt reads 72 bytes and silently ignores the rest, so longer passwords are refused, never cut (OP-1). */
export const PASSWORD_MIN_BYTES = 12;
export const PASSWORD_MAX_BYTES = 72;

/** A session ends this long after sign-in, whatever the activity (OP-2). */
export const SESSION_SECONDS = 4 * 60 * 60;

export const DEFAULT_PAGE_SIZE = 50;
export const MAX_PAGE_SIZE = 100;

/** The longest undo window before a message is sent, in seconds (OUT-9), and the one of an operator who chose none. */
export const MAX_UNDO_SECONDS = 30;
export const DEFAULT_UNDO_SECONDS = 5;

/** How often a message can be changed before it is sent; every earlier wording is kept (OUT-8). */
export const MAX_EDITS = 20;

/** How far ahead a message can be scheduled (OUT-8). */
export const MIN_SCHEDULE_SECONDS = 60;
export const MAX_SCHEDULE_DAYS = 366;

/**
 * Phone numbers that one operator may look up, whatever the route (PRIV-3): more than hands can type, and far too few to
 * try the 10,000 ends of a masked number, or a list of numbers, unseen. Numbers that one operator may have revealed.
 */
export const MAX_LOOKUPS_PER_MINUTE = 30;
export const MAX_LOOKUPS_PER_DAY = 300;
export const MAX_REVEALS_PER_HOUR = 20;

/** What the sending limits can be set to (OUT-11): messages, and US dollars of a UTC day. */
export const MAX_PERSON_PER_HOUR = 1_000;
export const MAX_OPERATOR_PER_MINUTE = 6_000;
/** The carrier's list price of one US segment, in millionths of a dollar; what it charges becomes known later. */
export const SEGMENT_MICROS = 8_300;
export const MIN_DAILY_SPEND = 0.01;
export const MAX_DAILY_SPEND = 100_000;
