import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { canonicalAddress, olderForms } from './canonical-address.ts';
import type { KeyRing } from './key-ring.ts';

/** A phone number in E.164 form, e.g. `+12025550143`; made by people/phone-number.ts only. */
export type E164 = string & { readonly brand: 'E164' };

/** Where numbers are hidden (PRIV-1): the only code that turns one into what is stored, and back. */
export interface PhoneVault {
  /** AES-256-GCM under the newest key, bound to the user's document: `keyId.iv.tag.text`, each part in base64url. */
  encrypt(userId: string, number: E164): string;
  /** The inverse. Throws when the text was tampered with, belongs to another user, or its key has left the ring. */
  decrypt(userId: string, sealed: string): E164;
  /**
   * Keyed HMAC-SHA-256, 64 hexadecimal digits: the id in `phoneKeys`, and what the log keeps of unknown senders. The same
   * for every form of one address.
   */
  hash(address: string): string;
  /**
   * `hash(address)` first, then what older versions filed other forms of the address under: nothing more for most
   * numbers, one or two hashes where the numbering plan changed.
   */
  hashes(address: string): [string, ...string[]];
}

const IV_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';

/**
 * `ring` gives the encryption keys, newest first; `hashKey` 32 bytes that never rotate, since hashes are document ids.
 * Both are asked for on use, so that a function that only hashes needs no key that decrypts.
 */
export function createPhoneVault(ring: () => KeyRing, hashKey: () => Buffer): PhoneVault {
  const hashOf = (text: string) => createHmac('sha256', hashKey()).update(text, 'utf8').digest('hex');
  return {
    encrypt(userId, number) {
      const [key] = ring();
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, key.bytes, iv).setAAD(Buffer.from(userId));
      const text = Buffer.concat([cipher.update(number, 'utf8'), cipher.final()]);
      return [key.id, ...[iv, cipher.getAuthTag(), text].map((part) => part.toString('base64url'))].join('.');
    },
    decrypt(userId, sealed) {
      const [keyId, iv, tag, text] = sealed.split('.');
      const key = ring().find((candidate) => candidate.id === keyId);
      if (key === undefined) throw new Error('The key of this number is not in PHONE_KEYS.');
      if (iv === undefined || tag === undefined || text === undefined)
        throw new Error('This is not a sealed number.');
      const decipher = createDecipheriv(CIPHER, key.bytes, Buffer.from(iv, 'base64url'), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(Buffer.from(userId))
        .setAuthTag(Buffer.from(tag, 'base64url'));
      return Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]).toString(
        'utf8',
      ) as E164;
    },
    hash: (address) => hashOf(canonicalAddress(address)),
    hashes(address) {
      const canonical = canonicalAddress(address);
      // Senders that are no numbers were filed as they came.
      const before = canonical.startsWith('+') ? olderForms(canonical) : [address];
      const others = before.filter((each) => each !== canonical).map(hashOf);
      return [hashOf(canonical), ...others];
    },
  };
}
