import type { z } from 'zod';
import type { Caller } from './caller.ts';
import type { Turn } from './turn.ts';

/** What the API description says of a body, by media type. */
export type Content = Record<string, { schema: z.ZodType | { type: 'string'; format: 'binary' } }>;

/** How a route takes its body: what media types, up to how many bytes, and what the handler is given. */
export interface BodyKind<T> {
  content: Content;
  /** Reads and checks the body; throws what the caller is answered. */
  read(request: Request): Promise<T>;
}

/** An answer, ready to be sent. */
export interface Answer {
  body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>> | null;
  headers: Record<string, string>;
  /** Whether the turn goes on until the body has been sent; it is then the body that ends it. */
  streams: boolean;
}

/** How a route answers: what the handler returns, and how that is sent. */
export interface AnswerKind<T> {
  /** Null where there is no body. */
  content: Content | null;
  write(value: T, call: { caller: Caller; turn: Turn; failed: (error: unknown) => void }): Promise<Answer>;
}

/** An answer without a body, for status 204. */
export const nothing: AnswerKind<void> = {
  content: null,
  write: async () => ({ body: null, headers: {}, streams: false }),
};
