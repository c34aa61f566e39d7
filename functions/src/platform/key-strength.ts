import { isUtf8 } from 'node:buffer';
import type { KeyRing } from './key-ring.ts';

/** A 32-byte key, by where it stands. */
export interface NamedKey {
  /** The setting, and for a ring the key's id: `PHONE_KEYS (a)`. */
  name: string;
  bytes: Buffer;
}

/** Of 32 random bytes about 30 differ; fewer than this happens to one key in 10^10. */
const FEWEST_DIFFERENT_BYTES = 16;
/** Between neighbours of 32 random bytes no difference comes more than three times; eight times in one key of 10^10. */
const MOST_EQUAL_STEPS = 7;
/** A third of random bytes are printable; this many of 32 are in one key of 10^8. */
const MOST_PRINTABLE = 27;

function isPattern(bytes: Buffer): boolean {
  const steps = new Map<number, number>();
  for (let index = 1; index < bytes.length; index += 1) {
    const step = ((bytes[index] ?? 0) - (bytes[index - 1] ?? 0) + 256) % 256;
    steps.set(step, (steps.get(step) ?? 0) + 1);
  }
  return Math.max(...steps.values()) > MOST_EQUAL_STEPS || isRepeated(bytes);
}

/** Whether some beginning, of at most half the length, is repeated to the end. */
function isRepeated(bytes: Buffer): boolean {
  for (let period = 1; period <= bytes.length / 2; period += 1)
    if (bytes.subarray(period).equals(bytes.subarray(0, bytes.length - period))) return true;
  return false;
}

function isTyped(bytes: Buffer): boolean {
  const printable = bytes.filter((byte) => byte >= 0x20 && byte < 0x7f).length;
  return printable > MOST_PRINTABLE || isUtf8(bytes);
}

/** Why `bytes` cannot have come from a random generator, in words that follow the key's name; null when they may have. */
export function weaknessOf(bytes: Buffer): string | null {
  if (new Set(bytes).size < FEWEST_DIFFERENT_BYTES) return 'repeats the same few bytes';
  if (isTyped(bytes)) return 'is typed text, not random bytes';
  return isPattern(bytes) ? 'follows a pattern' : null;
}

/** Every key that is weak, and every pair that is one key under two names. */
export function keyProblems(keys: readonly NamedKey[]): string[] {
  const weak = keys.flatMap(({ name, bytes }) => {
    const weakness = weaknessOf(bytes);
    return weakness === null ? [] : [`${name} ${weakness}.`];
  });
  const shared = keys.flatMap((key, index) => {
    const twin = keys.slice(0, index).find((earlier) => earlier.bytes.equals(key.bytes));
    return twin === undefined ? [] : [`${key.name} is the same key as ${twin.name}.`];
  });
  return [...weak, ...shared];
}

/** A ring's keys with their names. */
export function named(setting: string, ring: KeyRing): NamedKey[] {
  return ring.map(({ id, bytes }) => ({ name: `${setting} (${id})`, bytes }));
}

/** Of 32 random hexadecimal digits at least this many differ, but for one token in 10^8. */
const FEWEST_DIFFERENT_DIGITS = 7;

/** Whether a Twilio auth token, of whatever form, is so short or so monotonous that nobody can have been given it. */
export function isWeakToken(token: string): boolean {
  return token.length < 16 || new Set(token).size < FEWEST_DIFFERENT_DIGITS;
}
