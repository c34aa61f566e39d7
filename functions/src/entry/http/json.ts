import type { z } from 'zod';
import { answerFor } from './look-up.ts';
import type { AnswerKind, BodyKind } from './kinds.ts';
import { MAX_BODY_BYTES, parseJson, readBytes, refuseOtherTypes } from './read-body.ts';
import { parseInput } from './read-input.ts';

const TYPE = 'application/json';

/**
 * JSON of a schema. As a body it is a strictObject, of at most `maxBytes`; as an answer it is cut down to what the schema
 * names, and to what the reader may see of numbers.
 */
export function json<S extends z.ZodType>(
  schema: S,
  { maxBytes = MAX_BODY_BYTES }: { maxBytes?: number } = {},
): BodyKind<z.output<S>> & AnswerKind<z.input<S>> {
  return {
    content: { [TYPE]: { schema } },
    async read(request) {
      const bytes = await readBytes(request, maxBytes);
      refuseOtherTypes(request, [TYPE]);
      return parseInput(schema, parseJson(bytes));
    },
    write: async (value, { caller }) => ({
      body: answerFor(caller, schema.parse(value)),
      headers: { 'Content-Type': TYPE },
      streams: false,
    }),
  };
}
