import { PASSWORD_MAX_BYTES, PASSWORD_MIN_BYTES } from '../contract/limits.ts';
import type { Bcrypt } from '../platform/bcrypt.ts';

/** OP-1; each step up doubles the time. */
const COST = 12;

/** A hash of random bytes that nobody kept: what a password is compared with where there is none to compare with. */
const NOBODYS_HASH = '$2b$12$l7xg5lUdtEO/KHFmQXQJQulNnjFdPf.udzbL.bBevjW.wepZHTlV6';

/** One writing of what different keyboards compose differently. */
function normalise(password: string): string {
  return password.normalize('NFC');
}

/** bcrypt reads neither past 72 bytes nor reliably past a NUL: what it would not read whole is no password. */
function isReadWhole(password: string): boolean {
  const bytes = Buffer.byteLength(password, 'utf8');
  return bytes <= PASSWORD_MAX_BYTES && password.isWellFormed() && !password.includes('\u0000');
}

/** Whether a new password may be set: 12 to 72 bytes of UTF-8 (OP-1), whole characters, no NUL. */
export function isAcceptablePassword(password: string): boolean {
  const text = normalise(password);
  return isReadWhole(text) && Buffer.byteLength(text, 'utf8') >= PASSWORD_MIN_BYTES;
}

/** The bcrypt hash of an acceptable password. Throws RangeError for any other, so that none is ever cut. */
export async function hashPassword(password: string, bcrypt: Bcrypt): Promise<string> {
  if (!isAcceptablePassword(password)) throw new RangeError('This password would not be read whole.');
  return bcrypt.hash(normalise(password), COST);
}

/**
 * Whether `password` is the one that was hashed. Does the same work where there is no hash (an unknown operator, or one
 * who has not joined) and where the password cannot be right, so that time tells nothing: one comparison.
 */
export async function isPassword(
  password: string,
  storedHash: string | null,
  bcrypt: Pick<Bcrypt, 'compare'>,
): Promise<boolean> {
  const text = normalise(password);
  const possible = storedHash !== null && isReadWhole(text);
  const same = await bcrypt.compare(
    isReadWhole(text) ? text : 'x'.repeat(PASSWORD_MAX_BYTES),
    possible ? storedHash : NOBODYS_HASH,
  );
  return possible && same;
}
