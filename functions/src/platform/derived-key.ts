import { hkdfSync } from 'node:crypto';

/** A 32-byte key for one purpose out of a master key (HKDF-SHA-256), so that no two uses share one. */
export function derivedKey(master: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), `parley ${purpose}`, 32));
}
