import type { AnswerKind, BodyKind, Content } from './kinds.ts';
import { readBytes, refuseOtherTypes } from './read-body.ts';
import { refuseFields } from './read-input.ts';

/** Bytes, and what they are. */
export interface TypedBytes {
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

function binary(types: readonly string[]): Content {
  const schema = { type: 'string', format: 'binary' } as const;
  return Object.fromEntries(types.map((type) => [type, { schema }]));
}

/** A body of bytes, such as a picture or a file: not empty, of one of these media types, of at most `maxBytes`. */
export function bytesIn(limits: { maxBytes: number; types: readonly string[] }): BodyKind<TypedBytes> {
  return {
    content: binary(limits.types),
    async read(request) {
      const type = refuseOtherTypes(request, limits.types);
      const bytes = await readBytes(request, limits.maxBytes);
      if (bytes.byteLength === 0) refuseFields([{ path: 'body', message: 'Send a body that is not empty.' }]);
      return { type, bytes };
    },
  };
}

/** An answer of bytes of one of these media types. Numbers in it are shown as the handler wrote them. */
export function bytesOut(types: readonly string[]): AnswerKind<TypedBytes> {
  return {
    content: binary(types),
    async write({ type, bytes }) {
      if (!types.includes(type)) throw new TypeError('the answer is of a type that the route does not name');
      return { body: bytes, headers: { 'Content-Type': type }, streams: false };
    },
  };
}
