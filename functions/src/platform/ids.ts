import { createHash, randomBytes } from 'node:crypto';

/** Randomness as an argument, like the clock. */
export interface Ids {
  /** 128 random bits as 32 lower-case hexadecimal digits: opaque, unguessable, evenly spread over Firestore's key range. */
  next(): string;
}

export const randomIds: Ids = { next: () => randomBytes(16).toString('hex') };

/** 32 characters of base64url (192 bits) of the SHA-256 of `parts`; the same parts always give the same id. */
export function derivedId(prefix: string, ...parts: string[]): string {
  return prefix + createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 32);
}
