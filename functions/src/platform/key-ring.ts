import { AppError } from './errors.ts';

/** A named 32-byte key. */
export interface RingKey {
  id: string;
  bytes: Buffer;
}

/** Keys in order: the first one encrypts or signs, all of them read. At least one. */
export type KeyRing = readonly [RingKey, ...RingKey[]];

const KEY_BYTES = 32;

/**
 * Reads a ring written as `id:base64,id:base64`, newest first. Throws UNAVAILABLE, naming the setting and never its
 * value, when it is empty, a key is not 32 bytes, or an id is doubled.
 */
export function parseKeyRing(setting: string, text: string): KeyRing {
  const keys = text
    .split(',')
    .filter((part) => part.trim() !== '')
    .map((part) => parseKey(setting, part.trim()));
  const [first, ...rest] = keys;
  if (first === undefined) throw broken(setting, 'is empty');
  if (new Set(keys.map((key) => key.id)).size !== keys.length) throw broken(setting, 'names a key twice');
  return [first, ...rest];
}

function parseKey(setting: string, text: string): RingKey {
  const match = /^([A-Za-z0-9-]{1,16}):([A-Za-z0-9+/_=-]+)$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined)
    throw broken(setting, 'is not written as id:base64');
  return { id: match[1], bytes: decodeKey(setting, match[2]) };
}

/** Decodes one base64 key of 32 bytes. */
export function decodeKey(setting: string, text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== KEY_BYTES) throw broken(setting, `needs ${String(KEY_BYTES)} bytes in base64`);
  return bytes;
}

function broken(setting: string, problem: string): AppError {
  return new AppError('UNAVAILABLE', { cause: new Error(`The setting ${setting} ${problem}.`) });
}
