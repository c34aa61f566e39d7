/**
 * A number for people: `+12025550101` becomes `+1 202 555 0101`; other countries' stay as they are.
 * @param {string} number E.164
 */
export function formatNumber(number) {
  return number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '+1 $1 $2 $3');
}

/**
 * The E.164 form of what somebody typed; null when it cannot be a number.
 * @param {string} text
 * @returns {string | null}
 */
export function parseNumber(text) {
  const digits = text.replace(/[\s().-]/g, '');
  if (/^[2-9]\d{9}$/.test(digits)) return `+1${digits}`;
  const number = digits.startsWith('+') ? digits : `+${digits}`;
  return /^\+[1-9]\d{7,14}$/.test(number) ? number : null;
}

// Dates and times as their reader writes them, by the browser's language, and in the reader's zone.
const time = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const dayAndTime = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
});
const instant = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/**
 * The time of day, with the day where it is not today.
 * @param {string} iso
 */
export function formatTime(iso) {
  const at = new Date(iso);
  return (at.toDateString() === new Date().toDateString() ? time : dayAndTime).format(at);
}

/**
 * Day and time to the second, with the year.
 * @param {string} iso
 */
export function formatInstant(iso) {
  return instant.format(new Date(iso));
}
