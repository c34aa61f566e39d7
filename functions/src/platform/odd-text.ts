/**
 * Texts that came in a place where something else was expected: an odd sender, a count that is no number, a status that
 * nobody knows. What is kept or shown of them can be read, is short, and holds no phone number (PRIV-1).
 */

/** As many digits could be a phone number. */
const NUMBER_DIGITS = 7;

/** Whether a text has enough digits, of any script and with anything between them, to be a phone number. */
export function mayHoldNumber(text: string): boolean {
  return (text.normalize('NFKC').match(/\p{Nd}/gu)?.length ?? 0) >= NUMBER_DIGITS;
}

/** A text on one line without anything invisible, cut to `most` UTF-16 units and never inside a character. */
export function visible(text: string, most: number): string {
  const shown = text
    .slice(0, most * 4)
    .replace(/[\p{C}\p{Z}\s\p{Default_Ignorable_Code_Point}]+/gu, ' ')
    .trim();
  return shown.length <= most ? shown : `${cutWell(shown, most - 1)}…`;
}

/** At most `most` UTF-16 units, without half a surrogate pair at the end. */
export function cutWell(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}

const MOST_KEPT = 300;

/** An odd text as it is kept beside what was made of it; one that may hold a phone number by its length only. */
export function asReceived(text: string): string {
  return mayHoldNumber(text)
    ? `Not kept: ${String(text.length)} characters, which may hold a phone number.`
    : cutWell(text, MOST_KEPT);
}
