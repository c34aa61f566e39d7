import { isDeepStrictEqual } from 'node:util';
import type { PersonPatch } from '../contract/people.ts';
import type { User } from './users-store.ts';

/** The fields that a patch can change, the number apart: that one has rules of its own. */
const FIELDS = [
  'firstName',
  'lastName',
  'tags',
  'customFields',
  'timeZone',
  'language',
  'notes',
  'consent',
  'status',
] as const;
type Field = (typeof FIELDS)[number];

/** What a patch comes to: the new values of those fields that it really changes. Pure. */
export function changesOf(user: User, patch: PersonPatch): Partial<Pick<User, Field>> {
  const { consent, ...rest } = patch;
  const wanted: { [name in Field]?: unknown } = { ...rest };
  if (consent !== undefined)
    wanted.consent = consent === null ? null : { ...consent, at: new Date(consent.at) };
  const changed = FIELDS.filter(
    (name) => wanted[name] !== undefined && !isDeepStrictEqual(wanted[name], user[name]),
  );
  // Each value has the type of its field: the patch was checked by the contract's schema.
  return Object.fromEntries(changed.map((name) => [name, wanted[name]]));
}
