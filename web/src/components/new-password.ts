import { PASSWORD_MAX_BYTES, PASSWORD_MIN_BYTES } from '../../../functions/src/contract/limits.ts';

/** How long a password is for the server, which writes it one way (NFC) and counts its bytes in UTF-8. */
export function passwordBytes(password: string): number {
  return new TextEncoder().encode(password.normalize('NFC')).length;
}

/** What is wrong with a new password, or undefined. Bytes count, not characters: that is what the hash reads. */
export function passwordProblem(password: string): string | undefined {
  const bytes = passwordBytes(password);
  if (bytes < PASSWORD_MIN_BYTES) return `Use at least ${String(PASSWORD_MIN_BYTES)} characters.`;
  if (bytes > PASSWORD_MAX_BYTES) {
    return `This is ${String(bytes)} bytes long; at most ${String(PASSWORD_MAX_BYTES)} are allowed. Accented letters count as two, emoji as four or more.`;
  }
  if (!password.isWellFormed() || password.includes('\u0000'))
    return 'This holds characters that cannot be kept.';
  return undefined;
}
