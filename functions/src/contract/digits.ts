/** Digits in circles, which have no plainer form: where each run of nine begins, from one. */
const CIRCLED = [0x24f5, 0x2776, 0x2780, 0x278a] as const;

/** Digits of every script that counts by ten (Arabic, Devanagari and so on), and circled ones, as 0 to 9. */
export function asciiDigits(text: string): string {
  return text.replace(/[\p{Nd}\u24f5-\u24fd\u24ff\u2776-\u277e\u2780-\u2788\u278a-\u2792]/gu, (digit) =>
    String(digitValue(digit)),
  );
}

/** Unicode keeps the ten digits of a script together, so their zero is the first of the run that this one stands in. */
function digitValue(digit: string): number {
  if (digit >= '0' && digit <= '9') return Number(digit);
  const point = digit.codePointAt(0) ?? 0;
  if (point === 0x24ff) return 0;
  const circled = CIRCLED.find((first) => point >= first && point < first + 9);
  if (circled !== undefined) return point - circled + 1;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(point - value - 1))) value += 1;
  return value;
}
