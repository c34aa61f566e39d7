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

/** The longest undo window before a text leaves, in seconds (OUT-9), and the one of an operator who chose none. */
export const MAX_UNDO_SECONDS = 30;
export const DEFAULT_UNDO_SECONDS = 5;

/** How far ahead a text can be scheduled (OUT-8). */
export const MIN_SCHEDULE_SECONDS = 60;
export const MAX_SCHEDULE_DAYS = 366;

/** What the limits of sending can be set to (OUT-11): texts, and US dollars of a UTC day. */
export const MAX_PERSON_PER_HOUR = 1_000;
export const MAX_OPERATOR_PER_MINUTE = 6_000;
/** The carrier's list price of one US segment, in millionths of a dollar; what it charges becomes known later. */
export const SEGMENT_MICROS = 8_300;
export const MIN_DAILY_SPEND = 0.01;
export const MAX_DAILY_SPEND = 100_000;
