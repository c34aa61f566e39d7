import { z } from 'zod';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from './limits.ts';

/** Query fields that every list takes. `cursor` is opaque, sealed by the server, and good for the same filters only. */
export const pageQuery = {
  cursor: z.string().min(1).max(1024).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
};

/** A page of a list; `nextCursor` is null on the last one. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** Years that the store can keep, with room for every zone. */
const isKeepable = (time: string) =>
  Date.parse(time) >= Date.UTC(1900, 0) && Date.parse(time) < Date.UTC(9999, 0);

/** An instant in ISO 8601 with a zone, as it crosses the wire; answers are always UTC with milliseconds. */
export const instant = z.iso
  .datetime({ offset: true })
  .refine(isKeepable, 'Use a time between the years 1900 and 9999.');

/** The `updatedAt` of the settings that a change was based on. Without it, the change applies to whatever is stored. */
export const settingsSeen = instant.nullable().optional();

/** Opaque identifiers: what a document id of Parley's can look like. Firestore reserves `__…__`. */
export const opaqueId = z.string().regex(/^(?!__.*__$)[A-Za-z0-9_-]{1,64}$/, 'This is not an id.');
