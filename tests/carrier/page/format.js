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

/** @param {string} iso */
export function formatTime(iso) {
  return new Date(iso).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}

/** @param {string} iso */
export function formatInstant(iso) {
  return new Date(iso).toLocaleString([], { dateStyle: 'medium', timeStyle: 'medium' });
}
