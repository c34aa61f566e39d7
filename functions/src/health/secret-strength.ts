import { KEY_BYTES, type KeyRing } from '../platform/key-ring.ts';

/** A 32-byte key, by where it stands. */
export interface NamedKey {
  /** The setting, and for a ring the key's id: `PHONE_KEYS (a)`. */
  name: string;
  bytes: Buffer;
}

/** Of 32 random bytes about 30 differ; fewer than this happens to none in the life of the universe. */
const FEWEST_DIFFERENT_BYTES = 16;

/** Why `bytes` cannot have come from a random generator, in words that follow the key's name; null when they may have. */
export function weaknessOf(bytes: Buffer): string | null {
  if (new Set(bytes).size < FEWEST_DIFFERENT_BYTES) return 'repeats the same few bytes';
  // 32 random bytes are all printable once in 10^14 times.
  if (bytes.length === KEY_BYTES && bytes.every((byte) => byte >= 0x20 && byte < 0x7f))
    return 'is typed text, not random bytes';
  return null;
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
