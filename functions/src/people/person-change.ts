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

/** The new values of the fields that a patch really changes. Pure. */
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

/** Audit `before` and `after` of a change. */
export interface AuditedPerson {
  before: Record<string, unknown> | null;
  after: Record<string, unknown> & { fields: string[] };
}

type Audited = Pick<User, Field | 'phoneNumber'>;

/** Values that identify nobody, of consent the time. Of all other fields the audit log has the name alone. */
const PLAIN = {
  tags: ({ tags }: Audited) => tags,
  timeZone: ({ timeZone }: Audited) => timeZone,
  language: ({ language }: Audited) => language,
  status: ({ status }: Audited) => status,
  consent: ({ consent }: Audited) => consent?.at.toISOString() ?? null,
} as const;
const isPlain = (name: string): name is keyof typeof PLAIN => Object.hasOwn(PLAIN, name);

const NOBODY: Audited = {
  phoneNumber: '',
  firstName: '',
  lastName: '',
  tags: [],
  customFields: {},
  timeZone: null,
  language: null,
  notes: '',
  consent: null,
  status: 'active',
};

/**
 * What the audit log keeps of a change (PRIV-5): the names of all fields that changed, `customFields.City` for one of the
 * custom ones, and the values before and after where they are not personal. `before` is null for a new person. Pure.
 */
export function auditedChange(before: Audited | null, after: Audited): AuditedPerson {
  const old = before ?? NOBODY;
  const names = FIELDS.filter((name) => !isDeepStrictEqual(old[name], after[name]));
  const values = (of: Audited) => {
    return Object.fromEntries(names.filter(isPlain).map((name) => [name, PLAIN[name](of)]));
  };
  const fields = names.flatMap((name) =>
    name === 'customFields' ? changedKeys(old.customFields, after.customFields) : [name],
  );
  if (old.phoneNumber !== after.phoneNumber) fields.unshift('phoneNumber');
  const earlier = before === null ? {} : values(before);
  return {
    before: Object.keys(earlier).length === 0 ? null : earlier,
    after: { fields, ...values(after) },
  };
}

function changedKeys(before: User['customFields'], after: User['customFields']): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.filter((key) => before[key] !== after[key]).map((key) => `customFields.${key}`);
}
