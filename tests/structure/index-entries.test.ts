import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { MAX_TERMS } from '../../functions/src/platform/words.ts';

// Firestore's limits for one document, which the emulator does not hold
// (firebase.google.com/docs/firestore/quotas): a commit beyond them fails, and with it the message.
const MAX_ENTRIES = 40_000;
const MAX_BYTES = 8 * 1024 * 1024;

const field = z.object({
  fieldPath: z.string(),
  order: z.string().optional(),
  arrayConfig: z.string().optional(),
});
const file = z
  .object({
    indexes: z.array(z.object({ collectionGroup: z.string(), fields: z.array(field) })),
    fieldOverrides: z.array(
      z.object({ collectionGroup: z.string(), fieldPath: z.string(), indexes: z.array(z.unknown()) }),
    ),
  })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../firestore.indexes.json'), 'utf8')));

/** Entries beside those of `words`: two for each other field, and one for each composite index without them. */
const OTHER_FIELDS = 60;
/** A term has at most eight characters of at most four bytes each, and one byte ends the text. */
const TERM_BYTES = 8 * 4 + 1;
/** The name of a person in full: two of 80 units and a space, of three bytes each; ids and times are shorter. */
const LONGEST_NAME_BYTES = 161 * 3 + 1;
const TIME_BYTES = 8;
/** Collection, an id of up to 40 characters, and what Firestore adds to names and to entries. */
const NAME_BYTES = 'outgoingMessages'.length + 1 + 41 + 16;
const ENTRY_BYTES = 32;

test.each(['incomingMessages', 'outgoingMessages'])(
  'LOG-2: the index entries of a message stay below what Firestore takes, however many words it has: %s',
  (collection) => {
    const withWords = file.indexes.filter(
      ({ collectionGroup, fields }) =>
        collectionGroup === collection && fields.some(({ fieldPath }) => fieldPath === 'words'),
    );
    expect(withWords.length).toBeGreaterThan(3);
    const alone = file.fieldOverrides.find(
      (each) => each.collectionGroup === collection && each.fieldPath === 'words',
    );
    expect(alone?.indexes).toEqual([]);
    const others =
      OTHER_FIELDS * 2 + file.indexes.filter((each) => each.collectionGroup === collection).length;
    expect(withWords.length * MAX_TERMS + others).toBeLessThan(MAX_ENTRIES);
    const bytes = withWords.map(({ fields }) =>
      fields.reduce((sum, { fieldPath }) => sum + bytesOf(fieldPath), NAME_BYTES + ENTRY_BYTES),
    );
    const all =
      bytes.reduce((sum, each) => sum + each * MAX_TERMS, 0) + others * (NAME_BYTES + 1500 + ENTRY_BYTES);
    expect(all).toBeLessThan(MAX_BYTES);
  },
);

function bytesOf(path: string): number {
  if (path === 'words') return TERM_BYTES;
  return path.endsWith('At') ? TIME_BYTES : LONGEST_NAME_BYTES;
}
